/** While a market settles, nothing of its event changes hands but by the market; the door is open all the time. */
import { expect } from 'chai';
import type { RefusalCode } from '../../../../chaincode/domain/refusal.js';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { holderKey } from '../../../../chaincode/domain/keys.js';
import { submitAtOnce } from '../../../support/at-once.js';
import { anActivation, anEnrolment, aVeto } from '../../../support/committee.js';
import { holderAt } from '../../../support/credentials.js';
import { BY_RESELLER, list } from '../../../support/market.js';
import { drive, SETTLING, steps, submitStep } from '../../../support/market-steps.js';
import { aListing, aListingExpiry, aResale, aWithdrawal } from '../../../support/resales.js';
import { persons, sealedMarket, type SealedOptions } from '../../../support/sealed-market.js';
import { aPayout, aPolicyChange, aRefundClaim, aSettlement } from '../../../support/settlements.js';
import {
  aDevice,
  anAdvance,
  anEventChange,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  aVoid,
  DOORS,
  SCHEDULE,
  type Command,
} from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal, ticketOf } from '../../../support/world.js';

/** Ann has tickets A:1 to A:3, the third listed; Cem, who has A:4, has lost a phone. */
function scene(terms?: SealedOptions['terms']) {
  const market = sealedMarket({ ...(terms && { terms }) });
  const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
  const tickets = ['floor:A:1', 'floor:A:2', 'floor:A:3'].map((seat) => market.ticket(ann, seat));
  const [first, second, third] = tickets as [(typeof tickets)[0], (typeof tickets)[0], (typeof tickets)[0]];
  const { ledger, committee } = market.scene;
  const listing = list(market.scene, third, { exp: Date.parse('2027-03-01T18:00:00Z') / 1000 });
  const phone = holderAt(market.event, 'Cem', 'new phone');
  ledger.accept(anEnrolment(committee, market.event, phone, 1));
  const replacement = { event: market.event, subject: cem.credential, key: phone, sequence: 1 };
  return { market, ledger, ann, ben, cem, first, second, third, listing, replacement };
}
type Scene = ReturnType<typeof scene>;

/** Everything that changes owner, state, count or key; each would be accepted at `now` were there no market. */
const LOCKED: Readonly<Record<string, (at: Scene) => Command>> = {
  'ticket.sell': ({ market, ben }) => aSale(market.scene.floor, { buyer: ben, seats: ['floor:B:1'] }).command,
  'ticket.transfer': ({ first, ben }) => aTransfer(first, ben),
  'ticket.return': ({ first, market }) => aReturn(first, market.scene.floor),
  'ticket.void': ({ first, market }) => aVoid(first, market.scene.event),
  'ticket.list': ({ first, market }) => aListing(first, market.scene.floor).command,
  'ticket.unlist': ({ listing }) => aWithdrawal(listing),
  'listing.expire': ({ listing }) => aListingExpiry(listing),
  'credential.enrol': ({ market }) => anEnrolment(market.scene.committee, market.event, holderAt(market.event, 'Dea')),
  'credential.veto': ({ replacement, cem }) => aVeto(replacement, cem),
  'event.policy': ({ market }) => aPolicyChange(market.scene.event, { capBps: 10_000 }),
};
const who = (kind: string) => ({ caller: kind === 'ticket.void' ? 'OrganizerMSP' : 'ResellerMSP', now: SETTLING });

