import { expect } from 'chai';
import { entriesKey } from '../../../../chaincode/domain/keys.js';
import type { Policy } from '../../../../chaincode/domain/policy/policy.js';
import { booksOf, BY_RESELLER, countsOf, list, onMarket, sellOn } from '../../../support/market.js';
import { aResale } from '../../../support/resales.js';
import { anEventChange, aSale, aTransfer, newKey, NOW } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal, forged, ticketOf } from '../../../support/world.js';

const SHARES = { organizerRoyaltyBps: 500, venueBps: 300, capBps: 13_000 };

/** A ticket is listed, and somebody may buy it. */
function listed(policy: Partial<Policy> = {}, overrides: Parameters<typeof list>[2] = {}) {
  const scene = onMarket({ policy });
  const listing = list(scene, scene.ticket, overrides);
  const buy = (...options: Parameters<typeof aResale> extends [unknown, ...infer R] ? R : never) =>
    aResale(listing, ...options).command;
  return { ...scene, listing, buy };
}

describe('resale', () => {
  it('hands the ticket over and counts the hop', () => {
    const { ledger, event, ticket, listing } = listed();
    const buyer = newKey();
    const { command } = aResale(listing, buyer);
    expect(expectAccepted(ledger.submit(command, BY_RESELLER))).to.include({ change: 2, policy: 1 });
    const record = ticketOf(ledger, ticket)!;
    expect(record).to.include({ state: 'sold', change: 2, issue: 1, hops: 1, holder: buyer.kid });
    expect(record).to.include({ paidMinor: 2100, firstPriceMinor: 2200, acquiredAt: Date.parse(NOW) / 1000 });
    expect(countsOf(ledger, event.event, ticket.holder)).to.include({ held: 0, boughtPrimary: 1, resold: 1 });
    expect(countsOf(ledger, event.event, buyer)).to.include({ held: 1, boughtPrimary: 0, boughtResale: 1 });
  });

  it('pays seller, reseller, organizer and venue, and holds back what is beyond the seller’s own price', () => {
    const { ledger, event, ticket, buy, listing } = listed(SHARES, { askMinor: 2700 });
    const { tx } = expectAccepted(ledger.submit(buy(), BY_RESELLER));
    // 2700 less 5 %, 3 % and the fee of 100; he had paid 2200 himself.
    const [lines] = ledger.read(entriesKey(event.event, tx))!;
    expect(lines?.slice(1)).to.deep.equal([
      ['ResellerMSP', -2800, 'collected'],
      ['ResellerMSP', 200, 'commission'],
      ['OrganizerMSP', 135, 'royalty'],
      ['VenueMSP', 81, 'venue'],
      [`holder:${ticket.holder.kid}`, 2200, 'proceeds'],
      ['escrow:surplus', 184, 'surplus'],
    ]);
    expect(ticketOf(ledger, ticket)?.resales).to.deep.equal([
      {
        ...{ seller: ticket.holder.kid, reseller: 'ResellerMSP', totalMinor: listing.payload.totalMinor },
        ...{ commissionMinor: 200, royaltyMinor: 135, venueMinor: 81, proceedsMinor: 2200, surplusMinor: 184 },
      },
    ]);
    expect(countsOf(ledger, event.event, ticket.holder)).to.include({ balanceMinor: 2200 });
  });

  it('leaves the seller his whole ask where the buyer bears the shares', () => {
    const { ledger, event, ticket, buy } = listed(
      { ...SHARES, feePayer: 'buyer' },
      { askMinor: 2001, sellerFeeMinor: 0, buyerFeeMinor: 0, totalMinor: 2161 },
    );
    ledger.accept(buy(), BY_RESELLER);
    expect(booksOf(ledger, event.event)).to.deep.equal({
      ...{ ResellerMSP: -2000 - 2161, OrganizerMSP: 2000 + 100, VenueMSP: 60, [`holder:${ticket.holder.kid}`]: 2001 },
    });
  });

  it('leaves the buyer out of what was bought before, and the purchase out of a gift', () => {
    const scene = onMarket();
    const { ledger, event, ticket } = scene;
    const [friend, buyer] = [newKey(), newKey()];
    ledger.accept(aTransfer(ticket, friend));
    expect(ticketOf(ledger, ticket)).to.include({ holder: friend.kid, buyer: ticket.holder.kid });
    sellOn(scene, asNow(ledger, ticket, friend), buyer);
    expect(ticketOf(ledger, ticket)).not.to.have.property('buyer');
    expect(countsOf(ledger, event.event, friend)).to.include({ resold: 1, balanceMinor: 1900, boughtPrimary: 0 });
    expect(countsOf(ledger, event.event, ticket.holder)).to.include({ boughtPrimary: 1, balanceMinor: 0 });
  });

  it('rejects the seller as buyer', () => {
    const { ledger, ticket, buy } = listed();
    expectRefusal(ledger.submit(buy(ticket.holder), BY_RESELLER), 'LISTING_MISMATCH', 'purchase.header.jwk');
  });

  it('rejects another seller and another reseller than the listing’s', () => {
    const { ledger, buy } = listed();
    const seller = buy(newKey(), { seller: newKey().kid });
    expectRefusal(ledger.submit(seller, BY_RESELLER), 'LISTING_MISMATCH', 'purchase.seller');
    const reseller = buy(newKey(), { reseller: 'OtherResellerMSP' });
    const by = { caller: 'OtherResellerMSP' };
    expectRefusal(ledger.submit(reseller, by), 'LISTING_MISMATCH', 'purchase.reseller');
  });

  it('is executed by the reseller’s box office', () => {
    const { ledger, buy } = listed();
    expectRefusal(ledger.submit(buy(), { caller: 'OtherResellerMSP' }), 'NOT_AUTHORISED', 'caller.mspId');
    const caller = { mspId: 'ResellerMSP', attributes: new Set(['gate']) };
    expectRefusal(ledger.submit(buy(), { caller }), 'NOT_AUTHORISED', 'caller.attributes');
  });

  it('rejects a forged purchase, another listing and another allotment', () => {
    const { ledger, buy } = listed();
    const command = buy();
    const broken = { ...command, purchase: forged(String(command.purchase)) };
    expectRefusal(ledger.submit(broken, BY_RESELLER), 'SIGNATURE_INVALID', 'purchase');
    const other = buy(newKey(), { listing: 'A'.repeat(43) });
    expectRefusal(ledger.submit(other, BY_RESELLER), 'LISTING_MISMATCH', 'purchase.listing');
    const supply = buy(newKey(), { allotment: 'floor-b' });
    expectRefusal(ledger.submit(supply, BY_RESELLER), 'ALLOTMENT_MISMATCH', 'purchase.allotment');
  });

  it('rejects another price or currency than the listing’s', () => {
    const { ledger, buy } = listed();
    for (const totalMinor of [2099, 2101]) {
      const outcome = ledger.submit(buy(newKey(), { totalMinor }), BY_RESELLER);
      expect(expectRefusal(outcome, 'PRICE_MISMATCH', 'purchase.totalMinor')).to.include({ expected: 2100 });
    }
    const dollars = buy(newKey(), { currency: 'USD' });
    expectRefusal(ledger.submit(dollars, BY_RESELLER), 'PRICE_MISMATCH', 'purchase.currency');
  });

  it('rejects a payment that has paid already, a first sale or a resale', () => {
    const { ledger, floor, listing, buy } = listed();
    const next = aSale(floor, { seats: ['floor:A:2'] });
    ledger.accept(next.command);
    const { paymentReference } = next.request;
    const twice = buy(newKey(), { paymentReference });
    expectRefusal(ledger.submit(twice, BY_RESELLER), 'COMMAND_ID_REUSED', 'jti');
    const paid = aResale(listing);
    ledger.accept(paid.command, BY_RESELLER);
    const request = { paymentReference: paid.payload.paymentReference };
    const third = aSale(floor, { seats: ['floor:A:3'], request });
    expectRefusal(ledger.submit(third.command), 'COMMAND_ID_REUSED', 'jti');
  });

  it('gives a ticket that two buyers of a batch want to the first', () => {
    const { ledger, buy, ticket } = listed();
    const first = newKey();
    const [one, two] = ledger.submit([buy(first), buy()], BY_RESELLER);
    expectAccepted(one!);
    expectRefusal(two!, 'STALE_TICKET', 'purchase.change');
    expect(ticketOf(ledger, ticket)).to.include({ holder: first.kid });
  });

  it('rejects once the event is cancelled', () => {
    const { ledger, event, buy } = listed();
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(buy(), BY_RESELLER), 'EVENT_CANCELLED', 'event');
  });
});
