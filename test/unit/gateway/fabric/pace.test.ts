import { expect } from 'chai';
import { Pace } from '../../../../gateway/fabric/pace.js';

const DEPTH = 8;

/** A lane with so many batches in flight. */
function paceWith(inFlight: number, lane = 'event'): Pace {
  const pace = new Pace(DEPTH);
  for (let batch = 0; batch < inFlight; batch += 1) pace.sent(lane);
  return pace;
}

describe('pace', () => {
  it('lets a quiet lane send what it has at once', () => {
    expect(paceWith(0).mayGo('event', 0.01)).to.equal(true);
    expect(paceWith(1).mayGo('event', 0.01)).to.equal(true);
  });

  it('asks for a fuller batch, the more are in flight, and for a whole one as the last', () => {
    const needed = Array.from({ length: DEPTH }, (_, inFlight) => {
      const pace = paceWith(inFlight);
      return Array.from({ length: 101 }, (__, percent) => percent).find((percent) =>
        pace.mayGo('event', percent / 100),
      );
    });
    expect(needed).to.deep.equal([0, 0, 17, 34, 50, 67, 84, 100]);
  });

  it('lets a full batch go always', () => {
    expect(paceWith(DEPTH - 1).mayGo('event', 1)).to.equal(true);
    expect(paceWith(DEPTH + 1).mayGo('event', 1.5)).to.equal(true);
  });

  it('counts each lane by itself', () => {
    const pace = paceWith(DEPTH - 1, 'other');
    expect(pace.mayGo('event', 0.01)).to.equal(true);
    expect(pace.mayGo('other', 0.01)).to.equal(false);
  });

  it('lets a small one go again when others have ended', () => {
    const pace = paceWith(3);
    expect(pace.mayGo('event', 0.01)).to.equal(false);
    pace.ended('event');
    pace.ended('event');
    expect(pace.mayGo('event', 0.01)).to.equal(true);
  });

  it('is of no matter where hardly anything may be in flight', () => {
    const pace = new Pace(1);
    pace.sent('event');
    expect(pace.mayGo('event', 0)).to.equal(true);
  });
});
