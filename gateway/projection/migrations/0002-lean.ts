/**
 * Less to write for each ticket. Versions stand together, a row for each block of an event, and a ticket knows its blocks; what is taken of an
 * allotment stands in stretches of its places, so that a sale writes those it concerns. Everything is read from the first block again.
 */
import { sql, type Kysely } from 'kysely';

const EMPTIED =
  'checkpoint, organizations, events, gates, allotments, tickets, listings, resales, holders, accounts, markets';

const STATEMENTS: readonly string[] = [
  `truncate ${EMPTIED}`,
  `drop table history`,
  `create table history (event text collate "C", block bigint, versions text not null, primary key (event, block))`,
  `drop index tickets_by_holder`,
  `alter table tickets drop column record, add column record text not null, add column blocks bigint[] not null`,
  `create index tickets_by_holder on tickets (holder)`,
  `alter table allotments drop column taken`,
  `create table places (
     event text collate "C", allotment text collate "C", stretch bigint, taken bytea not null, primary key (event, allotment, stretch))`,
  // Rows that are written again and again stay on their page.
  ...['events', 'allotments', 'places', 'accounts'].map((table) => `alter table ${table} set (fillfactor = 50)`),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
