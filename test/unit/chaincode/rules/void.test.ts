import { expect } from 'chai';
import { holderKey } from '../../../../chaincode/domain/keys.js';
import { balanceOf, countsOf, onMarket, sellOn, settle } from '../../../support/market.js';
import { anEventChange, aSale, aTransfer, aVoid, newKey, SCHEDULE } from '../../../support/statements.js';
import {
  afterSale,
  AT_THE_DOOR,
  asNow,
  atTheDoor,
  expectAccepted,
  expectRefusal,
  ticketOf,
} from '../../../support/world.js';

describe('void', () => {
  for (const reason of ['fraud', 'payment', 'error', 'production'] as const) {
    it(`takes a ticket out of use for ${reason}`, () => {
      const { ledger, event, ticket } = afterSale();
      expect(expectAccepted(ledger.submit(aVoid(ticket, event, { reason })))).to.include({ change: 1 });
      expect(ticketOf(ledger, ticket)).to.include({ state: 'void', change: 1 });
      expect(ledger.read(holderKey(event.event, ticket.holder.kid))).to.deep.equal({ held: 0, boughtPrimary: 1 });
    });
  }

  for (const reason of ['error', 'production'] as const) {
    it(`for ${reason} owes everybody what he paid, at once and once, and the seat is sold again`, () => {
      const scene = onMarket({ policy: { capBps: 13_000 } });
      const { ledger, event, floor, ticket } = scene;
      const bought = sellOn(scene, ticket, newKey(), { askMinor: 2500 });
      ledger.accept(aVoid(bought, event, { reason }));
      expect(ticketOf(ledger, ticket)).to.include({ state: 'void', owed: 'refund' });
      expect(countsOf(ledger, event.event, bought.holder)).to.include({ held: 0, boughtResale: 1 });
      ledger.accept(aSale(floor).command);
      expectAccepted(settle(ledger, ticket, { issue: 1 }));
      expect([ticket.holder, bought.holder].map((each) => balanceOf(ledger, event.event, each))).to.deep.equal([
        2200, 2600,
      ]);
      expect(countsOf(ledger, event.event, bought.holder)).to.include({ boughtResale: 0 });
      expectRefusal(settle(ledger, ticket, { issue: 1 }), 'NOTHING_DUE', 'ticket');
    });
  }

  for (const reason of ['fraud', 'payment'] as const) {
    it(`for ${reason} owes nobody anything, whatever becomes of the event`, () => {
      const { ledger, event, ticket } = onMarket();
      ledger.accept(aVoid(ticket, event, { reason }));
      expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket');
      ledger.accept(anEventChange(event));
      expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket');
      expect(countsOf(ledger, event.event, ticket.holder)).to.include({ boughtPrimary: 1, balanceMinor: 0 });
    });
  }

  it('rejects another reason', () => {
    const { ledger, event, ticket } = afterSale();
    expectRefusal(
      ledger.submit(aVoid(ticket, event, { reason: 'spite' as 'fraud' })),
      'INVALID_FIELD',
      'statement.reason',
    );
  });

  // Regression: the field was statement.header.jwk, a member that a void does not have.
  it('names statement.holder when it names another holder than the ticket’s', () => {
    const { ledger, event, ticket } = afterSale();
    const wrong = aVoid(ticket, event, { holder: newKey().kid });
    expectRefusal(ledger.submit(wrong), 'NOT_THE_HOLDER', 'statement.holder');
  });

  it('rejects a ticket that has changed hands since', () => {
    const { ledger, event, ticket } = afterSale();
    ledger.accept(aTransfer(ticket));
    expectRefusal(ledger.submit(aVoid(ticket, event)), 'STALE_TICKET', 'statement.change');
  });

  it('rejects a ticket that is void, and an event that is cancelled', () => {
    const { ledger, event, ticket } = afterSale();
    ledger.accept(aVoid(ticket, event));
    expectRefusal(ledger.submit(aVoid(asNow(ledger, ticket), event)), 'TICKET_NOT_VALID', 'statement.ticket');
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(aVoid(ticket, event)), 'EVENT_CANCELLED', 'event');
  });

  // Regression: too late was INVALID_SCHEDULE, which is about a schedule that is given.
  it('comes too late when the event has ended', () => {
    const { ledger, event, ticket } = afterSale();
    const late = ledger.submit(aVoid(ticket, event), { now: SCHEDULE.endsAt });
    expect(expectRefusal(late, 'EVENT_ENDED', 'schedule.endsAt')).to.include({ endsAt: SCHEDULE.endsAt });
  });

  it('leaves who is inside, and who has just gone out, alone', () => {
    const { ledger, event, ticket, pass } = atTheDoor();
    pass('admit');
    expectRefusal(ledger.submit(aVoid(asNow(ledger, ticket), event), AT_THE_DOOR), 'TICKET_NOT_VALID');
    pass('exit');
    expectRefusal(ledger.submit(aVoid(asNow(ledger, ticket), event), AT_THE_DOOR), 'TICKET_NOT_VALID');
  });

  it('shuts the door to the ticket', () => {
    const { ledger, event, ticket, scan } = atTheDoor();
    ledger.accept(aVoid(ticket, event), AT_THE_DOOR);
    expectRefusal(ledger.submit(scan('admit').command, AT_THE_DOOR), 'TICKET_NOT_VALID', 'scan.ticket');
  });
});
