/** Holds. One row for each seat is what makes a hold exclusive: its primary key lets one in, on however many gateways they are asked for. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `create table holds (
     hold text primary key, caller text not null, id text not null, asked text not null, event text not null, allotment text not null,
     price_class text not null, seats jsonb not null, sold jsonb not null, created_at bigint not null, expires_at bigint not null,
     latest_at bigint not null, released boolean not null, unique (caller, id))`,
  `create index holds_of_caller on holds (caller, event, expires_at)`,
  `create index holds_by_end on holds (expires_at)`,
  `create table held_seats (
     event text, place text, hold text not null, expires_at bigint not null, primary key (event, place))`,
  `create index held_seats_of_hold on held_seats (hold)`,
  `create index held_seats_by_end on held_seats (expires_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
