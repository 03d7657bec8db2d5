/** Splits of any resale, whatever its amounts and percentages. */
import { expect } from 'chai';
import fc from 'fast-check';
import { inheritPolicy, type Policy } from '../../chaincode/domain/policy/policy.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { brokenLimits, capOf, splitResale, type ResaleSplit, type ResaleTerms } from '../../chaincode/domain/resale.js';

const bps = fc.nat(10_000);
const minor = fc.oneof(fc.nat(100), fc.nat(1_000_000), fc.maxSafeNat());
const shares = fc.record({
  organizerRoyaltyBps: bps,
  venueBps: bps,
  sellerFeeBps: bps,
  buyerFeeBps: bps,
  platformFeeCapBps: fc.option(bps),
  capBps: fc.option(fc.integer({ min: 10_000, max: 1_000_000 })),
  capBasis: fc.constantFrom('face' as const, 'face+fees' as const),
  feePayer: fc.constantFrom('seller' as const, 'buyer' as const),
});
const policies = shares.map((part) => inheritPolicy([part], {}).policy);
const terms = fc.record({ askMinor: minor, sellerFeeMinor: minor, buyerFeeMinor: minor });

/** undefined if it is refused, which a split may be for two reasons only. */
function split(policy: Policy, given: ResaleTerms): ResaleSplit | undefined {
  try {
    return splitResale(policy, given, 'it');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.code).to.be.oneOf(['AMOUNT_OVERFLOW', 'PRICE_BELOW_FEES']);
    return undefined;
  }
}

describe('split of a resale', () => {
  it('sums to what the buyer pays, in whole units, none of them negative', () => {
    const check = (policy: Policy, given: ResaleTerms) => {
      const whole = split(policy, given);
      if (!whole) return;
      const { totalMinor, ...parts } = whole;
      for (const part of Object.values(parts)) expect(Number.isSafeInteger(part) && part >= 0).to.equal(true);
      expect(Object.values(parts).reduce((sum, part) => sum + BigInt(part), 0n)).to.equal(BigInt(totalMinor));
    };
    fc.assert(fc.property(policies, terms, check), { numRuns: 1000 });
  });

  it('gives organizer and venue their share to the unit, rounded down', () => {
    const check = (policy: Policy, given: ResaleTerms) => {
      const whole = split(policy, given);
      if (!whole) return;
      const share = (of: number) => (BigInt(given.askMinor) * BigInt(of)) / 10_000n;
      expect(BigInt(whole.royaltyMinor)).to.equal(share(policy.organizerRoyaltyBps));
      expect(BigInt(whole.venueMinor)).to.equal(share(policy.venueBps));
      expect(whole.commissionMinor).to.equal(given.sellerFeeMinor + given.buyerFeeMinor);
    };
    fc.assert(fc.property(policies, terms, check), { numRuns: 1000 });
  });

  it('breaks no limit if and only if total and fees are within them', () => {
    const first = fc.record({ faceMinor: fc.nat(1_000_000), feesMinor: fc.nat(100_000) });
    const check = (
      policy: Policy,
      given: ResaleTerms,
      { faceMinor, feesMinor }: { faceMinor: number; feesMinor: number },
    ) => {
      const whole = split(policy, given);
      if (!whole) return;
      const price = { faceMinor, withFeesMinor: faceMinor + feesMinor };
      const broken = brokenLimits(policy, given, whole, price).map(({ parameter }) => parameter);
      const above = (amount: number, of: number | null) =>
        of !== null && BigInt(amount) * 10_000n > BigInt(given.askMinor) * BigInt(of);
      const cap = capOf(policy, price);
      expect(broken.includes('capBps')).to.equal(cap !== null && whole.totalMinor > cap);
      expect(broken.includes('sellerFeeBps')).to.equal(above(given.sellerFeeMinor, policy.sellerFeeBps));
      expect(broken.includes('buyerFeeBps')).to.equal(above(given.buyerFeeMinor, policy.buyerFeeBps));
      expect(broken.includes('platformFeeCapBps')).to.equal(above(whole.commissionMinor, policy.platformFeeCapBps));
    };
    fc.assert(fc.property(policies, terms, first, check), { numRuns: 1000 });
  });
});
