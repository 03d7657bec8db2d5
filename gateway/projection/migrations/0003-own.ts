/** A holder's own rows at all events. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index holders_by_holder on holders (holder, event)`.execute(db);
}
