/** Gates: each open by its record and by the schedule, or not at all. */
import { expect } from 'chai';
import { gateKey } from '../../../../chaincode/domain/keys.js';
import {
  anAdvance,
  aSale,
  aTransfer,
  held,
  newId,
  NOW,
  SCHEDULE,
  type TestEvent,
} from '../../../support/statements.js';
import { afterSale, expectAccepted, expectRefusal, gateOf, onSale } from '../../../support/world.js';
import type { SubmitOptions } from '../../../support/test-ledger.js';

const BEFORE = '2026-12-01T00:00:00Z';
const sales = (action: 'close' | 'reopen', { event }: TestEvent) => ({ kind: `sales.${action}`, id: newId(), event });
/** An event that was created before its sales opened. */
function announced() {
  const { ledger, event, floor } = onSale({ schedule: { ...SCHEDULE, salesOpenAt: '2027-03-01T12:00:01Z' } });
  return { ledger, event, floor };
}

describe('event.advance', () => {
  it('opens a gate when its time has come, and not a second before', () => {
    const { ledger, event, floor } = announced();
    expect(gateOf(ledger, event, 'sales')).to.equal('pending');
    expectRefusal(ledger.submit(anAdvance(event), { now: NOW }), 'NOTHING_DUE', 'event');
    const now = '2027-03-01T12:00:01Z';
    expectRefusal(ledger.submit(aSale(floor).command, { now }), 'SALES_NOT_OPEN', 'schedule.salesOpenAt');
    expect(expectAccepted(ledger.submit(anAdvance(event), { now })).moved).to.deep.equal([
      'sales',
      'resale',
      'transfers',
      'returns',
    ]);
    expectAccepted(ledger.submit(aSale(floor).command, { now }));
  });

  it('closes a gate at its time', () => {
    const { ledger, event } = onSale();
    const moved = (now: string) => expectAccepted(ledger.submit(anAdvance(event), { now })).moved;
    expect(moved(SCHEDULE.salesCloseAt)).to.deep.equal(['sales']);
    expect(moved(SCHEDULE.transfersCloseAt)).to.deep.equal(['resale', 'transfers']);
    expect(moved(SCHEDULE.doorsOpenAt)).to.deep.equal(['returns', 'doors']);
    expect(moved(SCHEDULE.endsAt)).to.deep.equal(['doors']);
  });

  // Regression: a backdated advance moved a recorded "closed" back to "open", and sales dated before the deadline went on after it.
  it('never takes a recorded deadline back for a transaction dated before it', () => {
    const { ledger, event, floor } = onSale();
    const [late, backdated] = [{ now: SCHEDULE.salesCloseAt }, { now: '2027-05-01T16:59:59Z' }];
    ledger.accept(anAdvance(event), late);
    expectRefusal(ledger.submit(anAdvance(event), backdated), 'NOTHING_DUE', 'event');
    expectRefusal(ledger.submit(aSale(floor).command, backdated), 'SALES_NOT_OPEN', 'schedule.salesOpenAt');
  });

  it('may be submitted by any organization of the consortium, a trustee too', () => {
    for (const caller of ['ResellerMSP', 'OtherVenueMSP', 'TrusteeMSP']) {
      const { ledger, event } = onSale();
      expectAccepted(ledger.submit(anAdvance(event), { caller, now: SCHEDULE.salesCloseAt }));
    }
    const { ledger, event } = onSale();
    expectRefusal(ledger.submit(anAdvance(event), { caller: 'NobodyMSP' }), 'UNKNOWN_ORGANIZATION', 'caller.mspId');
  });

  it('rejects an event that does not exist', () => {
    const unknown = { event: 'OrganizerMSP:matinee' };
    expectRefusal(onSale().ledger.submit(anAdvance(unknown)), 'UNKNOWN_EVENT', 'event');
  });

  it('replays to what it moved', () => {
    const { ledger, event } = onSale();
    const command = anAdvance(event);
    const receipt = expectAccepted(ledger.submit(command, { now: SCHEDULE.salesCloseAt }));
    expect(ledger.submit(command, { now: SCHEDULE.endsAt })).to.deep.equal({ accepted: true, receipt, replayed: true });
  });
});

