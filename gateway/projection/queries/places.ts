/** Tickets, listings, resales, versions and markets of one event, page by page. Each query gives up to `limit + 1` rows. */
import { sql } from 'kysely';
import type { Database } from '../open-tables.js';

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

export function findTickets(db: Database, { event, after, state, allotment, holder, limit }: TicketsQuery) {
  let found = db.selectFrom('tickets').selectAll().where('event', '=', event);
  if (after !== undefined) found = found.where('place', '>', after);
  if (state !== undefined) found = found.where('state', '=', state);
  if (allotment !== undefined) found = found.where('allotment', '=', allotment);
  if (holder !== undefined) found = found.where('holder', '=', holder);
  return found
    .orderBy('place')
    .limit(limit + 1)
    .execute();
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

/** In the order of the ledger. */
export function findVersions(db: Database, { event, after, place, limit }: VersionsQuery) {
  let found = db.selectFrom('history').selectAll().where('event', '=', event);
  if (after !== undefined)
    found = found.where(sql<boolean>`(block, index, place) > (${after.block}, ${after.index}, ${after.place})`);
  if (place !== undefined) found = found.where('place', '=', place);
  return found
    .orderBy('block')
    .orderBy('index')
    .orderBy('place')
    .limit(limit + 1)
    .execute();
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
