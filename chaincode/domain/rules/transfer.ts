/** A transfer: the holder signs it away, the new holder accepts. No money moves. */
import { z } from 'zod';
import { requireCurrent, requireEvent, requireGate, requireHolderSignature } from '../authority.js';
import { commandKey, eventKey, gateKey, holderKey } from '../keys.js';
import { parseWith } from '../parse.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement } from '../statements.js';
import { adjustHeld, requireHolder, requireState, requireTicket, ticketKeyOf } from '../ticket.js';

const transferCommand = z.strictObject({
  kind: z.literal('ticket.transfer'),
  transfer: compactJws,
  acceptance: compactJws,
});

export const prepareTransfer: Prepare = (raw) => {
  const command = parseWith(transferCommand, raw, '');
  const transfer = decodeStatement('transfer', command.transfer, 'transfer');
  const acceptance = decodeStatement('transfer-acceptance', command.acceptance, 'acceptance');
  const { event, to } = transfer.payload;
  const from = transfer.signer;
  const key = ticketKeyOf(transfer.payload, 'transfer');
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, from, transfer.payload.jti),
    digest: transfer.digest,
    reads: [eventKey(event), gateKey(event, 'transfers')],
    writes: [key, holderKey(event, from), holderKey(event, to)],
    decide(state, context) {
      requireCurrent(transfer, event, context);
      requireCurrent(acceptance, event, context);
      const record = requireEvent(state, event);
      require(record.policy.transfer === 'allowed', 'TRANSFERS_FORBIDDEN', { field: 'policy.transfer' });
      requireGate(state, record, 'transfers', context);
      const ticket = requireTicket(state, transfer.payload, 'transfer');
      requireState(ticket, ['sold'], 'transfer');
      requireHolder(ticket, requireHolderSignature(transfer), 'transfer.header.jwk');
      require(acceptance.payload.transfer === transfer.digest, 'TRANSFER_MISMATCH', { field: 'acceptance.transfer' });
      require(requireHolderSignature(acceptance) === to, 'TRANSFER_MISMATCH', {
        field: 'acceptance.header.jwk',
        expected: to,
      });
      require(to !== from, 'TRANSFER_MISMATCH', { field: 'transfer.to' });
      state.put(key, { ...ticket, change: ticket.change + 1, holder: to, hops: ticket.hops + 1 });
      adjustHeld(state, event, from, -1);
      adjustHeld(state, event, to, 1);
      return { result: { change: ticket.change + 1 } };
    },
  };
};
