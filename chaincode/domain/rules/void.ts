/** A void: the organizer takes a ticket out of use with the event key, giving a reason. */
import { z } from 'zod';
import { requireCurrent, requireEvent, requireEventSignature, requireOrganization } from '../authority.js';
import { organizerOf } from '../ids.js';
import { commandKey, eventKey, holderKey, organizationKey } from '../keys.js';
import { parseWith } from '../parse.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement } from '../statements.js';
import { adjustHeld, requireHolder, requireState, requireTicket, ticketKeyOf } from '../ticket.js';

const voidCommand = z.strictObject({ kind: z.literal('ticket.void'), statement: compactJws });

export const prepareVoid: Prepare = (raw) => {
  const command = parseWith(voidCommand, raw, '');
  const statement = decodeStatement('void', command.statement, 'statement');
  const { event, jti, holder } = statement.payload;
  const key = ticketKeyOf(statement.payload, 'statement');
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizerOf(event), jti),
    digest: statement.digest,
    reads: [eventKey(event), organizationKey(organizerOf(event))],
    writes: [key, holderKey(event, holder)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      requireEventSignature(statement, requireEvent(state, event));
      requireOrganization(state, organizerOf(event), ['organizer'], 'statement.event');
      const ticket = requireTicket(state, statement.payload, 'statement');
      // Who is inside stays inside: a seat is never sold again under somebody who sits on it.
      requireState(ticket, ['sold'], 'statement');
      requireHolder(ticket, holder, 'statement.holder');
      state.put(key, { ...ticket, state: 'void', change: ticket.change + 1 });
      adjustHeld(state, event, holder, -1);
      return { result: { change: ticket.change + 1 } };
    },
  };
};
