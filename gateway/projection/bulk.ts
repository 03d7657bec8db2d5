/** Rows in one statement, a parameter for each column: PostgreSQL takes an array apart faster than it reads JSON. */
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Row } from './rows/layout.js';
import type { TableName, Tables } from './tables.js';

export type Writing = Transaction<Tables>;

const MAX_ROWS = 5_000;

/** Of columns that are not text. A column of one name has one type in all tables, but for those named with their table. */
const TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['total_minor', 'places', 'issue', 'change', 'ask_minor', 'exp', 'number', 'surplus_minor', 'block', 'held'],
      ...['bought_primary', 'bought_resale', 'resold', 'balance_minor', 'market', 'touched', 'stretch', 'sold'],
    ].map((column) => [column, 'bigint']),
  ),
  by_organizer: 'boolean',
  has_opened: 'boolean',
  'accounts.balance_minor': 'numeric',
  'events.record': 'jsonb',
  'allotments.record': 'jsonb',
};

const typeOf = (table: TableName, column: string): string => TYPES[`${table}.${column}`] ?? TYPES[column] ?? 'text';

/** What arrays can't hold as it is. */
function valueOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** `x(columns)`, the rows as a table to select from; what is bytes or an array comes as its text. */
export const rowsAs = (table: TableName, columns: readonly string[], rows: readonly Row[]): RawBuilder<unknown> =>
  sql`unnest(${sql.join(
    columns.map((column) => sql`${rows.map((row) => valueOf(row[column]))}::${sql.raw(typeOf(table, column))}[]`),
  )}) as x(${columnsOf(columns)})`;

export const columnsOf = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));

export function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += MAX_ROWS) yield rows.slice(from, from + MAX_ROWS);
}

export interface Upsert {
  readonly table: TableName;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** What becomes of a row that is there: the new one's columns unless given. */
  readonly merge?: RawBuilder<unknown>;
  /** How a column is made of its text, where it is neither text nor what an array holds. */
  readonly casts?: Readonly<Record<string, string>>;
}

export async function upsert(db: Writing, into: Upsert, rows: readonly Row[]): Promise<void> {
  const { table, key, columns, merge, casts = {} } = into;
  const all = [...key, ...columns];
  const selected = sql.join(all.map((column) => sql`${sql.ref(column)}${sql.raw(casts[column] ?? '')}`));
  const replaced = sql.join(columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
  for (const chunk of chunksOf(rows)) {
    await sql`insert into ${sql.table(table)} (${columnsOf(all)}) select ${selected} from ${rowsAs(table, all, chunk)}
      on conflict (${columnsOf(key)}) do update set ${merge ?? replaced}`.execute(db);
  }
}

export async function remove(
  db: Writing,
  table: TableName,
  key: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  for (const chunk of chunksOf(rows)) {
    const columns = columnsOf(key);
    await sql`delete from ${sql.table(table)} where (${columns}) in (select ${columns} from ${rowsAs(table, key, chunk)})`.execute(
      db,
    );
  }
}

/** Of rows that are there. */
export async function update(
  db: Writing,
  table: TableName,
  { key, columns }: { readonly key: readonly string[]; readonly columns: readonly string[] },
  rows: readonly Row[],
): Promise<void> {
  const set = sql.join(columns.map((column) => sql`${sql.ref(column)} = x.${sql.ref(column)}`));
  const same = sql.join(
    key.map((column) => sql`t.${sql.ref(column)} = x.${sql.ref(column)}`),
    sql` and `,
  );
  for (const chunk of chunksOf(rows))
    await sql`update ${sql.table(table)} t set ${set} from ${rowsAs(table, [...key, ...columns], chunk)} where ${same}`.execute(
      db,
    );
}
