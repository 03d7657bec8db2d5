import { expect } from 'chai';
import { list, listingOf, onMarket, BY_RESELLER } from '../../../support/market.js';
import { aListing, aResale, aWithdrawal } from '../../../support/resales.js';
import { anEventChange, aReturn, newKey } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal, forged, ticketOf } from '../../../support/world.js';

describe('listing', () => {
  it('marks the ticket and remembers the offer', () => {
    const { ledger, floor, ticket } = onMarket();
    const listing = aListing(ticket, floor, { disclosure: { restrictions: 'Restricted view' } });
    const receipt = expectAccepted(ledger.submit(listing.command, BY_RESELLER));
    expect(receipt).to.include({ change: 1, listing: listing.digest, policy: 1 });
    expect(ticketOf(ledger, ticket)).to.include({ state: 'listed', change: 1, holder: ticket.holder.kid });
    const { exp, disclosure } = listing.payload;
    expect(listingOf(ledger, ticket)).to.deep.equal({
      ...{ issue: 1, change: 1, allotment: 'floor-a', reseller: 'ResellerMSP', seller: ticket.holder.kid },
      ...{ askMinor: 2000, sellerFeeMinor: 100, buyerFeeMinor: 100, totalMinor: 2100, exp, disclosure },
      ...{ state: 'open', statement: listing.digest, policyVersion: 1 },
    });
  });

  it('is the holder’s, unforged', () => {
    const { ledger, floor, ticket } = onMarket();
    const stranger = aListing({ ...ticket, holder: newKey() }, floor);
    expectRefusal(ledger.submit(stranger.command, BY_RESELLER), 'NOT_THE_HOLDER', 'listing.header.jwk');
    const { command } = aListing(ticket, floor);
    const broken = { ...command, listing: forged(String(command.listing)) };
    expectRefusal(ledger.submit(broken, BY_RESELLER), 'SIGNATURE_INVALID', 'listing');
  });

  it('is brought by the reseller that it names, a box office with that role', () => {
    const { ledger, floor, ticket } = onMarket();
    const { command } = aListing(ticket, floor);
    expectRefusal(ledger.submit(command), 'NOT_AUTHORISED', 'caller.mspId');
    const caller = { mspId: 'ResellerMSP', attributes: new Set(['gate']) };
    expectRefusal(ledger.submit(command, { caller }), 'NOT_AUTHORISED', 'caller.attributes');
    const venue = aListing(ticket, floor, { reseller: 'VenueMSP' });
    expectRefusal(ledger.submit(venue.command, { caller: 'VenueMSP' }), 'ROLE_MISSING', 'listing.reseller');
    const other = aListing(ticket, floor, { reseller: 'OtherResellerMSP' });
    expectAccepted(ledger.submit(other.command, { caller: 'OtherResellerMSP' }));
  });

  it('may follow another, which it replaces', () => {
    const { ledger, floor, ticket } = onMarket();
    const first = list({ ledger, floor }, ticket);
    const second = list({ ledger, floor }, ticket, { askMinor: 1900 });
    expect(listingOf(ledger, ticket)).to.include({ statement: second.digest, change: 2, totalMinor: 2000 });
    expectRefusal(ledger.submit(aResale(first).command, BY_RESELLER), 'STALE_TICKET', 'purchase.change');
    const moved = aResale(first, newKey(), { change: 2 });
    expectRefusal(ledger.submit(moved.command, BY_RESELLER), 'LISTING_MISMATCH', 'purchase.listing');
  });

  it('names ticket and allotment as they are', () => {
    const { ledger, floor, ticket } = onMarket();
    const elsewhere = aListing(ticket, floor, { allotment: 'floor-b' });
    const details = expectRefusal(
      ledger.submit(elsewhere.command, BY_RESELLER),
      'ALLOTMENT_MISMATCH',
      'listing.allotment',
    );
    expect(details).to.include({ expected: 'floor-a' });
    const later = aListing({ ...ticket, change: 1 }, floor);
    expectRefusal(ledger.submit(later.command, BY_RESELLER), 'STALE_TICKET', 'listing.change');
  });

  it('rejects a ticket that was given back, and an event that is cancelled', () => {
    const { ledger, event, floor, ticket } = onMarket();
    ledger.accept(aReturn(ticket, floor), BY_RESELLER);
    const back = aListing(asNow(ledger, ticket), floor);
    expectRefusal(ledger.submit(back.command, BY_RESELLER), 'TICKET_NOT_VALID', 'listing.ticket');
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(back.command, BY_RESELLER), 'EVENT_CANCELLED', 'event');
  });
});

describe('withdrawal', () => {
  it('ends the listing and leaves the ticket with its holder', () => {
    const scene = onMarket();
    const { ledger, ticket } = scene;
    const listing = list(scene, ticket);
    expect(expectAccepted(ledger.submit(aWithdrawal(listing)))).to.include({ change: 2 });
    expect(ticketOf(ledger, ticket)).to.include({ state: 'sold', change: 2 });
    expect(listingOf(ledger, ticket)).to.include({ state: 'withdrawn' });
    expectRefusal(ledger.submit(aResale(listing).command, BY_RESELLER), 'STALE_TICKET', 'purchase.change');
    const after = aResale(listing, newKey(), { change: 2 });
    expect(expectRefusal(ledger.submit(after.command, BY_RESELLER), 'LISTING_NOT_OPEN', 'purchase.listing')).to.include(
      { state: 'withdrawn' },
    );
  });

  it('is the holder’s, unforged, of the listing there is', () => {
    const scene = onMarket();
    const { ledger, ticket } = scene;
    const listing = list(scene, ticket);
    const stranger = aWithdrawal({ ...listing, ticket: { ...listing.ticket, holder: newKey() } });
    expectRefusal(ledger.submit(stranger), 'NOT_THE_HOLDER', 'withdrawal.header.jwk');
    const command = aWithdrawal(listing);
    const broken = { ...command, withdrawal: forged(String(command.withdrawal)) };
    expectRefusal(ledger.submit(broken), 'SIGNATURE_INVALID', 'withdrawal');
    const other = aWithdrawal(listing, { listing: 'A'.repeat(43) });
    expectRefusal(ledger.submit(other), 'LISTING_MISMATCH', 'withdrawal.listing');
  });

  it('rejects a ticket that was never listed', () => {
    const { ledger, floor, ticket } = onMarket();
    const listing = { ...aListing(ticket, floor), ticket };
    expectRefusal(ledger.submit(aWithdrawal(listing)), 'UNKNOWN_LISTING', 'withdrawal.listing');
  });
});
