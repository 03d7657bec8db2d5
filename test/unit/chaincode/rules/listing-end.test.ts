import { expect } from 'chai';
import { list, listingOf, onMarket, BY_RESELLER } from '../../../support/market.js';
import { aResale, aWithdrawal } from '../../../support/resales.js';
import {
  aDevice,
  anAdvance,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  DOORS,
  newKey,
  NOW,
} from '../../../support/statements.js';
import { asNow, AT_THE_DOOR, expectAccepted, expectRefusal, ticketOf } from '../../../support/world.js';

const NOW_SECONDS = Date.parse(NOW) / 1000;

describe('a listing ends', () => {
  const ends = (act: (scene: ReturnType<typeof onMarket>, listed: ReturnType<typeof list>) => void) => {
    const scene = onMarket();
    const listing = list(scene, scene.ticket);
    act(scene, listing);
    const now = { ...BY_RESELLER };
    expectRefusal(scene.ledger.submit(aResale(listing).command, now), 'STALE_TICKET', 'purchase.change');
    return { ...scene, listing };
  };

  it('when the ticket is transferred', () => {
    const { ledger, listing } = ends(({ ledger, ticket }) => ledger.accept(aTransfer(asNow(ledger, ticket))));
    const after = aResale(listing, newKey(), { change: 2 });
    expectRefusal(ledger.submit(after.command, BY_RESELLER), 'LISTING_NOT_OPEN', 'purchase.listing');
  });

  it('when the ticket is returned', () => {
    ends(({ ledger, floor, ticket }) => ledger.accept(aReturn(asNow(ledger, ticket), floor), BY_RESELLER));
  });

  // The next issue may come to the same change number, and still it is not listed.
  it('when the seat is sold again, whatever number its changes come to', () => {
    const scene = onMarket();
    const { ledger, floor, ticket } = scene;
    const listing = list(scene, ticket);
    ledger.accept(aReturn(asNow(ledger, ticket), floor), BY_RESELLER);
    const next = aSale(floor);
    ledger.accept(next.command);
    ledger.accept(aTransfer(asNow(ledger, ticket, next.buyer)));
    const late = aResale(listing, newKey(), { issue: 2, change: 1 });
    expectRefusal(ledger.submit(late.command, BY_RESELLER), 'LISTING_NOT_OPEN', 'purchase.listing');
  });

  it('when the ticket passes the door, and does not come back when that is undone', () => {
    const scene = onMarket();
    const { ledger, event, ticket } = scene;
    const listing = list(scene, ticket);
    const device = aDevice(event);
    ledger.accept(device.command, AT_THE_DOOR);
    ledger.accept(anAdvance(event), { now: DOORS });
    const admitted = aScan(asNow(ledger, ticket), device);
    ledger.accept(admitted.command, AT_THE_DOOR);
    expect(ticketOf(ledger, ticket)).to.include({ state: 'admitted' });
    const undone = aScan(asNow(ledger, ticket), device, { action: 'undo', after: admitted });
    ledger.accept(undone.command, AT_THE_DOOR);
    expect(ticketOf(ledger, ticket)).to.include({ state: 'sold', change: 3 });
    expect(listingOf(ledger, ticket)).to.include({ statement: listing.digest, change: 1 });
  });

  it('when its time is over, to the second', () => {
    const scene = onMarket();
    const { ledger, ticket } = scene;
    const listing = list(scene, ticket, { exp: NOW_SECONDS + 60 });
    const { command } = aResale(listing);
    const late = { ...BY_RESELLER, now: '2027-03-01T12:01:00Z' };
    expect(expectRefusal(ledger.submit(command, late), 'LISTING_NOT_OPEN', 'purchase.listing')).to.include({
      state: 'expired',
    });
    expectAccepted(ledger.submit(command, { ...BY_RESELLER, now: '2027-03-01T12:00:59Z' }));
  });

  it('when it has been bought', () => {
    const scene = onMarket();
    const { ledger, ticket } = scene;
    const listing = list(scene, ticket);
    const { command } = aResale(listing);
    const receipt = expectAccepted(ledger.submit(command, BY_RESELLER));
    expect(listingOf(ledger, ticket)).to.include({ state: 'sold' });
    expect(ledger.submit(command, BY_RESELLER)).to.deep.equal({ accepted: true, receipt, replayed: true });
    expectRefusal(ledger.submit(aResale(listing).command, BY_RESELLER), 'STALE_TICKET', 'purchase.change');
    expectRefusal(ledger.submit(aWithdrawal(listing)), 'STALE_TICKET', 'withdrawal.change');
  });
});
