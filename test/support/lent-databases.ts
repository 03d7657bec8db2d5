/**
 * Databases in memory, lent to one test after the other. To start PGlite takes more than a second of computing, to empty one some milliseconds: a process
 * keeps those that it has started. They run in the tests' own thread, because a thread that waits would keep the process from ending.
 */
import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import { migrated, type Migrations } from '../../gateway/database/open-migrated.js';
import { openPGlite, PGliteHere, statementsOf } from '../../gateway/database/pglite.js';
import { MIGRATIONS as READ_MODEL } from '../../gateway/projection/migrations/index.js';
import type { Database } from '../../gateway/projection/open-tables.js';
import { MIGRATIONS as STORE } from '../../gateway/store/migrations/index.js';
import type { Store } from '../../gateway/store/open-store.js';

const idle: PGlite[] = [];

/** A store as a new gateway has it. Whoever destroys it gives its database back. */
export const lendStore = (): Promise<Store> => lend(STORE);

/** The read model's tables, empty. */
export const lendTables = (): Promise<Database> => lend(READ_MODEL);

async function lend<Tables>(migrations: Migrations): Promise<Kysely<Tables>> {
  const pglite = idle.pop() ?? (await openPGlite(undefined));
  const close = async () => {
    await empty(pglite);
    idle.push(pglite);
  };
  const pool = new PGliteHere({ ...statementsOf(pglite), close }, () => Promise.resolve());
  return migrated(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), migrations);
}

/** Of tables, and of what a session has: settings, prepared statements, locks. */
async function empty(pglite: PGlite): Promise<void> {
  await pglite.exec('drop schema public cascade; create schema public');
  await pglite.exec('discard all');
}