describe('gate', () => {
  it('is shut by the schedule before anybody has recorded it', () => {
    const { ledger, event, ticket, floor } = afterSale();
    expectRefusal(ledger.submit(aSale(floor).command, { now: SCHEDULE.salesCloseAt }), 'SALES_NOT_OPEN');
    expectRefusal(ledger.submit(aTransfer(ticket), { now: SCHEDULE.transfersCloseAt }), 'TRANSFERS_NOT_OPEN');
    expect(gateOf(ledger, event, 'sales')).to.equal('open');
  });

  it('is shut by the record for a transaction dated before the deadline', () => {
    const { ledger, event, ticket } = afterSale();
    ledger.accept(anAdvance(event), { now: SCHEDULE.transfersCloseAt });
    const backdated = { now: '2027-05-01T17:29:59Z' };
    expectRefusal(ledger.submit(aTransfer(ticket), backdated), 'TRANSFERS_NOT_OPEN', 'schedule.salesOpenAt');
  });

  it('of transfers outlasts the one of sales', () => {
    const { ledger, event, floor } = onSale();
    const sale = aSale(floor);
    ledger.accept(sale.command);
    ledger.accept(anAdvance(event), { now: SCHEDULE.salesCloseAt });
    expectAccepted(ledger.submit(aTransfer(held(sale)), { now: SCHEDULE.salesCloseAt }));
  });
});

describe('sales.close and sales.reopen', () => {
  const refuses = (action: 'close' | 'reopen', options: SubmitOptions = {}) => {
    const { ledger, event } = onSale();
    expectRefusal(ledger.submit(sales(action, event), options), 'SALES_NOT_OPEN', 'event');
  };

  it('stop sales and let them go on', () => {
    const { ledger, event, floor } = onSale();
    expect(expectAccepted(ledger.submit(sales('close', event)))).to.include({ sales: 'closed' });
    expectRefusal(ledger.submit(aSale(floor).command), 'SALES_NOT_OPEN', 'schedule.salesOpenAt');
    expect(expectAccepted(ledger.submit(sales('reopen', event)))).to.include({ sales: 'open' });
    expectAccepted(ledger.submit(aSale(floor).command));
  });

  it('are the organizer’s box office’s', () => {
    const { ledger, event } = onSale();
    for (const action of ['close', 'reopen'] as const) {
      const command = sales(action, event);
      expectRefusal(ledger.submit(command, { caller: 'OtherOrganizerMSP' }), 'NOT_AUTHORISED', 'caller.mspId');
      const caller = { mspId: 'OrganizerMSP', attributes: new Set(['admin']) };
      expectRefusal(ledger.submit(command, { caller }), 'NOT_AUTHORISED', 'caller.attributes');
    }
  });

  it('rejects to reopen what is open', () => refuses('reopen'));

  it('rejects to close twice', () => {
    const { ledger, event } = onSale();
    ledger.accept(sales('close', event));
    expectRefusal(ledger.submit(sales('close', event)), 'SALES_NOT_OPEN', 'event');
  });

  it('are not undone by the schedule', () => {
    const { ledger, event } = onSale();
    ledger.accept(sales('close', event));
    expectRefusal(ledger.submit(anAdvance(event)), 'NOTHING_DUE', 'event');
    expect(gateOf(ledger, event, 'sales')).to.equal('closed');
  });

  // Regression: the organizer's own closing was no change at the deadline, so a reopening held back across it, or backdated, was valid.
  it('give way to the schedule at the end of sales, in writing', () => {
    const { ledger, event } = onSale();
    ledger.accept(sales('close', event));
    ledger.accept(anAdvance(event), { now: SCHEDULE.salesCloseAt });
    expect(ledger.written.map(({ key }) => key)).to.include(gateKey(event.event, 'sales'));
    expectRefusal(ledger.submit(sales('reopen', event), { now: '2027-05-01T16:59:59Z' }), 'SALES_NOT_OPEN', 'event');
    expectRefusal(ledger.submit(anAdvance(event), { now: SCHEDULE.salesCloseAt }), 'NOTHING_DUE', 'event');
  });

  it('reopen to pending before sales have opened', () => {
    const { ledger, event } = announced();
    ledger.accept(sales('close', event), { now: BEFORE });
    expect(expectAccepted(ledger.submit(sales('reopen', event), { now: BEFORE }))).to.include({ sales: 'pending' });
  });

  it('rejects to reopen when the time of sales is over', () => {
    const { ledger, event } = onSale();
    ledger.accept(sales('close', event));
    const over = { now: SCHEDULE.salesCloseAt };
    expectRefusal(ledger.submit(sales('reopen', event), over), 'SALES_NOT_OPEN', 'event');
  });

  // Regression: closing once more made the schedule's "closed" the organizer's own, and a backdated reopening took it away.
  it('rejects to close what the schedule has closed', () => {
    const { ledger, event } = onSale();
    ledger.accept(anAdvance(event), { now: SCHEDULE.salesCloseAt });
    const backdated = { now: '2027-05-01T16:59:59Z' };
    expectRefusal(ledger.submit(sales('close', event), backdated), 'SALES_NOT_OPEN', 'event');
    expectRefusal(ledger.submit(sales('reopen', event), backdated), 'SALES_NOT_OPEN', 'event');
  });
});
