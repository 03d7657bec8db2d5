/** A return: the holder gives the ticket back to its seller, and the seat may be sold again under a new issue number. */
import { z } from 'zod';
import { requireCaller, requireCurrent, requireEvent, requireGate, requireHolderSignature } from '../authority.js';
import { allotmentKey, commandKey, eventKey, gateKey, holderKey, organizationKey } from '../keys.js';
import { parseWith } from '../parse.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement } from '../statements.js';
import { adjustHeld, requireHolder, requireState, requireTicket, ticketKeyOf } from '../ticket.js';

const returnCommand = z.strictObject({ kind: z.literal('ticket.return'), statement: compactJws });

export const prepareReturn: Prepare = (raw, callerMsp) => {
  const command = parseWith(returnCommand, raw, '');
  const statement = decodeStatement('return', command.statement, 'statement');
  const { event, jti, allotment, seller } = statement.payload;
  const key = ticketKeyOf(statement.payload, 'statement');
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, statement.signer, jti),
    digest: statement.digest,
    reads: [eventKey(event), gateKey(event, 'transfers'), allotmentKey(event, allotment), organizationKey(callerMsp)],
    writes: [key, holderKey(event, statement.signer)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      requireGate(state, requireEvent(state, event), 'transfers', context);
      const ticket = requireTicket(state, statement.payload, 'statement');
      requireState(ticket, ['sold'], 'statement');
      require(ticket.allotment === allotment, 'ALLOTMENT_MISMATCH', {
        field: 'statement.allotment',
        expected: ticket.allotment,
      });
      const actualSeller = state.get(allotmentKey(event, allotment))?.seller ?? '';
      require(actualSeller === seller, 'ALLOTMENT_MISMATCH', { field: 'statement.seller', expected: actualSeller });
      // The seller takes it back by submitting; nobody can return a ticket to a seller that does not want it.
      requireCaller(state, context, seller, 'box-office');
      requireHolder(ticket, requireHolderSignature(statement), 'statement.header.jwk');
      state.put(key, { ...ticket, state: 'returned', change: ticket.change + 1 });
      adjustHeld(state, event, statement.signer, -1);
      return { result: { change: ticket.change + 1 } };
    },
  };
};
