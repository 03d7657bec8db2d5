import { expect } from 'chai';
import { isAgreed, isGone, isRightlyRefused, isSold, requireFair } from '../../bench/hot-event-check.js';

const FAIR = { failures: [], forgeriesMisjudged: [], duplicatesDiffering: 0 };
const answer = (status: number, code = '', tx = '') => ({ status, code, tx });
const sold = (tx: string, status = 201) => answer(status, '', tx);
const gone = answer(409, 'SEAT_ALREADY_SOLD');

describe('conduct of a hot event', () => {
  it('lets a forgery be refused for its signature, or because the seats are gone', () => {
    expect(isRightlyRefused(answer(403, 'SIGNATURE_INVALID'))).to.be.true;
    expect(isRightlyRefused(gone)).to.be.true;
  });

  // Regression: whatever was not a success was taken for a refusal.
  for (const wrong of [
    answer(500, 'INTERNAL'),
    answer(503, 'OVERLOADED'),
    answer(403, 'FORBIDDEN'),
    answer(409, 'SIGNATURE_INVALID'),
    answer(400),
    sold('a'),
  ])
    it(`does not let it be answered ${wrong.status} ${wrong.code}`, () => {
      expect(isRightlyRefused(wrong)).to.be.false;
    });

  it('has what is sent twice sold once, or gone for both', () => {
    expect(isAgreed(sold('a'), sold('a', 200))).to.be.true;
    expect(isAgreed(gone, gone)).to.be.true;
  });

  // Regression: what the slower of two sendings was told was dropped.
  for (const [what, other] of [
    ['sold in another transaction', sold('b')],
    ['that the seats are gone', gone],
    ['of a failure', answer(500, 'INTERNAL')],
  ] as const)
    it(`does not tell one that it is sold and the other ${what}`, () => {
      expect(isAgreed(sold('a'), other)).to.be.false;
      expect(isAgreed(other, sold('a'))).to.be.false;
    });

  it('takes only what it names for sold or gone', () => {
    expect([200, 201, 202, 301, 409].map((status) => isSold(answer(status)))).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isGone(answer(500, 'SEAT_ALREADY_SOLD'))).to.be.false;
  });

  it('is fair without failures', () => {
    expect(() => requireFair('gala', FAIR)).not.to.throw();
  });

  for (const part of [
    { failures: ['503 QUEUE_FULL'] },
    { forgeriesMisjudged: ['500 INTERNAL'] },
    { duplicatesDiffering: 1 },
  ])
    it(`is not with ${JSON.stringify(part)}`, () => {
      const [name] = Object.keys(part);
      expect(() => requireFair('gala', { ...FAIR, ...part })).to.throw(
        name === 'failures' ? '"innocentFailures"' : `"${name}"`,
      );
    });
});
