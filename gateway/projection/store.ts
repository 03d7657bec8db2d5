/** Writes changes into the tables, each table in one statement for up to a thousand rows; the caller's transaction holds them together. */
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Changes, RowChange } from './changes.js';
import { LAYOUTS, RECORD_TABLES, type Layout, type RecordTable, type Row } from './rows/layout.js';
import { storePlaces } from './store-places.js';
import type { TableName, Tables } from './tables.js';
import { foldedWords } from './words.js';

export type Writing = Transaction<Tables>;

const MAX_ROWS = 1_000;

export async function storeChanges(db: Writing, changes: Changes): Promise<void> {
  for (const table of RECORD_TABLES) await storeRows(db, table, changes.of(table));
  await storePlaces(db, changes);
  await upsert(
    db,
    'history',
    changes.history,
    { key: ['event', 'place', 'block', 'index'], columns: [...HISTORY] },
    'keep',
  );
  await upsert(db, 'resales', [...changes.resales.values()], RESALES, sql`surplus_minor = excluded.surplus_minor`);
  const accounts = [...changes.accounts.values()].map(({ event, account, amountMinor }) => {
    return { event, account, balance_minor: String(amountMinor) };
  });
  await upsert(
    db,
    'accounts',
    accounts,
    ACCOUNTS,
    sql`balance_minor = accounts.balance_minor + excluded.balance_minor`,
  );
  await storeWords(db, changes);
  await storeTouched(db, changes);
}

const HISTORY = ['tx', 'state', 'issue', 'change', 'holder'] as const;
const RESALES: Layout = {
  key: ['event', 'place', 'issue', 'number'],
  columns: ['seller', 'reseller', 'total_minor', 'surplus_minor', 'block'],
};
const ACCOUNTS: Layout = { key: ['event', 'account'], columns: ['balance_minor'] };

async function storeRows(db: Writing, table: RecordTable, changes: readonly RowChange[]): Promise<void> {
  const layout = LAYOUTS[table];
  const gone = changes.filter(({ row }) => row === undefined).map(({ keys }) => keys);
  await upsert(
    db,
    table,
    changes.flatMap(({ row }) => (row ? [row] : [])),
    layout,
  );
  for (const rows of chunksOf(gone)) {
    const key = columnsOf(layout.key);
    await sql`delete from ${sql.table(table)} where (${key}) in (select ${key} from ${recordset(table, rows)})`.execute(
      db,
    );
  }
}

/** @param merge what becomes of a row that is there: the new one's columns unless given, `keep` for the old one's */
async function upsert(
  db: Writing,
  table: TableName,
  rows: readonly Row[],
  { key, columns }: Layout,
  merge?: RawBuilder<unknown> | 'keep',
): Promise<void> {
  const all = columnsOf([...key, ...columns]);
  const replaced = sql.join(columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
  const action = merge === 'keep' ? sql`nothing` : sql`update set ${merge ?? replaced}`;
  for (const chunk of chunksOf(rows)) {
    await sql`insert into ${sql.table(table)} (${all}) select ${all} from ${recordset(table, chunk)}
      on conflict (${columnsOf(key)}) do ${action}`.execute(db);
  }
}

const columnsOf = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));

/** Rows as one parameter: PostgreSQL takes them apart by the table's own types. */
export const recordset = (table: TableName, rows: readonly Row[]) =>
  sql`json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`;

export function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += MAX_ROWS) yield rows.slice(from, from + MAX_ROWS);
}

/** An event is found by its own words and by its organizer's and its venue's, so it has new ones when these change their name. */
async function storeWords(db: Writing, changes: Changes): Promise<void> {
  const events = changes.of('events').map(({ keys }) => String(keys.event));
  const organizations = changes.of('organizations').map(({ keys }) => String(keys.msp_id));
  if (events.length + organizations.length === 0) return;
  const concerned = await db
    .selectFrom('events as e')
    .leftJoin('organizations as o', 'o.msp_id', 'e.organizer')
    .leftJoin('organizations as v', 'v.msp_id', 'e.venue')
    .select(['e.event', 'e.name', 'o.name as organizer', 'v.name as venue'])
    .where(
      sql<boolean>`e.event = any(${events}) or e.organizer = any(${organizations}) or e.venue = any(${organizations})`,
    )
    .execute();
  const rows = concerned.map(({ event, name, organizer, venue }) => {
    return {
      event,
      words: foldedWords([name, event.slice(event.indexOf(':')), organizer ?? '', venue ?? ''].join(' ')),
    };
  });
  for (const chunk of chunksOf(rows))
    await sql`update events set words = x.words from ${recordset('events', chunk)} x where events.event = x.event`.execute(
      db,
    );
}

async function storeTouched(db: Writing, { touched }: Changes): Promise<void> {
  const rows = Array.from(touched, ([event, block]) => ({ event, touched: block }));
  for (const chunk of chunksOf(rows))
    await sql`update events set touched = x.touched from ${recordset('events', chunk)} x where events.event = x.event`.execute(
      db,
    );
}
