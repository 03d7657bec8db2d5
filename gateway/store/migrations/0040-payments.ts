/** Payments under way and done, and the books of the test provider. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS: readonly string[] = [
  `create table payment (
     seller text collate "C", payment text collate "C", provider text not null, attempt bigint not null, state text not null,
     event text not null, buyer text not null, request text not null, digest text not null, sale text not null, sale_given boolean not null,
     allotment text, hold text, hold_caller text, amount_minor bigint not null check (amount_minor > 0), currency text not null, method text, return_url text,
     reference text, reason text, problem text, tx text,
     refunded_minor bigint not null check (refunded_minor >= 0 and refunded_minor <= amount_minor), refund text, refunds text not null,
     created_at bigint not null, changed_at bigint not null, due_at bigint, failures bigint not null, owner text not null,
     lease_until bigint not null, submitted_by text, doubt_until bigint not null, primary key (seller, payment))`,
  `create index payment_by_due on payment (seller, due_at) where due_at is not null`,
  `create table payment_payout (
     seller text collate "C", event text collate "C", holder text collate "C", jti text collate "C", digest text not null,
     payment text not null, primary key (seller, event, holder, jti))`,
  `create table payment_test_charge (
     key text collate "C" primary key, reference text not null unique, state text not null, amount_minor bigint not null,
     currency text not null, method text not null, silences bigint not null, asked_at bigint not null)`,
  `create table payment_test_refund (key text collate "C" primary key, reference text not null, amount_minor bigint not null)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
