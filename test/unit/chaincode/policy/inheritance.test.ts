import { expect } from 'chai';
import { PARAMETER_NAMES, parameter, type ParameterName } from '../../../../chaincode/domain/policy/parameters.js';
import {
  classesSchema,
  hashOfPolicy,
  inheritPolicy,
  patchPolicy,
  policyOf,
  policyPartSchema,
} from '../../../../chaincode/domain/policy/policy.js';

describe('policy inheritance', () => {
  it('decides every parameter by default', () => {
    const { policy } = inheritPolicy([], {});
    expect(Object.keys(policy)).to.deep.equal(PARAMETER_NAMES);
    for (const name of PARAMETER_NAMES) expect(policy[name]).to.deep.equal(parameter(name).byDefault);
  });

  it('lets the venue speak over the organizer, the event over the venue, the class over the event', () => {
    const organizer = { sellerFeeBps: 1, buyerFeeBps: 1, venueBps: 1, organizerRoyaltyBps: 1 };
    const venue = { buyerFeeBps: 2, venueBps: 2, organizerRoyaltyBps: 2 };
    const event = { venueBps: 3, organizerRoyaltyBps: 3 };
    const rules = inheritPolicy([organizer, venue, event], { stalls: { organizerRoyaltyBps: 4 } });
    expect(policyOf(rules, 'stalls')).to.include({
      sellerFeeBps: 1,
      buyerFeeBps: 2,
      venueBps: 3,
      organizerRoyaltyBps: 4,
    });
    expect(policyOf(rules, 'balcony').organizerRoyaltyBps).to.equal(3);
  });

  it('fills what nobody said from the profile, over the default and under every layer', () => {
    const filled = inheritPolicy([{ jurisdiction: 'AU-VIC' }], {}).policy;
    expect(filled).to.include({ capBasis: 'face', capBps: 11_000 });
    const said = inheritPolicy([{ capBps: 10_500 }, { jurisdiction: 'AU-VIC' }], {}).policy;
    expect(said).to.include({ capBasis: 'face', capBps: 10_500 });
  });

  it('fills from the narrowest jurisdiction', () => {
    const { policy } = inheritPolicy([{ jurisdiction: 'AU-VIC' }, { jurisdiction: 'UK' }], {});
    expect(policy).to.include({ jurisdiction: 'UK', capBasis: 'face+fees', capBps: 10_000 });
  });

  it('fills nothing for an event that takes the jurisdiction away', () => {
    const { policy } = inheritPolicy([{ jurisdiction: 'AU-VIC' }, { jurisdiction: null }], {});
    expect(policy).to.deep.equal(inheritPolicy([], {}).policy);
  });

  it('takes a limit away with null and says nothing with an absent member', () => {
    const { policy } = inheritPolicy([{ capBps: 12_000, maxHops: 2 }, { capBps: null }], {});
    expect(policy).to.include({ capBps: null, maxHops: 2 });
    const rules = inheritPolicy([{ capBps: 12_000 }], { stalls: { capBps: null } });
    expect(policyOf(rules, 'stalls').capBps).to.equal(null);
  });

  it('does not take a class for one because of what objects inherit', () => {
    const rules = inheritPolicy([], {});
    expect(policyOf(rules, 'constructor')).to.equal(rules.policy);
  });

  it('changes the named parameters and leaves the others, of event and class', () => {
    const before = inheritPolicy([{ venueBps: 5 }], { stalls: { capBps: 11_000, buyerFeeBps: 1 } });
    const after = patchPolicy(before, { venueBps: 4 }, { stalls: { buyerFeeBps: 2 }, balcony: { buyerFeeBps: 3 } });
    expect(after.policy).to.deep.equal({ ...before.policy, venueBps: 4 });
    expect(after.classes).to.deep.equal({ balcony: { buyerFeeBps: 3 }, stalls: { capBps: 11_000, buyerFeeBps: 2 } });
  });

  it('hashes the same rules alike, in whatever order they were said', () => {
    const one = inheritPolicy([{ venueBps: 1, capBps: null }], { b: { venueBps: 2, capBps: 11_000 }, a: {} });
    const other = inheritPolicy([{ capBps: null, venueBps: 1 }], { a: {}, b: { capBps: 11_000, venueBps: 2 } });
    expect(hashOfPolicy(one)).to.equal(hashOfPolicy(other));
    expect(hashOfPolicy(one)).not.to.equal(hashOfPolicy(inheritPolicy([{ venueBps: 1 }], {})));
  });
});

describe('policy schemas', () => {
  it('take no unknown parameter', () => {
    expect(policyPartSchema.safeParse({ capPct: 110 }).success).to.equal(false);
  });

  it('give classes only the parameters of a class', () => {
    for (const name of PARAMETER_NAMES) {
      const { scope, byDefault } = parameter(name);
      const given = classesSchema.safeParse({ stalls: { [name]: byDefault } });
      expect(given.success, name).to.equal(scope === 'class');
    }
  });

  it('leave to the event what governs the event', () => {
    const EVENTS: readonly ParameterName[] = ['jurisdiction', 'salesWindow', 'perPersonLimit', 'clearing'];
    for (const name of EVENTS) expect(parameter(name).scope).to.equal('event');
  });

  it('refuse a cap below the price, and spans beyond ten years', () => {
    for (const part of [
      { capBps: 9_999 },
      { capBps: 10_000.5 },
      { minHoldingPeriodSeconds: 10 * 365 * 86_400 + 1 },
      { resaleWindow: { opensBeforeStartSeconds: Number.MAX_SAFE_INTEGER, closesBeforeStartSeconds: 0 } },
    ])
      expect(policyPartSchema.safeParse(part).success, JSON.stringify(part)).to.equal(false);
  });

  it('refuse names that are no slugs', () => {
    expect(classesSchema.safeParse({ 'Not a slug': {} }).success).to.equal(false);
  });
});
