import { expect } from 'chai';
import { floodFigures } from '../../bench/flood-figures.js';

const FLOOD = {
  seconds: 10,
  handledSeconds: 10,
  offered: 100_000,
  fullSeconds: 7,
  handledSinceFull: 70_000,
  answered: { 200: 80_000, 404: 1_000, 503: 19_000 },
  broken: 0,
};

describe('flood of reads', () => {
  it('is what was offered, answered and shed', () => {
    const { readsOfferedPerSecond, readsHandledPerSecond, readsShedPerSecond } = floodFigures([FLOOD, FLOOD]);
    expect(readsOfferedPerSecond.median).to.equal(10_000);
    expect(readsHandledPerSecond.median).to.equal(10_000);
    expect(readsShedPerSecond.median).to.equal(1_900);
  });

  it('counts as handled what was answered while it lasted, not what was answered in the end', () => {
    const late = { ...FLOOD, handledSeconds: 12, handledSinceFull: 63_000 };
    const { readsOfferedPerSecond, readsHandledPerSecond } = floodFigures([late]);
    expect(readsOfferedPerSecond.median).to.equal(10_000);
    expect(readsHandledPerSecond.median).to.equal(9_000);
  });

  // Regression: reads that nobody answered, and a flood that was none, were printed as figures.
  const wrong = {
    tooFewPerSecond: { offered: 98_000, answered: { 200: 98_000 } },
    neitherAnsweredNorShed: { answered: { 200: 99_999 } },
    otherAnswers: { answered: { 200: 99_999, 500: 1 } },
    brokenConnections: { broken: 1 },
    tooShortSeconds: { fullSeconds: 1.9 },
  };
  for (const [name, part] of Object.entries(wrong))
    it(`is refused for ${name}, in any round`, () => {
      expect(() => floodFigures([FLOOD, { ...FLOOD, ...part }])).to.throw(new RegExp(`flood 2 .*"${name}"`));
    });
});
