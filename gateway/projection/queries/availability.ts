/** What of an event can be bought: counts for each allotment and class, and the places themselves as bits where somebody asks for them. */
import { sql } from 'kysely';
import type { AllotmentRecord } from '../../../chaincode/domain/records.js';
import type { Database } from '../open-tables.js';
import { PlaceBits } from '../place-bits.js';

export interface AvailabilityQuery {
  readonly event: string;
  readonly priceClass: string | undefined;
  readonly seller: string | undefined;
  readonly allotment: string | undefined;
  /** With the places. */
  readonly places: boolean;
}

export interface AllotmentAvailability {
  readonly allotment: string;
  readonly seller: string;
  readonly priceClass: string;
  readonly totalMinor: number;
  readonly state: string;
  readonly places: number;
  readonly free: number;
  readonly seats?: AllotmentRecord['seats'];
  readonly pool?: AllotmentRecord['pool'];
  readonly taken?: string;
}

export interface Availability {
  /** The last block that wrote of the event. */
  readonly block: number;
  readonly currency: string;
  readonly allotments: readonly AllotmentAvailability[];
}

/** All stretches of an allotment's places, one after the other. */
const takenOf = sql<Uint8Array | null>`(
  select string_agg(p.taken, ''::bytea order by p.stretch) from places p where p.event = a.event and p.allotment = a.allotment)`.as(
  'taken',
);

/** Allotments with their places. */
export const withTaken = (db: Database) => db.selectFrom('allotments as a').select(takenOf);

/** @returns undefined for an event that there is not */
export async function availabilityOf(db: Database, query: AvailabilityQuery): Promise<Availability | undefined> {
  const { event, priceClass, seller, allotment, places } = query;
  const wanted = db
    .selectFrom('events')
    .leftJoin('allotments as a', (join) => {
      const ofEvent = join.onRef('a.event', '=', 'events.event');
      const ofClass = priceClass === undefined ? ofEvent : ofEvent.on('a.price_class', '=', priceClass);
      const ofSeller = seller === undefined ? ofClass : ofClass.on('a.seller', '=', seller);
      return allotment === undefined ? ofSeller : ofSeller.on('a.allotment', '=', allotment);
    })
    .select(['touched', 'currency'])
    .select(['a.allotment', 'a.seller', 'a.price_class', 'a.total_minor', 'a.state', 'a.places', 'a.sold'])
    .where('events.event', '=', event)
    .orderBy('a.allotment');
  const rows = await (places ? wanted.select(['a.record', takenOf]) : wanted).execute();
  const [first] = rows;
  if (!first) return undefined;
  return { block: first.touched, currency: first.currency, allotments: rows.flatMap(ofRow) };
}

interface Found {
  readonly allotment: string | null;
  readonly seller: string | null;
  readonly price_class: string | null;
  readonly total_minor: number | null;
  readonly state: string | null;
  readonly places: number | null;
  readonly sold: number | null;
  readonly record?: AllotmentRecord | null;
  readonly taken?: Uint8Array | null;
}

/** An event without an allotment that was asked for has one row without any. */
function ofRow(row: Found): readonly AllotmentAvailability[] {
  if (row.allotment === null) return [];
  const { allotment, record, taken, places, sold, ...rest } = row as {
    readonly [K in keyof Found]: NonNullable<Found[K]>;
  };
  const { seller, price_class: priceClass, total_minor: totalMinor, state } = rest;
  const counts = { allotment, seller, priceClass, totalMinor, state, places, free: places - sold };
  return [record ? { ...counts, ...placesOf(record, taken) } : counts];
}

function placesOf(record: AllotmentRecord, taken: Uint8Array | undefined) {
  const { seats, pool } = record;
  const { bytes } = new PlaceBits(record, taken);
  return { ...(seats && { seats }), ...(pool && { pool }), taken: Buffer.from(bytes).toString('base64url') };
}
