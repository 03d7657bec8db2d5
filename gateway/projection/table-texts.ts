/** The tables as they are, one event's rows as text, for comparing them with what the world state says. */
import { canonical, canonicalAllotment, canonicalRow, canonicalVersion, resaleIdentity } from './canonical.js';
import type { Database } from './open-tables.js';
import { PlaceBits } from './place-bits.js';
import { versionsIn } from './rows/versions.js';
import { withTaken } from './queries/availability.js';
import { identityOf, RECORD_TABLES, type RecordTable } from './rows/layout.js';

export type ComparedTable = RecordTable | 'accounts' | 'resales' | 'history';

export const TABLES_OF_EVENTS: readonly ComparedTable[] = [
  ...RECORD_TABLES.filter((table) => table !== 'organizations'),
  'accounts',
  'resales',
  'history',
];

type Texts = ReadonlyMap<string, string>;

export async function organizationTexts(db: Database): Promise<Texts> {
  const rows = await db.selectFrom('organizations').selectAll().execute();
  return new Map(
    rows.map((row) => [identityOf('organizations', { ...row }), canonicalRow('organizations', { ...row })]),
  );
}

export async function tableTexts(db: Database, table: ComparedTable, event: string): Promise<Texts> {
  if (table === 'accounts') return accountTexts(db, event);
  if (table === 'resales') return presentResaleTexts(db, event);
  if (table === 'allotments') return allotmentTexts(db, event);
  if (table === 'history') return lastVersionTexts(db, event);
  // All of these tables have the event as the first part of their key.
  const rows = await db
    .selectFrom(table as 'events')
    .selectAll()
    .where('event', '=', event)
    .execute();
  return new Map(rows.map((row) => [identityOf(table, { ...row }), canonicalRow(table, { ...row })]));
}

/** An allotment with its places. */
async function allotmentTexts(db: Database, event: string): Promise<Texts> {
  const rows = await withTaken(db).selectAll('a').where('a.event', '=', event).execute();
  return new Map(
    rows.map(({ taken, sold, ...row }) => {
      const { bytes } = new PlaceBits(row.record, taken ?? undefined);
      return [identityOf('allotments', row), canonicalAllotment(canonicalRow('allotments', row), bytes, sold)];
    }),
  );
}

async function accountTexts(db: Database, event: string): Promise<Texts> {
  const rows = await db.selectFrom('accounts').selectAll().where('event', '=', event).execute();
  return new Map(rows.map(({ account, balance_minor }) => [`${event}/${account}`, balance_minor]));
}

/** The world state has those of a ticket's present issue only. */
async function presentResaleTexts(db: Database, event: string): Promise<Texts> {
  const rows = await db
    .selectFrom('resales as r')
    .innerJoin('tickets as t', (join) =>
      join.onRef('t.event', '=', 'r.event').onRef('t.place', '=', 'r.place').onRef('t.issue', '=', 'r.issue'),
    )
    .selectAll('r')
    .where('r.event', '=', event)
    .execute();
  return new Map(rows.map(({ block: _, ...row }) => [resaleIdentity(row), canonical(row)]));
}

/** The world state has the last version of a ticket only. */
async function lastVersionTexts(db: Database, event: string): Promise<Texts> {
  const rows = await db
    .selectFrom('history')
    .select(['block', 'versions'])
    .where('event', '=', event)
    .orderBy('block')
    .execute();
  const last = rows.flatMap(({ block, versions }) => versionsIn(block, versions));
  return new Map(last.map((version) => [`${event}/${version.place}`, canonicalVersion({ ...version })]));
}
