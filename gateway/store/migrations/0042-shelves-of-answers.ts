/** On which shelf of its caller a first answer is kept (answers/slot.ts). Rows of before, or of a gateway that is still of before, count as nobody's. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `alter table kept_answers add column shelf text collate "C" not null default ''`,
  `create index kept_answers_by_shelf on kept_answers (shelf, expires_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
