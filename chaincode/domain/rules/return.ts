/**
 * A return: the holder gives the ticket back, and the seat may be sold again under a new issue number. The refund is owed from when it is sold again
 * or returns close, whichever comes first (rules/settle.ts).
 */
import { z } from 'zod';
import { requireCaller, requireCurrent, requireEvent, requireGate } from '../authority.js';
import { windowOf } from '../gates.js';
import { enrolmentKeysOf, requireGivingHolder } from '../holders.js';
import { allotmentKey, commandKey, eventKey, gateKey, holderKey, organizationKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement, holderIn } from '../statements.js';
import { endedKeyOf, endTicket, IN_HAND, requireHolder, requireState, requireTicket, ticketKeyOf } from '../ticket.js';

const returnCommand = z.strictObject({ kind: z.literal('ticket.return'), statement: compactJws });

export const prepareReturn: Prepare = (raw, callerMsp) => {
  const command = parseWith(returnCommand, raw, '');
  const statement = decodeStatement('return', command.statement, 'statement');
  const { event, jti, allotment, seller } = statement.payload;
  const key = ticketKeyOf(statement.payload, 'statement');
  const endedKey = endedKeyOf(statement.payload);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, statement.signer, jti),
    digest: statement.digest,
    reads: [
      eventKey(event),
      latestMarketKey(event),
      gateKey(event, 'returns'),
      allotmentKey(event, allotment),
      organizationKey(callerMsp),
      ...enrolmentKeysOf(event, statement),
    ],
    writes: [key, endedKey, holderKey(event, holderIn(statement))],
    decide(state, context) {
      requireCurrent(statement, event, context);
      const record = requireEvent(state, event);
      requireNoSettling(state, record);
      requireGate(state, record, 'returns', context);
      const ticket = requireTicket(state, statement.payload, 'statement');
      requireState(ticket, IN_HAND, 'statement');
      require(ticket.allotment === allotment, 'ALLOTMENT_MISMATCH', {
        field: 'statement.allotment',
        expected: ticket.allotment,
      });
      const actualSeller = state.get(allotmentKey(event, allotment))?.seller ?? '';
      require(actualSeller === seller, 'ALLOTMENT_MISMATCH', { field: 'statement.seller', expected: actualSeller });
      // Whoever takes it back says so by submitting: the seller, or the organizer, who pays most of the refund.
      const taker = context.caller.mspId === record.organizer ? record.organizer : seller;
      requireCaller(state, context, taker, 'box-office');
      requireHolder(ticket, requireGivingHolder(state, record, statement), 'statement.header.jwk');
      const change = ticket.change + 1;
      const owedFrom = windowOf(record, 'returns')[1].at;
      endTicket(state, statement.payload, { ...ticket, state: 'returned', change, owed: 'return', owedFrom });
      return { result: { change, policy: record.policyVersion } };
    },
  };
};
