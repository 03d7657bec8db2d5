/** Leases of lanes. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table lane_leases (
     lane text primary key, owner text not null, url text, secret text not null, epoch bigint not null,
     expires_at timestamp with time zone not null)`.execute(db);
}
