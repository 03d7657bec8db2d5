/** The first tables. Ids are compared by bytes, as the ledger does, whatever the database's language is. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `create table checkpoint (
     id bigint primary key check (id = 1), channel text not null, chaincode text not null, next bigint not null, hash text)`,
  `create table organizations (msp_id text collate "C" primary key, name text not null, roles text not null, status text not null)`,
  `create table events (
     event text collate "C" primary key, name text not null, organizer text not null, venue text not null, currency text not null,
     state text not null, starts_at text collate "C" not null, ends_at text collate "C" not null, record jsonb not null,
     words text not null default '', touched bigint not null default 0,
     search tsvector generated always as (to_tsvector('simple', words)) stored)`,
  `create index events_by_time on events (starts_at, event)`,
  `create index events_by_words on events using gin (search)`,
  `create table gates (
     event text collate "C", gate text collate "C", state text not null, by_organizer boolean not null, has_opened boolean not null,
     primary key (event, gate))`,
  `create table allotments (
     event text collate "C", allotment text collate "C", seller text not null, price_class text collate "C" not null,
     total_minor bigint not null, state text not null, places bigint not null, record jsonb not null,
     taken bytea not null default '', sold bigint not null default 0, primary key (event, allotment))`,
  `create table tickets (
     event text collate "C", place text collate "C", allotment text not null, state text not null, issue bigint not null,
     change bigint not null, holder text collate "C" not null, record jsonb not null, primary key (event, place))`,
  `create index tickets_by_holder on tickets (event, holder, place)`,
  `create table listings (
     event text collate "C", place text collate "C", issue bigint not null, allotment text not null, seller text not null,
     reseller text not null, ask_minor bigint not null, total_minor bigint not null, exp bigint not null, state text not null,
     primary key (event, place))`,
  `create table resales (
     event text collate "C", place text collate "C", issue bigint, number bigint, seller text not null, reseller text not null,
     total_minor bigint not null, surplus_minor bigint not null, block bigint not null, primary key (event, place, issue, number))`,
  `create table holders (
     event text collate "C", holder text collate "C", held bigint not null, bought_primary bigint not null,
     bought_resale bigint not null, resold bigint not null, balance_minor bigint not null, primary key (event, holder))`,
  `create table accounts (
     event text collate "C", account text collate "C", balance_minor numeric not null, primary key (event, account))`,
  `create table history (
     event text collate "C", place text collate "C", block bigint, index bigint, tx text not null, state text not null,
     issue bigint not null, change bigint not null, holder text not null, primary key (event, place, block, index))`,
  `create index history_by_block on history (event, block, index, place)`,
  `create table markets (
     event text collate "C", market bigint, supply text not null, state text not null, closes_at text not null,
     primary key (event, market))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
