import { expect } from 'chai';
import { gateKey } from '../../../../chaincode/domain/keys.js';
import { list, onMarket, BY_RESELLER, type MarketOptions } from '../../../support/market.js';
import { aListing, aResale } from '../../../support/resales.js';
import { aPolicyChange } from '../../../support/settlements.js';
import {
  anAdvance,
  anAllotment,
  anEventChange,
  newId,
  NOW,
  SCHEDULE,
  type TestEvent,
} from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

const closing = ({ event }: TestEvent) => ({ kind: 'allotment.close', id: newId(), event, allotment: 'floor-a' });

describe('resale window', () => {
  const opensAt = (policy: MarketOptions['policy'], now: string) => {
    const { ledger, event, floor, ticket } = onMarket({ policy: { ...policy } });
    const outcome = () => ledger.submit(aListing(ticket, floor).command, { ...BY_RESELLER, now });
    return { ledger, event, outcome };
  };

  it('closes with transfers', () => {
    const { outcome } = opensAt({}, SCHEDULE.transfersCloseAt);
    const details = expectRefusal(outcome(), 'RESALE_NOT_OPEN', 'schedule.transfersCloseAt');
    expect(details).to.include({ closesAt: SCHEDULE.transfersCloseAt, policyVersion: 1 });
  });

  it('opens as long before the start as the policy says, once that is recorded', () => {
    const day = { opensBeforeStartSeconds: 86_400, closesBeforeStartSeconds: 7200 };
    const opens = '2027-04-30T19:00:00Z';
    const { ledger, event, outcome } = opensAt({ resaleWindow: day }, opens);
    expectRefusal(outcome(), 'RESALE_NOT_OPEN', 'policy.resaleWindow');
    ledger.accept(anAdvance(event), { now: '2027-04-30T19:00:00Z' });
    expectAccepted(outcome());
  });

  it('closes as long before the start as the policy says', () => {
    const policy = { resaleWindow: { opensBeforeStartSeconds: null, closesBeforeStartSeconds: 7200 } };
    expectAccepted(opensAt(policy, '2027-05-01T16:59:59Z').outcome());
    expectRefusal(opensAt(policy, '2027-05-01T17:00:00Z').outcome(), 'RESALE_NOT_OPEN', 'policy.resaleWindow');
  });

  it('opens when the event is sold out, where the policy says so', () => {
    const { ledger, event, outcome } = opensAt({ resaleOpensAfter: 'soldOut' }, NOW);
    expectRefusal(outcome(), 'RESALE_NOT_OPEN', 'policy.resaleOpensAfter');
    expectRefusal(ledger.submit(anAdvance(event)), 'NOTHING_DUE', 'event');
    ledger.accept(closing(event), BY_RESELLER);
    expectRefusal(outcome(), 'RESALE_NOT_OPEN', 'policy.resaleOpensAfter');
    expect(expectAccepted(ledger.submit(anAdvance(event))).moved).to.deep.equal(['resale']);
    expectAccepted(outcome());
  });

  // Regression: one allotment that its seller left open kept resale shut for good, though no ticket could be bought any more.
  it('opens when sales close at the latest, where the policy waits for the last ticket', () => {
    const { ledger, event, outcome } = opensAt({ resaleOpensAfter: 'soldOut' }, SCHEDULE.salesCloseAt);
    expectRefusal(outcome(), 'RESALE_NOT_OPEN', 'policy.resaleOpensAfter');
    ledger.accept(anAdvance(event), { now: SCHEDULE.salesCloseAt });
    expectAccepted(outcome());
  });

  // Regression: `soldOut` counted as milder than `salesClose`, and a change to it shut a resale that was open.
  it('stays open when the policy comes to wait for the last ticket instead of the close of sales', () => {
    const now = SCHEDULE.salesCloseAt;
    const { ledger, event, outcome } = opensAt({ resaleOpensAfter: 'salesClose' }, now);
    ledger.accept(anAdvance(event), { now });
    ledger.accept(aPolicyChange(event, { resaleOpensAfter: 'soldOut' }), { now });
    expectAccepted(outcome());
  });

  // Regression: another allotment and a wider window, both harmless by themselves, put an open resale back to waiting.
  it('stays open when more is given out and the window moves', () => {
    const window = (closesBeforeStartSeconds: number) => ({ opensBeforeStartSeconds: null, closesBeforeStartSeconds });
    const { ledger, event, outcome } = opensAt({ resaleOpensAfter: 'soldOut', resaleWindow: window(86_400) }, NOW);
    ledger.accept(closing(event), BY_RESELLER);
    ledger.accept(anAdvance(event));
    ledger.accept(anAllotment(event, { allotment: 'one-seat', pool: { section: 'box', from: 1, to: 1 } }).command);
    ledger.accept(aPolicyChange(event, { resaleWindow: window(86_399) }));
    expectAccepted(outcome());
  });

  it('stays open when a postponement lets sales go on', () => {
    const now = SCHEDULE.salesCloseAt;
    const { ledger, event, outcome } = opensAt({ resaleOpensAfter: 'salesClose' }, now);
    ledger.accept(anAdvance(event), { now });
    const schedule = { ...SCHEDULE, salesCloseAt: SCHEDULE.transfersCloseAt };
    ledger.accept(anEventChange(event, { action: 'postpone', schedule }), { now });
    expectAccepted(outcome());
  });

  it('opens when sales close, where the policy says so', () => {
    const { ledger, event, outcome } = opensAt({ resaleOpensAfter: 'salesClose' }, SCHEDULE.salesCloseAt);
    expectRefusal(outcome(), 'RESALE_NOT_OPEN', 'policy.resaleOpensAfter');
    ledger.accept(anAdvance(event), { now: SCHEDULE.salesCloseAt });
    expectAccepted(outcome());
  });

  it('is shut by the record for a transaction that was held back across its end', () => {
    const { ledger, event, floor, ticket } = onMarket();
    ledger.accept(anAdvance(event), { now: SCHEDULE.transfersCloseAt });
    expect(ledger.written.map(({ key }) => key)).to.include(gateKey(event.event, 'resale'));
    const backdated = { ...BY_RESELLER, now: '2027-05-01T17:29:59Z' };
    expectRefusal(ledger.submit(aListing(ticket, floor).command, backdated), 'RESALE_NOT_OPEN');
  });

  it('shuts purchases as it shuts listings', () => {
    const scene = onMarket();
    const { command } = aResale(list(scene, scene.ticket));
    const late = { ...BY_RESELLER, now: SCHEDULE.transfersCloseAt };
    expectRefusal(scene.ledger.submit(command, late), 'RESALE_NOT_OPEN', 'schedule.transfersCloseAt');
  });

  it('opens earlier by a change of policy', () => {
    const { ledger, event, outcome } = opensAt({ resaleOpensAfter: 'soldOut' }, NOW);
    ledger.accept(aPolicyChange(event, { resaleOpensAfter: 'salesOpen' }));
    expectAccepted(outcome());
  });
});
