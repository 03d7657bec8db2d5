/** Seats that sales have in hand, for holds that are made at other gateways (holds/sales-under-way.ts). */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `create table selling_seats (
     event text, place text, sale text, expires_at bigint not null, primary key (event, place, sale))`,
  `create index selling_seats_by_end on selling_seats (expires_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
