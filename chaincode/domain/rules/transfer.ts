/** A transfer: the holder signs it away, the new holder accepts. No money moves. */
import { z } from 'zod';
import { requireCurrent, requireEvent, requireGate } from '../authority.js';
import { requireAcceptance } from '../handover.js';
import { enrolmentKeysOf, requireEnrolment, requireGivingHolder } from '../holders.js';
import { commandKey, eventKey, gateKey, holderKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import { requirePolicy } from '../policy/enforce.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement, holderIn } from '../statements.js';
import {
  adjustHolder,
  handOver,
  IN_HAND,
  requireHolder,
  requireHops,
  requireState,
  requireTicket,
  ticketKeyOf,
} from '../ticket.js';

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
  const from = holderIn(transfer);
  const key = ticketKeyOf(transfer.payload, 'transfer');
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, transfer.signer, transfer.payload.jti),
    digest: transfer.digest,
    reads: [
      eventKey(event),
      latestMarketKey(event),
      gateKey(event, 'transfers'),
      ...enrolmentKeysOf(event, transfer, acceptance),
    ],
    writes: [key, holderKey(event, from), holderKey(event, to)],
    decide(state, context) {
      requireCurrent(transfer, event, context);
      requireCurrent(acceptance, event, context);
      const record = requireEvent(state, event);
      requireNoSettling(state, record);
      requireGate(state, record, 'transfers', context);
      const ticket = requireTicket(state, transfer.payload, 'transfer');
      requireState(ticket, IN_HAND, 'transfer');
      requireHolder(ticket, requireGivingHolder(state, record, transfer), 'transfer.header.jwk');
      const { policy } = record;
      requirePolicy(record, 'transfer', policy.transfer === 'allowed', 'TRANSFERS_FORBIDDEN');
      // What must be allowed can't be forbidden by its number.
      if (!policy.mustAllowTransfer) requireHops(record, ticket);
      requireEnrolment(state, record, acceptance);
      requireAcceptance(transfer, acceptance);
      const { buyer = from, ...rest } = ticket;
      const after = handOver(rest, to, context);
      state.put(key, { ...after, ...(buyer !== to && { buyer }) });
      adjustHolder(state, event, from, { held: -1 });
      adjustHolder(state, event, to, { held: 1 });
      return { result: { change: after.change, policy: record.policyVersion } };
    },
  };
};
