/** Rows of what belongs to an event as a whole, and of organizations. */
import { z } from 'zod';
import { mspId, slugId } from '../../../chaincode/domain/ids.js';
import type { AllotmentRecord } from '../../../chaincode/domain/records.js';
import { placeCount } from '../../../chaincode/domain/seats.js';
import type { Row } from './layout.js';

const organizationSchema = z.looseObject({ mspId, name: z.string(), roles: z.array(z.string()), status: z.string() });
const eventSchema = z.looseObject({
  event: z.string(),
  name: z.string(),
  organizer: mspId,
  venue: mspId,
  currency: z.string(),
  state: z.string(),
  schedule: z.looseObject({ startsAt: z.string(), endsAt: z.string() }),
});
const gateSchema = z.looseObject({
  state: z.string(),
  byOrganizer: z.boolean(),
  hasOpened: z.literal(true).optional(),
});
const allotmentSchema = z.looseObject({
  allotment: slugId,
  seller: mspId,
  priceClass: slugId,
  facePriceMinor: z.int(),
  fees: z.array(z.looseObject({ amountMinor: z.int() })),
  state: z.string(),
  seats: z.looseObject({ section: z.string(), rows: z.array(z.tuple([z.string(), z.int(), z.int()])) }).optional(),
  pool: z.looseObject({ section: z.string(), from: z.int(), to: z.int() }).optional(),
});
const marketSchema = z.looseObject({ supply: z.string(), state: z.string(), closesAt: z.string() });

/** Larger than any allotment that the rules take; what colluding endorsers may write must not be allocated. */
const MAX_PLACES = 1_000_000;

export function organizationRow(msp: string, record: unknown): Row | undefined {
  const found = organizationSchema.safeParse(record).data;
  return found && { msp_id: msp, name: found.name, roles: found.roles.join(' '), status: found.status };
}

export function eventRow(event: string, record: unknown): Row | undefined {
  const found = eventSchema.safeParse(record).data;
  if (!found) return undefined;
  const { name, organizer, venue, currency, state, schedule } = found;
  const { startsAt: starts_at, endsAt: ends_at } = schedule;
  return { event, name, organizer, venue, currency, state, starts_at, ends_at, record };
}

export function gateRow(event: string, gate: string, record: unknown): Row | undefined {
  const found = gateSchema.safeParse(record).data;
  return (
    found && { event, gate, state: found.state, by_organizer: found.byOrganizer, has_opened: found.hasOpened === true }
  );
}

export function allotmentRow(event: string, allotment: string, record: unknown): Row | undefined {
  const found = allotmentSchema.safeParse(record).data;
  if (found?.allotment !== allotment) return undefined;
  const total_minor = found.fees.reduce((sum, { amountMinor }) => sum + amountMinor, found.facePriceMinor);
  const places = placeCount(record as AllotmentRecord);
  const isCounted = Number.isSafeInteger(total_minor) && places >= 1 && places <= MAX_PLACES;
  if (!isCounted || (found.seats === undefined) === (found.pool === undefined)) return undefined;
  const { seller, priceClass: price_class, state } = found;
  return { event, allotment, seller, price_class, total_minor, state, places, record };
}

export function marketRow(event: string, market: number, record: unknown): Row | undefined {
  const found = marketSchema.safeParse(record).data;
  return found && { event, market, supply: found.supply, state: found.state, closes_at: found.closesAt };
}
