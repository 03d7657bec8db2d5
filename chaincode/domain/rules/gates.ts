/** Gates: moved along the schedule by anybody, and sales stopped and resumed by the organizer. */
import { z } from 'zod';
import { requireCaller, requireEvent } from '../authority.js';
import { gateKeys, moveGates, recordGate } from '../gate-keeping.js';
import { gateStateAt } from '../gates.js';
import { eventId } from '../ids.js';
import { eventKey, gateKey, organizationKey, supplyKey } from '../keys.js';
import { refuse, require } from '../refusal.js';
import { id, prepareUnsigned, type Prepare } from '../rule.js';

const advance = z.strictObject({ kind: z.literal('event.advance'), id, event: eventId });

/** Any organization may record that a deadline has passed, so that no single one can stall it. */
export const prepareAdvance: Prepare = (raw, callerMsp) =>
  prepareUnsigned(advance, raw, callerMsp, ({ event }) => ({
    reads: [eventKey(event), organizationKey(callerMsp), supplyKey(event)],
    writes: gateKeys(event),
    decide(state, context) {
      requireCaller(state, context, callerMsp, 'box-office');
      const moved = moveGates(state, requireEvent(state, event), context.now);
      require(moved.length > 0, 'NOTHING_DUE', { field: 'event', event });
      return { result: { moved } };
    },
  }));

const salesGate = z.strictObject({ kind: z.enum(['sales.close', 'sales.reopen']), id, event: eventId });

/** The organizer may stop sales before their time and take that back within it. */
export const prepareSalesGate: Prepare = (raw, callerMsp) =>
  prepareUnsigned(salesGate, raw, callerMsp, ({ kind, event }) => ({
    reads: [eventKey(event), organizationKey(callerMsp)],
    writes: [gateKey(event, 'sales')],
    decide(state, context) {
      const record = requireEvent(state, event);
      requireCaller(state, context, record.organizer, 'box-office');
      const before = state.get(gateKey(event, 'sales'));
      const closing = kind === 'sales.close';
      const scheduled = gateStateAt(record, 'sales', context.now, { soldOut: false, record: before });
      const reopenable = before?.byOrganizer === true && scheduled !== 'closed';
      if (closing ? before?.state === 'closed' : !reopenable)
        return refuse('SALES_NOT_OPEN', { field: 'event', recorded: before?.state ?? 'pending' });
      const after = closing ? 'closed' : scheduled;
      recordGate(state, event, 'sales', { state: after, byOrganizer: closing });
      return { result: { sales: after } };
    },
  }));
