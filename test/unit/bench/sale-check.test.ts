import { expect } from 'chai';
import { compareSales, requireNone, requireSold } from '../../bench/sale-check.js';

const SOLD = [
  ['s1:1', 'alice'],
  ['s1:2', 'bob'],
] as const;
const holders = new Map(SOLD);
const SOUND = { holders, told: SOLD, signed: holders };

describe('sold tickets of a benchmark', () => {
  it('count where each belongs to who was told so, and to nobody else, and he has signed', () => {
    const check = compareSales(SOUND);
    expect(check).to.deep.equal({ sold: 2, oversold: 0, unsigned: 0 });
    expect(requireSold('gala', 2, check)).to.equal(check);
  });

  const wrong = {
    'two were told that they have it': { told: [...SOLD, ['s1:1', 'carol']] },
    'the same one was told so twice': { told: [...SOLD, ['s1:1', 'alice']] },
    'it belongs to another than was told': { told: [SOLD[0], ['s1:2', 'carol']] },
    'nobody asked for it': { told: [SOLD[0]] },
    'another seat was sold than the ordered one': { told: [SOLD[0], ['s1:3', 'bob']] },
  } as const;
  for (const [what, part] of Object.entries(wrong))
    it(`are oversold where ${what}`, () => {
      const check = compareSales({ ...SOUND, ...part });
      expect(check.oversold).to.be.at.least(1);
      expect(() => requireSold('gala', 2, check)).to.throw('"oversold"');
    });

  for (const [what, signed] of [
    ['nobody signed for it', [SOLD[0]]],
    ['another signed for it', [SOLD[0], ['s1:2', 'carol']]],
  ] as const)
    it(`are unsigned where ${what}`, () => {
      const check = compareSales({ ...SOUND, signed: new Map(signed) });
      expect(check).to.deep.include({ oversold: 0, unsigned: 1 });
      expect(() => requireSold('gala', 2, check)).to.throw('"unsigned":1');
    });

  it('are refused where an acknowledged one is not there', () => {
    const check = compareSales({ ...SOUND, holders: new Map([SOLD[0]]) });
    expect(() => requireSold('gala', 2, check)).to.throw('"notSold":1');
  });
});

describe('what may not be in a benchmark', () => {
  it('is named with how much of it there is, and nothing else is', () => {
    const check = () => requireNone('a run', { lost: 0, failures: [], refused: 2, codes: ['INTERNAL'] });
    expect(check).to.throw('a run went wrong: {"refused":2,"codes":["INTERNAL"]}');
  });

  it('is nothing', () => {
    expect(() => requireNone('a run', { lost: 0, failures: [] })).not.to.throw();
  });
});
