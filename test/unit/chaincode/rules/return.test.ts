import { expect } from 'chai';
import { holderKey } from '../../../../chaincode/domain/keys.js';
import { onMarket } from '../../../support/market.js';
import { anAllotment, anEventChange, aReturn, aTransfer, newKey } from '../../../support/statements.js';
import { afterSale, asNow, expectAccepted, expectRefusal, forged, ticketOf } from '../../../support/world.js';

const BY_SELLER = { caller: 'ResellerMSP' } as const;

describe('return', () => {
  it('ends the ticket and gives up what was held', () => {
    const { ledger, floor, ticket } = afterSale();
    expect(expectAccepted(ledger.submit(aReturn(ticket, floor), BY_SELLER))).to.include({ change: 1 });
    expect(ticketOf(ledger, ticket)).to.include({ state: 'returned', issue: 1, change: 1, owed: 'return' });
    expect(ledger.read(holderKey(ticket.event, ticket.holder.kid))).to.deep.equal({ held: 0, boughtPrimary: 1 });
  });

  it('is for the seller or the organizer to take back', () => {
    const { ledger, floor, ticket } = afterSale();
    const clerk = (...attributes: string[]) => ({ caller: { mspId: 'ResellerMSP', attributes: new Set(attributes) } });
    expectRefusal(ledger.submit(aReturn(ticket, floor), { caller: 'VenueMSP' }), 'NOT_AUTHORISED', 'caller.mspId');
    expectRefusal(ledger.submit(aReturn(ticket, floor), clerk('gate')), 'NOT_AUTHORISED', 'caller.attributes');
    expectAccepted(ledger.submit(aReturn(ticket, floor), clerk('box-office')));
    const other = afterSale();
    expectAccepted(other.ledger.submit(aReturn(other.ticket, other.floor), { caller: 'OrganizerMSP' }));
  });

  it('rejects another allotment or seller than the ticket’s', () => {
    const { ledger, event, floor, ticket } = afterSale();
    const pool = { section: 'lawn', from: 1, to: 9 };
    const lawn = anAllotment(event, { allotment: 'lawn', seller: 'OtherResellerMSP', pool });
    ledger.accept(lawn.command);
    const by = { caller: 'OtherResellerMSP' };
    expectRefusal(ledger.submit(aReturn(ticket, lawn), by), 'ALLOTMENT_MISMATCH', 'statement.allotment');
    const stolen = aReturn(ticket, floor, { seller: 'OtherResellerMSP' });
    expectRefusal(ledger.submit(stolen, by), 'ALLOTMENT_MISMATCH', 'statement.seller');
  });

  it('rejects anybody but the holder', () => {
    const { ledger, floor, ticket } = afterSale();
    const stranger = aReturn({ ...ticket, holder: newKey() }, floor);
    expectRefusal(ledger.submit(stranger, BY_SELLER), 'NOT_THE_HOLDER', 'statement.header.jwk');
    const command = aReturn(ticket, floor);
    const broken = { ...command, statement: forged(String(command.statement)) };
    expectRefusal(ledger.submit(broken, BY_SELLER), 'SIGNATURE_INVALID', 'statement');
  });

  it('rejects the former holder of a transferred ticket', () => {
    const { ledger, floor, ticket } = afterSale();
    ledger.accept(aTransfer(ticket));
    expectRefusal(ledger.submit(aReturn(ticket, floor), BY_SELLER), 'STALE_TICKET', 'statement.change');
    const former = aReturn(asNow(ledger, ticket), floor);
    expectRefusal(ledger.submit(former, BY_SELLER), 'NOT_THE_HOLDER', 'statement.header.jwk');
  });

  it('rejects a ticket that has been returned', () => {
    const { ledger, floor, ticket } = afterSale();
    ledger.accept(aReturn(ticket, floor), BY_SELLER);
    const again = aReturn(asNow(ledger, ticket), floor);
    expectRefusal(ledger.submit(again, BY_SELLER), 'TICKET_NOT_VALID', 'statement.ticket');
  });

  it('rejects from the deadline on, and once the event is cancelled', () => {
    const { ledger, event, floor, ticket } = afterSale();
    const command = aReturn(ticket, floor);
    const late = { ...BY_SELLER, now: '2027-05-01T18:00:00Z' };
    const details = expectRefusal(ledger.submit(command, late), 'RETURNS_NOT_OPEN', 'policy.returnDeadlineSeconds');
    expect(details).to.include({ closesAt: '2027-05-01T18:00:00Z', policyVersion: 1 });
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(command, BY_SELLER), 'EVENT_CANCELLED', 'event');
  });

  it('rejects where the policy takes none', () => {
    const { ledger, floor, ticket } = onMarket({ policy: { returnDeadlineSeconds: null } });
    const outcome = ledger.submit(aReturn(ticket, floor), BY_SELLER);
    expectRefusal(outcome, 'RETURNS_NOT_OPEN', 'policy.returnDeadlineSeconds');
  });

  it('replays to its first receipt after the seat has been sold again', () => {
    const { ledger, floor, ticket } = afterSale();
    const command = aReturn(ticket, floor);
    const receipt = expectAccepted(ledger.submit(command, BY_SELLER));
    expect(ledger.submit(command, BY_SELLER)).to.deep.equal({ accepted: true, receipt, replayed: true });
  });
});
