/** Money at one event: what accounts have gained by all entries, and what holders have and are owed. */
import type { Database } from '../open-tables.js';

export interface AccountsQuery {
  readonly event: string;
  readonly after: string | undefined;
  readonly limit: number;
}

/** @returns up to `limit + 1` */
export function findAccounts(db: Database, { event, after, limit }: AccountsQuery) {
  const all = db.selectFrom('accounts').selectAll().where('event', '=', event);
  return (after === undefined ? all : all.where('account', '>', after))
    .orderBy('account')
    .limit(limit + 1)
    .execute();
}

/** @returns up to `limit + 1` */
export function findHolders(db: Database, { event, after, limit }: AccountsQuery) {
  const all = db.selectFrom('holders').selectAll().where('event', '=', event);
  return (after === undefined ? all : all.where('holder', '>', after))
    .orderBy('holder')
    .limit(limit + 1)
    .execute();
}
