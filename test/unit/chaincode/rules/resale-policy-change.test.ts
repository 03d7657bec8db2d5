/** The rules may change between listing and purchase; those of the purchase hold. */
import { expect } from 'chai';
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import { BY_RESELLER, list, onMarket, sellOn } from '../../../support/market.js';
import { aResale } from '../../../support/resales.js';
import { aPolicyChange } from '../../../support/settlements.js';
import { newKey } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

function changedBetween(before: PolicyPart, after: PolicyPart, terms: Parameters<typeof list>[2] = {}) {
  const scene = onMarket({ policy: before });
  const listing = list(scene, scene.ticket, terms);
  scene.ledger.accept(aPolicyChange(scene.event, after));
  const buy = (overrides: Parameters<typeof aResale>[2] = {}) =>
    scene.ledger.submit(aResale(listing, newKey(), overrides).command, BY_RESELLER);
  return { ...scene, buy };
}

describe('policy changed between listing and purchase', () => {
  it('caps the purchase', () => {
    const { buy } = changedBetween({ capBps: 12_000 }, { capBps: 10_000 }, { askMinor: 2400 });
    const details = expectRefusal(buy(), 'PRICE_ABOVE_CAP', 'policy.capBps');
    expect(details).to.include({ policyVersion: 2, limitMinor: 2200 });
  });

  it('caps the fees', () => {
    const { buy } = changedBetween({}, { sellerFeeBps: 0 });
    expect(expectRefusal(buy(), 'FEE_ABOVE_CAP', 'policy.sellerFeeBps')).to.include({ policyVersion: 2 });
  });

  it('gives a buyer who bears the shares what they have become less', () => {
    const royalty = { organizerRoyaltyBps: 500, feePayer: 'buyer' } as const;
    const { buy } = changedBetween(royalty, { organizerRoyaltyBps: 0 }, { totalMinor: 2200 });
    expect(expectRefusal(buy(), 'PRICE_MISMATCH', 'purchase.totalMinor')).to.include({ expected: 2100 });
    expect(expectAccepted(buy({ totalMinor: 2100 }))).to.include({ policy: 2 });
  });

  // Regression: a listing made before a disclosure became mandatory was sold without it.
  it('asks for what a listing must say by now', () => {
    const { buy } = changedBetween({}, { mandatoryDisclosure: ['sellerKind'] });
    const details = expectRefusal(buy(), 'DISCLOSURE_MISSING', 'policy.mandatoryDisclosure');
    expect(details).to.include({ missing: 'listing.disclosure.sellerKind', policyVersion: 2 });
  });

  it('sells what is in order under both', () => {
    const { buy } = changedBetween({ capBps: 12_000 }, { capBps: 10_000 });
    expect(expectAccepted(buy())).to.include({ policy: 2 });
  });
});

describe('a ticket that is resold again and again', () => {
  // Regression: without `maxHops` a ticket could be resold so often that no settlement could name all its sellers.
  it('is not resold more than 32 times, whatever the policy says', () => {
    const scene = onMarket();
    const keys = [newKey(), newKey()];
    let ticket = scene.ticket;
    for (let hop = 0; hop < 32; hop += 1) ticket = sellOn(scene, ticket, keys[hop % 2]!);
    expect(() => sellOn(scene, ticket, newKey())).to.throw(/TOO_MANY_HOPS.*ticket\.resales/);
  });
});
