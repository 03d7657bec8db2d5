import { expect } from 'chai';
import { gateKey } from '../../../../chaincode/domain/keys.js';
import { list, onMarket, BY_RESELLER, type MarketOptions } from '../../../support/market.js';
import { aListing, aResale } from '../../../support/resales.js';
import { aPolicyChange } from '../../../support/settlements.js';
import { anAdvance, NOW, SCHEDULE } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

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
    const closing = { kind: 'allotment.close', id: 'close-floor-a', event: event.event, allotment: 'floor-a' };
    ledger.accept(closing, BY_RESELLER);
    expectRefusal(outcome(), 'RESALE_NOT_OPEN', 'policy.resaleOpensAfter');
    expect(expectAccepted(ledger.submit(anAdvance(event))).moved).to.deep.equal(['resale']);
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
