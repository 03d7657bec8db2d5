/** Allotments: "these tickets are of this event", signed by the event key and given to one seller. */
import { z } from 'zod';
import {
  requireCaller,
  requireCurrent,
  requireEvent,
  requireEventSignature,
  requireOrganization,
} from '../authority.js';
import { eventId, organizerOf, slugId } from '../ids.js';
import { allotmentKey, blockKey, commandKey, eventKey, organizationKey, supplyKey } from '../keys.js';
import { addMinor } from '../money.js';
import { parseWith } from '../parse.js';
import { refuse, require } from '../refusal.js';
import { compactJws, id, prepareUnsigned, type Prepare } from '../rule.js';
import { addToBlock, placeCount, sectionOf } from '../seats.js';
import { decodeStatement } from '../statements.js';

const creation = z.strictObject({ kind: z.literal('allotment.create'), statement: compactJws });

export const prepareAllotment: Prepare = (raw) => {
  const command = parseWith(creation, raw, '');
  const statement = decodeStatement('allotment', command.statement, 'statement');
  const { event, jti, allotment, seller, priceClass, facePriceMinor, fees, seats, pool } = statement.payload;
  const supply = { ...(seats && { seats }), ...(pool && { pool }) };
  const section = sectionOf(supply, 'statement');
  fees.reduce(
    (sum, fee, index) => addMinor(sum, fee.amountMinor, `statement.fees[${index}].amountMinor`),
    facePriceMinor,
  );
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizerOf(event), jti),
    digest: statement.digest,
    reads: [
      eventKey(event),
      ...[organizerOf(event), seller].map(organizationKey),
      ...fees.map(({ payee }) => organizationKey(payee)),
    ],
    writes: [allotmentKey(event, allotment), blockKey(event, section), supplyKey(event)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      requireEventSignature(statement, requireEvent(state, event));
      requireOrganization(state, organizerOf(event), ['organizer'], 'statement.event');
      requireOrganization(state, seller, ['reseller', 'organizer'], 'statement.seller');
      for (const [index, fee] of fees.entries())
        requireOrganization(state, fee.payee, [], `statement.fees[${index}].payee`);
      require(!state.get(allotmentKey(event, allotment)), 'ALLOTMENT_EXISTS', {
        field: 'statement.allotment',
        allotment,
      });
      state.put(blockKey(event, section), addToBlock(state.get(blockKey(event, section)), supply, 'statement'));
      state.put(allotmentKey(event, allotment), {
        allotment,
        seller,
        priceClass,
        facePriceMinor,
        fees,
        ...supply,
        state: 'open',
        statement: statement.digest,
      });
      const { allotments, open } = state.get(supplyKey(event)) ?? { allotments: 0, open: 0 };
      state.put(supplyKey(event), { allotments: allotments + 1, open: open + 1 });
      return { result: { allotment, places: placeCount(supply) } };
    },
  };
};

const closing = z.strictObject({ kind: z.literal('allotment.close'), id, event: eventId, allotment: slugId });

/** The seller is done with it; an event is sold out when every allotment is closed. */
export const prepareAllotmentClosing: Prepare = (raw, callerMsp) =>
  prepareUnsigned(closing, raw, callerMsp, ({ event, allotment }) => ({
    reads: [eventKey(event), organizationKey(callerMsp)],
    writes: [allotmentKey(event, allotment), supplyKey(event)],
    decide(state, context) {
      requireEvent(state, event);
      const record = state.get(allotmentKey(event, allotment));
      if (!record) return refuse('UNKNOWN_ALLOTMENT', { field: 'allotment', allotment });
      requireCaller(state, context, record.seller, 'box-office');
      require(record.state === 'open', 'ALLOTMENT_CLOSED', { field: 'allotment', allotment });
      state.put(allotmentKey(event, allotment), { ...record, state: 'closed' });
      const supply = state.get(supplyKey(event));
      if (!supply) throw new Error(`${event} has an allotment and no supply`);
      state.put(supplyKey(event), { ...supply, open: supply.open - 1 });
      return {};
    },
  }));
