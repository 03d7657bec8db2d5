import { expect } from 'chai';
import { requireSound } from '../../bench/market-check.js';

const SOUND = { read: 100, voids: {}, lapsed: 0, unbalanced: 0, balancesOffMinor: 0 };

describe('a measured market', () => {
  it('counts where every order was read and counted, every trade settled and the money adds up', () => {
    expect(requireSound(100, SOUND, 40)).to.equal(SOUND);
  });

  // Regression: a market was measured that had finished, whatever had become of its orders.
  const wrong = [
    { read: 99 },
    { read: 101 },
    { voids: { STATEMENT_EXPIRED: 1 } },
    { lapsed: 1 },
    { unbalanced: 1 },
    { balancesOffMinor: -1 },
  ];
  for (const part of wrong)
    it(`is refused with ${JSON.stringify(part)}`, () => {
      const [name] = Object.keys(part);
      expect(() => requireSound(100, { ...SOUND, ...part }, 40)).to.throw(`"${name}"`);
    });

  it('is refused without a trade', () => {
    expect(() => requireSound(100, SOUND, 0)).to.throw('"trades"');
  });
});
