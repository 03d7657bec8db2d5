/** Webhooks and the log of their deliveries (push/webhooks/tables.ts). */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `create table webhooks (
     id text collate "C" primary key, url text not null, event text, types text, max_events integer not null, state text not null,
     position text, version bigint not null, key_id text not null, secret text not null, previous_secret text,
     previous_until_ms bigint, failures integer not null, failing_since_ms bigint, next_attempt_ms bigint not null,
     attempts bigint not null, created_ms bigint not null, lease_holder text, lease_until_ms bigint not null)`,
  `create table webhook_deliveries (
     webhook text collate "C" references webhooks on delete cascade, number bigint, message text not null, events integer not null,
     at_ms bigint not null, duration_ms integer not null, status integer, error text, primary key (webhook, number))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
