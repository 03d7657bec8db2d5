/** Recording that a listing's time is over. */
import { expect } from 'chai';
import { keysOf, prepareBatch } from '../../../../chaincode/domain/batch.js';
import { list, listingOf, onMarket, BY_RESELLER } from '../../../support/market.js';
import { aListing, aListingExpiry, aResale, aWithdrawal } from '../../../support/resales.js';
import { anEventChange, aTransfer, NOW } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal, ticketOf } from '../../../support/world.js';

const IN_TIME = '2027-03-01T12:00:59Z';
const OVER = { now: '2027-03-01T12:01:00Z' };

/** Listed for a minute. */
function listed() {
  const scene = onMarket();
  const listing = list(scene, scene.ticket, { exp: Date.parse(NOW) / 1000 + 60 });
  return { ...scene, listing };
}

describe('listing.expire', () => {
  it('ends the listing and gives the ticket back to its holder alone', () => {
    const { ledger, floor, ticket, listing } = listed();
    expect(expectAccepted(ledger.submit(aListingExpiry(listing), OVER))).to.include({ change: 2 });
    expect(ticketOf(ledger, ticket)).to.include({ state: 'sold', change: 2, holder: ticket.holder.kid });
    expect(listingOf(ledger, ticket)).to.include({ state: 'expired', statement: listing.digest });
    const again = aListing(asNow(ledger, ticket), floor);
    expectAccepted(ledger.submit(again.command, { ...BY_RESELLER, ...OVER }));
  });

  // Regression: nothing on the ledger said that a listing was over, and a purchase endorsed just before could be held back and commit later.
  it('is what a purchase that was held back across it conflicts with', () => {
    const { ledger, listing } = listed();
    const { command } = aResale(listing);
    const read = keysOf(prepareBatch([command], BY_RESELLER.caller));
    ledger.accept(aListingExpiry(listing), OVER);
    expect(ledger.written.filter(({ key }) => read.includes(key))).to.have.length(2);
    const backdated = { ...BY_RESELLER, now: IN_TIME };
    expectRefusal(ledger.submit(command, backdated), 'STALE_TICKET', 'purchase.change');
    const renumbered = aResale(listing, undefined, { change: 2 });
    const details = expectRefusal(ledger.submit(renumbered.command, backdated), 'LISTING_NOT_OPEN', 'purchase.listing');
    expect(details).to.include({ state: 'expired' });
  });

  it('may be submitted by any organization, and by nobody else', () => {
    for (const caller of ['OrganizerMSP', 'OtherVenueMSP', 'TrusteeMSP']) {
      const { ledger, listing } = listed();
      expectAccepted(ledger.submit(aListingExpiry(listing), { ...OVER, caller }));
    }
    const { ledger, listing } = listed();
    const stranger = ledger.submit(aListingExpiry(listing), { ...OVER, caller: 'NobodyMSP' });
    expectRefusal(stranger, 'UNKNOWN_ORGANIZATION', 'caller.mspId');
    const caller = { mspId: 'VenueMSP', attributes: new Set(['gate']) };
    expectRefusal(ledger.submit(aListingExpiry(listing), { ...OVER, caller }), 'NOT_AUTHORISED', 'caller.attributes');
  });

  it('rejects before its time, to the second', () => {
    const { ledger, listing } = listed();
    const early = ledger.submit(aListingExpiry(listing), { now: IN_TIME });
    expect(expectRefusal(early, 'NOTHING_DUE', 'listing')).to.include({ exp: listing.payload.exp });
  });

  it('rejects a listing that has ended otherwise, or twice', () => {
    const moved = listed();
    moved.ledger.accept(aTransfer(asNow(moved.ledger, moved.ticket)));
    const withdrawn = listed();
    withdrawn.ledger.accept(aWithdrawal(withdrawn.listing));
    const expired = listed();
    expired.ledger.accept(aListingExpiry(expired.listing), OVER);
    for (const { ledger, listing } of [moved, withdrawn, expired])
      expectRefusal(ledger.submit(aListingExpiry(listing), OVER), 'LISTING_NOT_OPEN', 'listing');
  });

  it('rejects another listing than the last, none, no ticket and a cancelled event', () => {
    const { ledger, event, ticket, listing } = listed();
    const other = { ...aListingExpiry(listing), listing: 'A'.repeat(43) };
    expectRefusal(ledger.submit(other, OVER), 'LISTING_MISMATCH', 'listing');
    const unsold = { ...aListingExpiry(listing), ticket: `${event.event}:floor:A:9` };
    expectRefusal(ledger.submit(unsold, OVER), 'UNKNOWN_TICKET', 'ticket');
    const unlisted = onMarket();
    expectRefusal(unlisted.ledger.submit(aListingExpiry(listing), OVER), 'UNKNOWN_LISTING', 'listing');
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(aListingExpiry(listing), OVER), 'EVENT_CANCELLED', 'event');
    expect(ticketOf(ledger, ticket)).to.include({ state: 'listed' });
  });
});
