/** A returned ticket is paid for when its seat is sold again or returns close, whichever comes first, and never twice. */
import { expect } from 'chai';
import { balanceOf, booksOf, BY_RESELLER, countsOf, onMarket, sellOn, settle } from '../../../support/market.js';
import { anEventChange, aReturn, aSale, newKey, SCHEDULE } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal, ticketOf } from '../../../support/world.js';

const AT_DEADLINE = { now: '2027-05-01T18:00:00Z' };
const FIRST = { issue: 1 };
type Options = Parameters<typeof onMarket>[0];

function returned(options: Options = {}, terms?: Parameters<typeof sellOn>[3]) {
  const scene = onMarket({ ...options, policy: { capBps: 13_000, ...options.policy } });
  const ticket = terms ? sellOn(scene, scene.ticket, newKey(), terms) : scene.ticket;
  scene.ledger.accept(aReturn(ticket, scene.floor), BY_RESELLER);
  const has = (holder = ticket.holder) => balanceOf(scene.ledger, scene.event.event, holder);
  return { ...scene, ticket, seller: scene.ticket.holder, has };
}

describe('refund of a return', () => {
  it('is due when the seat is sold again, and not before', () => {
    const { ledger, event, floor, ticket, has } = returned();
    const waiting = expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket');
    expect(waiting).to.include({ state: 'returned' });
    expect(countsOf(ledger, event.event, ticket.holder)).to.include({ held: 0, boughtPrimary: 1 });
    const next = aSale(floor);
    ledger.accept(next.command);
    const receipt = expectAccepted(settle(ledger, ticket, FIRST));
    expect(receipt).to.deep.include({ holders: [ticket.holder.kid], amountsMinor: [2200] });
    expect(has()).to.equal(2200);
    expect(countsOf(ledger, event.event, ticket.holder)).to.include({ held: 0, boughtPrimary: 0 });
    expect(ticketOf(ledger, ticket)).to.include({ issue: 2, state: 'sold', holder: next.buyer.kid });
    expect(booksOf(ledger, event.event)).to.include({ OrganizerMSP: 2000, ResellerMSP: -4200 });
  });

  it('is due at the deadline if it was not sold again, to the second', () => {
    const { ledger, ticket, has } = returned();
    expectRefusal(settle(ledger, ticket, { now: '2027-05-01T17:59:59Z' }), 'NOTHING_DUE', 'ticket');
    expectAccepted(settle(ledger, ticket, AT_DEADLINE));
    expect(has()).to.equal(2200);
    // Regression: the seat's own record went on to say that the refund was owed.
    expect(ticketOf(ledger, ticket)).to.include({ state: 'refunded' }).and.not.have.property('owed');
  });

  it('is never paid for both', () => {
    const { ledger, event, floor, ticket, has } = returned();
    ledger.accept(aSale(floor).command);
    expectAccepted(settle(ledger, ticket, FIRST));
    expectRefusal(settle(ledger, ticket, { ...FIRST, ...AT_DEADLINE }), 'NOTHING_DUE', 'ticket');
    ledger.accept(anEventChange(event));
    expectRefusal(settle(ledger, ticket, FIRST), 'NOTHING_DUE', 'ticket');
    expect(has()).to.equal(2200);
  });

  it('is paid for each issue on its own', () => {
    const { ledger, event, floor, ticket } = returned();
    const next = aSale(floor);
    ledger.accept(next.command);
    ledger.accept(aReturn(asNow(ledger, ticket, next.buyer), floor), BY_RESELLER);
    expectRefusal(settle(ledger, ticket, { issue: 2 }), 'NOTHING_DUE', 'ticket');
    expectAccepted(settle(ledger, ticket, FIRST));
    expectAccepted(settle(ledger, ticket, { issue: 2, ...AT_DEADLINE }));
    expect(balanceOf(ledger, event.event, next.buyer)).to.equal(2200);
  });

  it('is at most the first price where more was paid in a resale', () => {
    const { ledger, event, ticket, has, seller } = returned({}, { askMinor: 2500 });
    expectAccepted(settle(ledger, ticket, AT_DEADLINE));
    expect([has(), has(seller)]).to.deep.equal([2200, 2200]);
    expect(countsOf(ledger, event.event, ticket.holder)).to.include({ boughtResale: 0 });
    expect(booksOf(ledger, event.event)).to.include({ OrganizerMSP: 0, 'escrow:surplus': 200 });
  });

  it('is at most what was paid in a resale, the organizer’s part first', () => {
    const { ledger, event, ticket, has } = returned({}, { askMinor: 2000 });
    expectAccepted(settle(ledger, ticket, AT_DEADLINE));
    expect(has()).to.equal(2100);
    expect(booksOf(ledger, event.event)).to.include({ OrganizerMSP: 0 });
    const cheap = returned({}, { askMinor: 1000 });
    expectAccepted(settle(cheap.ledger, cheap.ticket, AT_DEADLINE));
    expect(cheap.has()).to.equal(1100);
    expect(booksOf(cheap.ledger, event.event)).to.include({ OrganizerMSP: 900 });
  });

  it('keeps the fees where the policy does', () => {
    const { ledger, ticket, has } = returned({ policy: { refundFees: 'none' } });
    expectAccepted(settle(ledger, ticket, AT_DEADLINE));
    expect(has()).to.equal(2000);
  });

  it('is all that was paid when the event is cancelled before', () => {
    const { ledger, event, ticket, has, seller } = returned({}, { askMinor: 2500 });
    ledger.accept(anEventChange(event));
    expectAccepted(settle(ledger, ticket));
    expect([has(), has(seller)]).to.deep.equal([2600, 2200]);
    expectRefusal(settle(ledger, ticket, { now: SCHEDULE.endsAt }), 'NOTHING_DUE', 'ticket');
  });

  // Regression: who had returned a ticket bought at a gain lost the gain to its seller, on an event that never took place.
  for (const [askMinor, paidMinor] of [
    [2500, 2600],
    [1000, 1100],
  ] as const) {
    it(`becomes all that was paid (${paidMinor}) when the event is cancelled after it`, () => {
      const { ledger, event, ticket, has, seller } = returned({}, { askMinor });
      expectAccepted(settle(ledger, ticket, AT_DEADLINE));
      ledger.accept(anEventChange(event));
      expectAccepted(settle(ledger, ticket));
      expect([has(), has(seller)]).to.deep.equal([paidMinor, 2200]);
      const { OrganizerMSP, 'escrow:surplus': escrow = 0 } = booksOf(ledger, event.event);
      expect([OrganizerMSP, escrow]).to.deep.equal([0, 0]);
      expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket');
    });
  }

  it('is not put off by a later postponement', () => {
    const { ledger, event, ticket, has } = returned();
    const startsAt = '2027-08-01T19:00:00Z';
    const schedule = { ...SCHEDULE, doorsOpenAt: startsAt, startsAt, endsAt: '2027-08-01T22:00:00Z' };
    ledger.accept(anEventChange(event, { action: 'postpone', schedule }));
    expectAccepted(settle(ledger, ticket, AT_DEADLINE));
    expect(has()).to.equal(2200);
  });
});
