/** Tickets, listings, resales, versions and markets of one event, page by page. Each query gives up to `limit + 1` rows. */
import { sql } from 'kysely';
import type { TicketRecord } from '../../../chaincode/domain/records.js';
import type { Database } from '../open-tables.js';
import { versionsIn, type Version } from '../rows/versions.js';

interface OfEvent {
  readonly event: string;
  readonly limit: number;
}

export interface TicketsQuery extends OfEvent {
  readonly after: string | undefined;
  readonly state: string | undefined;
  readonly allotment: string | undefined;
  readonly holder: string | undefined;
}

export async function findTickets(db: Database, { event, after, state, allotment, holder, limit }: TicketsQuery) {
  let found = db.selectFrom('tickets').select(['place', 'record']).where('event', '=', event);
  if (after !== undefined) found = found.where('place', '>', after);
  if (state !== undefined) found = found.where('state', '=', state);
  if (allotment !== undefined) found = found.where('allotment', '=', allotment);
  if (holder !== undefined) found = found.where('holder', '=', holder);
  const rows = await found
    .orderBy('place')
    .limit(limit + 1)
    .execute();
  return rows.map(({ record, ...row }) => ({ ...row, record: JSON.parse(record) as TicketRecord }));
}

export interface ListingsQuery extends OfEvent {
  readonly after: string | undefined;
  readonly state: string | undefined;
  readonly priceClass: string | undefined;
  readonly reseller: string | undefined;
  readonly maxTotalMinor: number | undefined;
}

export function findListings(db: Database, query: ListingsQuery) {
  const { event, after, state, priceClass, reseller, maxTotalMinor, limit } = query;
  let found = db
    .selectFrom('listings as l')
    .innerJoin('allotments as a', (join) =>
      join.onRef('a.event', '=', 'l.event').onRef('a.allotment', '=', 'l.allotment'),
    )
    .selectAll('l')
    .select('a.price_class')
    .where('l.event', '=', event);
  if (after !== undefined) found = found.where('l.place', '>', after);
  if (state !== undefined) found = found.where('l.state', '=', state);
  if (priceClass !== undefined) found = found.where('a.price_class', '=', priceClass);
  if (reseller !== undefined) found = found.where('l.reseller', '=', reseller);
  if (maxTotalMinor !== undefined) found = found.where('l.total_minor', '<=', maxTotalMinor);
  return found
    .orderBy('l.place')
    .limit(limit + 1)
    .execute();
}

export interface ResaleCursor {
  readonly place: string;
  readonly issue: number;
  readonly number: number;
}

export interface ResalesQuery extends OfEvent {
  readonly after: ResaleCursor | undefined;
  readonly reseller: string | undefined;
}

export function findResales(db: Database, { event, after, reseller, limit }: ResalesQuery) {
  let found = db.selectFrom('resales').selectAll().where('event', '=', event);
  if (after !== undefined)
    found = found.where(sql<boolean>`(place, issue, number) > (${after.place}, ${after.issue}, ${after.number})`);
  if (reseller !== undefined) found = found.where('reseller', '=', reseller);
  return found
    .orderBy('place')
    .orderBy('issue')
    .orderBy('number')
    .limit(limit + 1)
    .execute();
}

export interface VersionCursor {
  readonly block: number;
  readonly index: number;
  readonly place: string;
}

export interface VersionsQuery extends OfEvent {
  readonly after: VersionCursor | undefined;
  readonly place: string | undefined;
}

/** More blocks are read at a time, the more there is to skip or the less is in each. */
const BLOCKS_AT_ONCE = [4, 16, 64] as const;

/** In the order of the ledger. */
export async function findVersions(db: Database, { event, after, place, limit }: VersionsQuery) {
  const found: Version[] = [];
  const isWanted = (version: Version) =>
    (place === undefined || version.place === place) && (after === undefined || isAfter(version, after));
  let from = after?.block ?? 0;
  for (let round = 0; found.length <= limit; round += 1) {
    const size = BLOCKS_AT_ONCE[Math.min(round, BLOCKS_AT_ONCE.length - 1)] ?? 1;
    const blocks = db.selectFrom('history as h').select(['h.block', 'h.versions']).where('h.event', '=', event);
    const rows = await (place === undefined ? blocks : blocks.where(isOfPlace(event, place)))
      .where('h.block', '>=', from)
      .orderBy('h.block')
      .limit(size)
      .execute();
    for (const { block, versions } of rows) found.push(...versionsIn(block, versions).filter(isWanted));
    if (rows.length < size) break;
    from = (rows.at(-1)?.block ?? 0) + 1;
  }
  return found.slice(0, limit + 1).map((version) => ({ event, ...version }));
}

const isOfPlace = (event: string, place: string) =>
  sql<boolean>`h.block = any((select t.blocks from tickets t where t.event = ${event} and t.place = ${place})::bigint[])`;

function isAfter(version: Version, { block, index, place }: VersionCursor): boolean {
  if (version.block !== block) return version.block > block;
  return version.index === index ? version.place > place : version.index > index;
}

export interface MarketsQuery extends OfEvent {
  readonly after: number | undefined;
}

export function findMarkets(db: Database, { event, after = 0, limit }: MarketsQuery) {
  return db
    .selectFrom('markets')
    .selectAll()
    .where('event', '=', event)
    .where('market', '>', after)
    .orderBy('market')
    .limit(limit + 1)
    .execute();
}

/** @returns undefined for an event that there is not */
export async function touchedAt(db: Database, event: string): Promise<number | undefined> {
  const found = await db.selectFrom('events').select('touched').where('event', '=', event).executeTakeFirst();
  return found?.touched;
}
