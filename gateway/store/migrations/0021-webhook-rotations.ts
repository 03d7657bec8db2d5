/** Under which request a webhook's secret was made: whoever repeats it because he missed the answer gets the same. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table webhooks add column rotation text`.execute(db);
}
