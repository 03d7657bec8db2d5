/** After a postponement a ticket may be given back for a while, at once and for all that was paid. */
import { expect } from 'chai';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import { balanceOf, countsOf, onMarket, sellOn, settle } from '../../../support/market.js';
import { aPolicyChange, aRefundClaim } from '../../../support/settlements.js';
import {
  aDevice,
  anAdvance,
  anEventChange,
  aSale,
  aScan,
  aTransfer,
  DOORS,
  held,
  newKey,
  NOW,
  SCHEDULE,
} from '../../../support/statements.js';
import {
  asNow,
  AT_THE_DOOR,
  expectAccepted,
  expectRefusal,
  forged,
  gateOf,
  onSale,
  ticketOf,
} from '../../../support/world.js';

const WINDOW = 'policy.postponeClaimWindowSeconds';
const monthLater = (time: string) => time.replace('-05-', '-06-');
const LATER = {
  ...SCHEDULE,
  salesCloseAt: monthLater(SCHEDULE.salesCloseAt),
  transfersCloseAt: monthLater(SCHEDULE.transfersCloseAt),
  doorsOpenAt: monthLater(SCHEDULE.doorsOpenAt),
  startsAt: monthLater(SCHEDULE.startsAt),
  endsAt: monthLater(SCHEDULE.endsAt),
};

/** Postponed by a month at `now`. */
function postponed(
  policy: PolicyPart = {},
  now: string = NOW,
  before: (scene: ReturnType<typeof onMarket>) => void = () => undefined,
) {
  const scene = onMarket({ policy });
  before(scene);
  scene.ledger.accept(anEventChange(scene.event, { action: 'postpone', schedule: LATER }), { now });
  return scene;
}

describe('refund after a postponement', () => {
  it('pays at once, ends the ticket and takes the purchase back', () => {
    const { ledger, event, floor, ticket } = postponed();
    const receipt = expectAccepted(ledger.submit(aRefundClaim(ticket, floor)));
    expect(receipt).to.deep.include({ holders: [ticket.holder.kid], amountsMinor: [2200] });
    expect(ticketOf(ledger, ticket)).to.include({ state: 'refunded', change: 1 });
    const counts = { held: 0, boughtPrimary: 0, balanceMinor: 2200 };
    expect(countsOf(ledger, event.event, ticket.holder)).to.include(counts);
  });

  it('is paid once, whatever comes after', () => {
    const { ledger, event, floor, ticket } = postponed();
    ledger.accept(aRefundClaim(ticket, floor));
    expectRefusal(ledger.submit(aRefundClaim(ticket, floor)), 'STALE_TICKET', 'claim.change');
    const again = aRefundClaim(asNow(ledger, ticket), floor);
    expectRefusal(ledger.submit(again), 'TICKET_NOT_VALID', 'claim.ticket');
    ledger.accept(anEventChange(event, { change: 1 }));
    expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket');
  });

  it('unwinds the hops, and counts a resale less', () => {
    const scene = postponed({ capBps: 13_000 });
    const { ledger, event, floor, ticket } = scene;
    const buyer = newKey();
    const bought = sellOn(scene, ticket, buyer, { askMinor: 2500 });
    const claim = aRefundClaim(bought, floor, [buyer.kid, ticket.holder.kid]);
    expect(expectAccepted(ledger.submit(claim))).to.deep.include({ holders: [buyer.kid], amountsMinor: [2600] });
    expect(balanceOf(ledger, event.event, ticket.holder)).to.equal(2200);
    expect(countsOf(ledger, event.event, buyer)).to.include({ held: 0, boughtResale: 0 });
  });

  it('gives the seat free for another issue', () => {
    const { ledger, floor, ticket } = postponed();
    ledger.accept(aRefundClaim(ticket, floor));
    const next = aSale(floor);
    expect(expectAccepted(ledger.submit(next.command))).to.deep.include({ issues: [2] });
    const late = aRefundClaim(asNow(ledger, ticket), floor, [ticket.holder.kid]);
    expectRefusal(ledger.submit(late), 'NOT_THE_HOLDER', 'claim.header.jwk');
  });

  it('is the holder’s, unforged, for the allotment that it names', () => {
    const { ledger, floor, ticket } = postponed();
    const stranger = aRefundClaim({ ...ticket, holder: newKey() }, floor);
    expectRefusal(ledger.submit(stranger), 'NOT_THE_HOLDER', 'claim.header.jwk');
    const command = aRefundClaim(ticket, floor);
    expectRefusal(ledger.submit({ ...command, claim: forged(String(command.claim)) }), 'SIGNATURE_INVALID', 'claim');
    const other = aRefundClaim(ticket, floor, [ticket.holder.kid], { allotment: 'floor-b' });
    expectRefusal(ledger.submit(other), 'ALLOTMENT_MISMATCH', 'claim.allotment');
  });

  it('rejects to leave out who bought the ticket', () => {
    const { ledger, floor, ticket } = postponed();
    const friend = newKey();
    ledger.accept(aTransfer(ticket, friend));
    const given = asNow(ledger, ticket, friend);
    expectRefusal(ledger.submit(aRefundClaim(given, floor)), 'PAYEES_MISMATCH', 'holders');
    expectAccepted(ledger.submit(aRefundClaim(given, floor, [friend.kid, ticket.holder.kid])));
  });
});

