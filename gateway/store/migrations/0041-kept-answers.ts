/** First answers to requests with an `Idempotency-Key` of which the ledger does not hear (answers/tables.ts). */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `create table kept_answers (
     name text collate "C" primary key, asks text not null, holder text not null, lease_until bigint not null, answer text,
     expires_at bigint not null)`,
  `create index kept_answers_by_end on kept_answers (expires_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
