/** The tables as they are, one event's rows as text, for comparing them with what the world state says. */
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { canonical, canonicalAllotment, canonicalRow, resaleIdentity } from './canonical.js';
import type { Database } from './open-tables.js';
import { PlaceBits } from './place-bits.js';
import { identityOf, RECORD_TABLES, type RecordTable, type Row } from './rows/layout.js';

export type ComparedTable = RecordTable | 'accounts' | 'resales';

export const TABLES_OF_EVENTS: readonly ComparedTable[] = [
  ...RECORD_TABLES.filter((table) => table !== 'organizations'),
  'accounts',
  'resales',
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
  // All of these tables have the event as the first part of their key.
  const rows = await db
    .selectFrom(table as 'events')
    .selectAll()
    .where('event', '=', event)
    .execute();
  return new Map(rows.map((row) => [identityOf(table, { ...row }), textOf(table, { ...row })]));
}

function textOf(table: RecordTable, row: Row): string {
  const text = canonicalRow(table, row);
  if (table !== 'allotments') return text;
  // An allotment of which nothing was ever sold has no bits yet.
  const { bytes } = new PlaceBits(row.record as AllotmentRecord, row.taken as Uint8Array);
  return canonicalAllotment(text, bytes, Number(row.sold));
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
