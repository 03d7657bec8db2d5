/** Writes changes into the tables, each table in one statement for up to some thousand rows; the caller's transaction holds them together. */
import { sql } from 'kysely';
import { remove, update, upsert, type Upsert, type Writing } from './bulk.js';
import type { Changes } from './changes.js';
import { LAYOUTS, RECORD_TABLES, type RecordTable, type Row } from './rows/layout.js';
import type { StoredPlaces } from './store-places.js';
import { foldedWords } from './words.js';

export async function storeChanges(db: Writing, changes: Changes, places: StoredPlaces): Promise<void> {
  for (const table of RECORD_TABLES) await storeRows(db, table, changes);
  await places.store(db, changes);
  const versions = Array.from(changes.versions.values(), ({ event, block, of }) => ({
    event,
    block,
    versions: of.text,
  }));
  await upsert(db, HISTORY, versions);
  await upsert(db, RESALES, [...changes.resales.values()]);
  const accounts = Array.from(changes.accounts.values(), ({ event, account, amountMinor }) => {
    return { event, account, balance_minor: String(amountMinor) };
  });
  await upsert(db, ACCOUNTS, accounts);
  await storeWords(db, changes);
  const touched = Array.from(changes.touched, ([event, block]) => ({ event, touched: block }));
  await update(db, 'events', { key: ['event'], columns: ['touched'] }, touched);
}

const HISTORY: Upsert = { table: 'history', key: ['event', 'block'], columns: ['versions'] };
const RESALES: Upsert = {
  table: 'resales',
  key: ['event', 'place', 'issue', 'number'],
  columns: ['seller', 'reseller', 'total_minor', 'surplus_minor', 'block'],
  merge: sql`surplus_minor = excluded.surplus_minor`,
};
const ACCOUNTS: Upsert = {
  table: 'accounts',
  key: ['event', 'account'],
  columns: ['balance_minor'],
  merge: sql`balance_minor = accounts.balance_minor + excluded.balance_minor`,
};
const TICKETS: Upsert = {
  table: 'tickets',
  key: LAYOUTS.tickets.key,
  columns: [...LAYOUTS.tickets.columns, 'blocks'],
  merge: sql`${sql.join(LAYOUTS.tickets.columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))},
    blocks = tickets.blocks || excluded.blocks`,
  casts: { blocks: '::bigint[]' },
};

async function storeRows(db: Writing, table: RecordTable, changes: Changes): Promise<void> {
  const rows = changes.of(table).flatMap(({ row }) => (row ? [row] : []));
  await remove(db, table, LAYOUTS[table].key, [...(changes.gone.get(table)?.values() ?? [])]);
  if (table === 'tickets') await upsert(db, TICKETS, rows.map(withBlocks));
  else await upsert(db, { table, ...LAYOUTS[table] }, rows);
}

const withBlocks = (row: Row): Row => ({ ...row, blocks: `{${(row.blocks as readonly number[]).join(',')}}` });

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
  await update(db, 'events', { key: ['event'], columns: ['words'] }, rows);
}