describe('time of a refund after a postponement', () => {
  it('never comes without one', () => {
    const { ledger, floor, ticket } = onMarket();
    expectRefusal(ledger.submit(aRefundClaim(ticket, floor)), 'REFUNDS_NOT_OPEN', WINDOW);
  });

  it('lasts 14 days, to the second', () => {
    const { ledger, event, floor, ticket } = postponed();
    const claim = aRefundClaim(ticket, floor);
    const late = { now: '2027-03-15T12:00:00Z' };
    expect(expectRefusal(ledger.submit(claim, late), 'REFUNDS_NOT_OPEN', WINDOW)).to.include({ policyVersion: 1 });
    expect(expectAccepted(ledger.submit(anAdvance(event), late)).moved).to.deep.equal(['refunds']);
    const backdated = { now: '2027-03-15T11:59:59Z' };
    expectRefusal(ledger.submit(claim, backdated), 'REFUNDS_NOT_OPEN', WINDOW);
    const inTime = postponed();
    expectAccepted(inTime.ledger.submit(aRefundClaim(inTime.ticket, inTime.floor), backdated));
  });

  it('lasts as long as the policy says, and longer when that changes', () => {
    const { ledger, event, floor, ticket } = postponed({ postponeClaimWindowSeconds: 0 });
    expectRefusal(ledger.submit(aRefundClaim(ticket, floor)), 'REFUNDS_NOT_OPEN', WINDOW);
    ledger.accept(aPolicyChange(event, { postponeClaimWindowSeconds: 60 }));
    expectAccepted(ledger.submit(aRefundClaim(ticket, floor)));
  });

  it('begins anew when the event is postponed again', () => {
    const { ledger, event, floor, ticket } = postponed();
    const now = '2027-04-01T12:00:00Z';
    ledger.accept(anAdvance(event), { now });
    expect(gateOf(ledger, event, 'refunds')).to.equal('closed');
    ledger.accept(anEventChange(event, { action: 'postpone', schedule: LATER, change: 1 }), { now });
    expectAccepted(ledger.submit(aRefundClaim(ticket, floor), { now }));
  });

  // Regression: a second postponement cut a running window off, by doors that opened at once.
  it('is not made shorter by the next postponement', () => {
    const { ledger, event, floor, ticket } = postponed();
    const now = '2027-03-02T12:00:00Z';
    const again = (doorsOpenAt: string) =>
      anEventChange(event, { action: 'postpone', schedule: { ...LATER, doorsOpenAt }, change: 1 });
    expectRefusal(ledger.submit(again('2027-03-02T12:00:01Z'), { now }), 'INVALID_SCHEDULE', 'schedule.doorsOpenAt');
    // A transaction may be dated back: what was promised before stays.
    ledger.accept(again(LATER.doorsOpenAt), { now: '2027-03-01T11:59:00Z' });
    expect(ledger.read(eventKey(event.event))).to.include({ claimsUntil: '2027-03-15T12:00:00Z' });
    expectAccepted(ledger.submit(aRefundClaim(ticket, floor), { now: '2027-03-15T11:59:59Z' }));
  });

  // Regression: doors that had opened before the postponement, or open with it, left no moment for a claim.
  it('is there whenever the event is postponed: doors are still to come', () => {
    const { ledger, event } = onMarket();
    for (const now of [SCHEDULE.doorsOpenAt, DOORS]) {
      const same = anEventChange(event, { action: 'postpone', schedule: SCHEDULE });
      expectRefusal(ledger.submit(same, { now }), 'INVALID_SCHEDULE', 'schedule.doorsOpenAt');
    }
  });

  it('lasts to the end where doors were open before anything was sold', () => {
    const schedule = { ...SCHEDULE, salesOpenAt: '2027-03-02T00:00:00Z', doorsOpenAt: SCHEDULE.salesOpenAt };
    const { ledger, event, floor } = onSale({ schedule });
    ledger.accept(anEventChange(event, { action: 'postpone', schedule }));
    const now = '2027-03-03T00:00:00Z';
    ledger.accept(anAdvance(event), { now });
    const sale = aSale(floor);
    ledger.accept(sale.command, { now });
    expectAccepted(ledger.submit(aRefundClaim(held(sale), floor), { now }));
  });

  // Regression: the window outlasted the event; who had seen it could have his money back, and a seller's surplus was paid and taken again.
  it('ends when doors open', () => {
    const { ledger, floor, ticket } = postponed({}, '2027-05-01T12:00:00Z');
    const before = postponed({ postponeClaimWindowSeconds: 90 * 86_400 }, '2027-05-01T12:00:00Z');
    const claim = aRefundClaim(before.ticket, before.floor);
    expectRefusal(before.ledger.submit(claim, { now: LATER.doorsOpenAt }), 'REFUNDS_NOT_OPEN', 'schedule.doorsOpenAt');
    expectAccepted(ledger.submit(aRefundClaim(ticket, floor), { now: '2027-05-15T11:59:59Z' }));
  });

  // Regression: who had been let in when the event was broken off and postponed could not claim.
  it('is for those too who were inside when the event was broken off', () => {
    const { ledger, floor, ticket } = postponed({}, '2027-05-01T19:30:00Z', ({ ledger, event, ticket }) => {
      const device = aDevice(event);
      ledger.accept(device.command, { caller: 'VenueMSP' });
      ledger.accept(anAdvance(event), { now: DOORS });
      ledger.accept(aScan(ticket, device).command, AT_THE_DOOR);
    });
    const claim = aRefundClaim(asNow(ledger, ticket), floor);
    expectAccepted(ledger.submit(claim, { now: '2027-05-02T12:00:00Z' }));
  });
});