describe('a ticket while a market settles', () => {
  for (const [kind, command] of Object.entries(LOCKED))
    it(`waits with ${kind}, and not before or after`, () => {
      const before = scene();
      expectAccepted(before.ledger.submit(command(before), who(kind)));
      const at = scene();
      for (const state of ['closed', 'frozen', 'revealed', 'cleared'] as const) {
        drive(at.market, state);
        expectRefusal(at.ledger.submit(command(at), who(kind)), 'MARKET_SETTLING', 'event');
      }
      drive(at.market, 'finished');
      expectAccepted(at.ledger.submit(command(at), who(kind)));
    });

  it('waits with a resale, an activation, a refund claim and a settlement', () => {
    const refused = (outcome: Outcome, code: RefusalCode = 'MARKET_SETTLING') => expectRefusal(outcome, code, 'event');
    const sold = scene();
    const fresh = list(sold.market.scene, sold.first);
    drive(sold.market, 'closed');
    refused(sold.ledger.submit(aResale(fresh, sold.ben).command, { ...BY_RESELLER, now: SETTLING }));
    refused(sold.ledger.submit(anActivation(sold.cem.credential, sold.market.event), { now: '2027-03-04T12:00:00Z' }));
    const postponed = scene();
    postponed.ledger.accept(anEventChange(postponed.market.scene.event, { action: 'postpone', schedule: SCHEDULE }));
    drive(postponed.market, 'closed');
    const { floor } = postponed.market.scene;
    refused(postponed.ledger.submit(aRefundClaim(postponed.first, floor), { ...BY_RESELLER, now: SETTLING }));
    const record = ticketOf(postponed.ledger, postponed.first)!;
    refused(postponed.ledger.submit(aSettlement(postponed.first, record), { ...BY_RESELLER, now: SETTLING }));
  });

  it('leaves the old key an hour to veto a replacement that became due meanwhile', () => {
    const locked = (end: 'finished' | 'aborted') => {
      const at = scene({ closesAt: '2027-03-04T11:30:00Z', abortableAt: '2027-03-04T12:20:00Z' });
      drive(at.market, 'frozen', { now: '2027-03-04T11:30:10Z' });
      const activate = (now: string) => at.ledger.submit(anActivation(at.cem.credential, at.market.event), { now });
      expectRefusal(activate('2027-03-04T12:00:00Z'), 'MARKET_SETTLING', 'event');
      const now = '2027-03-04T12:20:00Z';
      if (end === 'finished') drive(at.market, 'finished', { now });
      else expectAccepted(submitStep(at.market, steps.abort(at.market), { now }));
      return { ...at, activate };
    };
    for (const end of ['finished', 'aborted'] as const) {
      const at = locked(end);
      const waits = expectRefusal(at.activate('2027-03-04T12:20:00Z'), 'NOTHING_DUE', 'subject');
      expect(waits).to.include({ activatesAt: '2027-03-04T13:20:00Z' });
      // The next one, opened at once, does not shorten it.
      const next = at.market.next({ closesAt: '2027-03-05T12:00:00Z', abortableAt: '2027-03-05T13:00:00Z' });
      at.ledger.accept(next.opening, { now: '2027-03-04T12:21:00Z' });
      expectRefusal(at.activate('2027-03-04T13:19:59Z'), 'NOTHING_DUE', 'subject');
      if (end === 'finished') expectAccepted(at.activate('2027-03-04T13:20:00Z'));
      else expectAccepted(at.ledger.submit(aVeto(at.replacement, at.cem), { now: '2027-03-04T13:19:59Z' }));
    }
  });

  it('opens the door', () => {
    const at = scene();
    const { event } = at.market.scene;
    const device = aDevice(event);
    at.ledger.accept(device.command, { caller: 'VenueMSP' });
    drive(at.market, 'revealed');
    at.ledger.accept(anAdvance(event), { now: DOORS });
    const scan = aScan(asNow(at.ledger, at.first), device);
    expectAccepted(at.ledger.submit(scan.command, { caller: 'VenueMSP', now: DOORS }));
  });

  it('keeps balances, or small payouts could keep it from being settled', () => {
    const at = scene();
    const key = holderKey(at.market.event, at.ann.credential);
    at.ledger.put(key, { ...at.ledger.read(key)!, balanceMinor: 15 });
    const payout = (now: string) =>
      at.ledger.submit(aPayout(at.market.scene.event, at.ann, 5), { ...BY_RESELLER, now });
    expectAccepted(payout('2027-03-02T11:59:00Z'));
    drive(at.market, 'closed');
    expectRefusal(payout(SETTLING), 'MARKET_SETTLING', 'event');
    drive(at.market, 'cleared');
    expectRefusal(payout(SETTLING), 'MARKET_SETTLING', 'event');
    drive(at.market, 'finished');
    expectAccepted(payout(SETTLING));
    const cancelled = scene();
    cancelled.ledger.put(key, { ...cancelled.ledger.read(key)!, balanceMinor: 5 });
    drive(cancelled.market, 'closed');
    cancelled.ledger.accept(anEventChange(cancelled.market.scene.event), { now: SETTLING });
    const after = aPayout(cancelled.market.scene.event, cancelled.ann, 5);
    expectAccepted(cancelled.ledger.submit(after, { ...BY_RESELLER, now: SETTLING }));
  });

  it('is refunded at once where the event is cancelled', () => {
    const at = scene();
    drive(at.market, 'frozen');
    at.ledger.accept(anEventChange(at.market.scene.event), { now: SETTLING });
    const settled = aSettlement(at.first, ticketOf(at.ledger, at.first)!);
    expectAccepted(at.ledger.submit(settled, { ...BY_RESELLER, now: SETTLING }));
  });

  for (const kind of ['ticket.sell', 'ticket.transfer', 'ticket.return', 'ticket.list', 'credential.enrol'] as const)
    it(`does not change by a ${kind} that was held back across the close or the end`, () => {
      const early = { caller: 'ResellerMSP', now: '2027-03-02T11:59:00Z' };
      const at = scene();
      const late = { caller: 'VenueMSP', now: SETTLING };
      const outcomes = submitAtOnce(at.ledger, [[steps.close(at.market)], [LOCKED[kind]!(at)]], [late, early]);
      expect([outcomes[0]?.[0]?.accepted, outcomes[1]]).to.deep.equal([true, undefined]);
      drive(at.market, 'cleared');
      expectAccepted(submitStep(at.market, steps.finish(at.market)));
    });

  it('changes by an opening held back no more than by any other', () => {
    const at = scene();
    const transfer = LOCKED['ticket.transfer']!(at);
    drive(at.market, 'finished');
    const next = at.market.next({ closesAt: '2027-03-03T12:00:00Z', abortableAt: '2027-03-03T13:00:00Z' });
    const now = { caller: 'ResellerMSP', now: '2027-03-02T14:00:00Z' };
    const outcomes = submitAtOnce(at.ledger, [[transfer], [next.opening]], now);
    expect(outcomes.map((each) => each?.[0]?.accepted)).to.deep.equal([true, true]);
  });
});
