import { expect } from 'chai';
import { holderKey } from '../../../../chaincode/domain/keys.js';
import { digestOf } from '../../../../chaincode/crypto/jws.js';
import {
  anEventChange,
  aReturn,
  aTransfer,
  CHANNEL,
  newId,
  newKey,
  SCHEDULE,
  signStatement,
} from '../../../support/statements.js';
import { afterSale, asNow, expectAccepted, expectRefusal, forged, onSale, ticketOf } from '../../../support/world.js';
import { aSale, held } from '../../../support/statements.js';

const EXP = Date.parse('2028-01-01T00:00:00Z') / 1000;

describe('transfer', () => {
  it('makes the new key the holder and counts the hop', () => {
    const { ledger, ticket } = afterSale();
    const friend = newKey();
    expect(expectAccepted(ledger.submit(aTransfer(ticket, friend)))).to.include({ change: 1 });
    expect(ticketOf(ledger, ticket)).to.include({ holder: friend.kid, change: 1, issue: 1, hops: 1, state: 'sold' });
  });

  it('moves what is held and leaves what was bought', () => {
    const { ledger, ticket } = afterSale();
    const friend = newKey();
    ledger.accept(aTransfer(ticket, friend));
    expect(ledger.read(holderKey(ticket.event, ticket.holder.kid))).to.deep.equal({ held: 0, boughtPrimary: 1 });
    expect(ledger.read(holderKey(ticket.event, friend.kid))).to.deep.equal({ held: 1, boughtPrimary: 0 });
  });

  it('rejects a replayed transfer after the ticket has come back', () => {
    const { ledger, ticket } = afterSale();
    const friend = newKey();
    const away = aTransfer(ticket, friend);
    const first = expectAccepted(ledger.submit(away));
    ledger.accept(aTransfer(asNow(ledger, ticket, friend), ticket.holder));
    expect(ledger.submit(away)).to.deep.equal({ accepted: true, receipt: first, replayed: true });
    expect(ticketOf(ledger, ticket)).to.include({ holder: ticket.holder.kid, change: 2 });
  });

  it('rejects the same version of a ticket given away a second time', () => {
    const { ledger, ticket } = afterSale();
    ledger.accept(aTransfer(ticket));
    expectRefusal(ledger.submit(aTransfer(ticket)), 'STALE_TICKET', 'transfer.change');
  });

  it('rejects a version that has not been yet', () => {
    const { ledger, ticket } = afterSale();
    expectRefusal(ledger.submit(aTransfer({ ...ticket, change: 1 })), 'STALE_TICKET', 'transfer.change');
    expectRefusal(ledger.submit(aTransfer({ ...ticket, issue: 2 })), 'STALE_TICKET', 'transfer.change');
  });

  it('rejects a stranger and a former holder', () => {
    const { ledger, ticket } = afterSale();
    expectRefusal(ledger.submit(aTransfer({ ...ticket, holder: newKey() })), 'NOT_THE_HOLDER', 'transfer.header.jwk');
    ledger.accept(aTransfer(ticket));
    const former = asNow(ledger, ticket);
    expectRefusal(ledger.submit(aTransfer(former)), 'NOT_THE_HOLDER', 'transfer.header.jwk');
  });

  it('rejects a forged transfer and a forged acceptance', () => {
    const { ledger, ticket } = afterSale();
    const command = aTransfer(ticket);
    const broken = (member: 'transfer' | 'acceptance') => ({ ...command, [member]: forged(String(command[member])) });
    expectRefusal(ledger.submit(broken('transfer')), 'SIGNATURE_INVALID', 'transfer');
    expectRefusal(ledger.submit(broken('acceptance')), 'SIGNATURE_INVALID', 'acceptance');
    ledger.accept(command);
  });

  it('rejects an acceptance by another than the new holder', () => {
    const { ledger, ticket } = afterSale();
    const command = aTransfer(ticket, newKey('meant'), { to: newKey('other').kid });
    expectRefusal(ledger.submit(command), 'TRANSFER_MISMATCH', 'acceptance.header.jwk');
  });

  it('rejects an acceptance of another transfer', () => {
    const { ledger, ticket } = afterSale();
    const friend = newKey();
    const { acceptance } = aTransfer(ticket, friend);
    expectRefusal(
      ledger.submit({ ...aTransfer(ticket, friend), acceptance }),
      'TRANSFER_MISMATCH',
      'acceptance.transfer',
    );
  });

  it('rejects an acceptance for another event', () => {
    const { ledger, ticket } = afterSale();
    const friend = newKey();
    const command = aTransfer(ticket, friend);
    const transfer = digestOf('guichet-transfer+jwt', String(command.transfer).split('.')[1]!);
    const claims = { channel: CHANNEL, event: 'OrganizerMSP:matinee', jti: newId(), exp: EXP, transfer };
    const acceptance = signStatement('transfer-acceptance', claims, friend);
    expectRefusal(ledger.submit({ ...command, acceptance }), 'WRONG_EVENT', 'acceptance.event');
  });

  it('rejects a transfer to oneself', () => {
    const { ledger, ticket } = afterSale();
    expectRefusal(ledger.submit(aTransfer(ticket, ticket.holder)), 'TRANSFER_MISMATCH', 'transfer.to');
  });

  it('rejects a ticket of another event than the statement', () => {
    const { ledger, ticket } = afterSale();
    const elsewhere = aTransfer(ticket, newKey(), { event: 'OrganizerMSP:matinee' });
    expectRefusal(ledger.submit(elsewhere), 'WRONG_EVENT', 'transfer.ticket');
  });

  it('rejects a seat that was never sold', () => {
    const { ledger, ticket } = afterSale();
    const unsold = { ...ticket, ticket: `${ticket.event}:floor:C:50` };
    expectRefusal(ledger.submit(aTransfer(unsold)), 'UNKNOWN_TICKET', 'transfer.ticket');
  });

  it('rejects a returned ticket', () => {
    const { ledger, floor, ticket } = afterSale();
    ledger.accept(aReturn(ticket, floor), { caller: 'ResellerMSP' });
    expectRefusal(ledger.submit(aTransfer(asNow(ledger, ticket))), 'TICKET_NOT_VALID', 'transfer.ticket');
  });

  it('rejects after transfers have closed, recorded or not', () => {
    const { ledger, ticket } = afterSale();
    const late = { now: SCHEDULE.transfersCloseAt };
    expectRefusal(ledger.submit(aTransfer(ticket), late), 'TRANSFERS_NOT_OPEN', 'schedule.transfersCloseAt');
  });

  it('rejects where the policy forbids transfers', () => {
    const { ledger, floor } = onSale({ policy: { transfer: 'forbidden' } });
    const sale = aSale(floor);
    ledger.accept(sale.command);
    const details = expectRefusal(ledger.submit(aTransfer(held(sale))), 'TRANSFERS_FORBIDDEN', 'policy.transfer');
    expect(details).to.include({ policyVersion: 1 });
  });

  it('rejects once the event is cancelled', () => {
    const { ledger, event, ticket } = afterSale();
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(aTransfer(ticket)), 'EVENT_CANCELLED', 'event');
  });

  it('lets a refused transfer be tried again', () => {
    const { ledger, ticket } = afterSale();
    const command = aTransfer(ticket);
    expectRefusal(ledger.submit(command, { now: '2026-12-31T00:00:00Z' }), 'TRANSFERS_NOT_OPEN');
    expectAccepted(ledger.submit(command));
  });

  it('refuses other content under the id of an accepted transfer', () => {
    const { ledger, ticket } = afterSale();
    const jti = 'transfer-1';
    ledger.accept(aTransfer(ticket, newKey(), { jti }));
    expectRefusal(ledger.submit(aTransfer(ticket, newKey(), { jti })), 'COMMAND_ID_REUSED', 'jti');
  });
});
