/** A void: the organizer takes a ticket out of use with the event key, giving a reason. Where the reason is the organizer's own, the refund is owed. */
import { z } from 'zod';
import { requireCurrent, requireEvent, requireEventSignature, requireOrganization } from '../authority.js';
import { organizerOf } from '../ids.js';
import { commandKey, eventKey, holderKey, organizationKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement } from '../statements.js';
import { endedKeyOf, endTicket, IN_HAND, requireHolder, requireState, requireTicket, ticketKeyOf } from '../ticket.js';

const voidCommand = z.strictObject({ kind: z.literal('ticket.void'), statement: compactJws });

export const prepareVoid: Prepare = (raw) => {
  const command = parseWith(voidCommand, raw, '');
  const statement = decodeStatement('void', command.statement, 'statement');
  const { event, jti, holder, reason } = statement.payload;
  const key = ticketKeyOf(statement.payload, 'statement');
  const owed = reason === 'error' || reason === 'production';
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizerOf(event), jti),
    digest: statement.digest,
    reads: [eventKey(event), latestMarketKey(event), organizationKey(organizerOf(event))],
    writes: [key, endedKeyOf(statement.payload), holderKey(event, holder)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      const record = requireEvent(state, event);
      requireNoSettling(state, record);
      requireEventSignature(statement, record);
      // Afterwards surpluses are paid out, which a refund would have to ask back.
      require(context.now < record.schedule.endsAt, 'EVENT_ENDED', {
        field: 'schedule.endsAt',
        endsAt: record.schedule.endsAt,
      });
      requireOrganization(state, organizerOf(event), ['organizer'], 'statement.event');
      const ticket = requireTicket(state, statement.payload, 'statement');
      // Who is inside stays inside: a seat is never sold again under somebody who sits on it.
      requireState(ticket, IN_HAND, 'statement');
      requireHolder(ticket, holder, 'statement.holder');
      const change = ticket.change + 1;
      endTicket(state, statement.payload, { ...ticket, state: 'void', change, ...(owed && { owed: 'refund' }) });
      return { result: { change } };
    },
  };
};
