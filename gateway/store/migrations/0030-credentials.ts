/** API keys, handshakes of gate devices, and requests signed by holders and devices that must not count twice. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `create table api_keys (
     id text collate "C" primary key, name text not null, scopes text not null, secrets jsonb not null, created_at bigint not null,
     expires_at bigint not null, revoked_at bigint, last_used_at bigint)`,
  `create table api_key_revision (id bigint primary key check (id = 1), revision bigint not null)`,
  `insert into api_key_revision values (1, 0)`,
  `create table device_handshakes (
     id text primary key, event text not null, device text not null, not_after text not null, code_digest text not null,
     expires_at bigint not null, guesses bigint not null, kid text)`,
  `create index device_handshakes_by_time on device_handshakes (expires_at)`,
  `create table signed_requests (id text primary key, expires_at bigint not null)`,
  `create index signed_requests_by_time on signed_requests (expires_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
