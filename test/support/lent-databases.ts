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

/** One that may be opened again and again until it is given back. */
export interface LentDatabase {
  open<Tables>(): Promise<Kysely<Tables>>;
  giveBack(): Promise<void>;
}

const idle: PGlite[] = [];

// One that is open keeps its process from ending. Mocha ends the processes of its jobs; where it runs files in its own it waits.
if (process.env.MOCHA_WORKER_ID === undefined)
  after(async () => {
    for (const pglite of idle.splice(0)) await pglite.close();
  });

/** Without any table. */
export async function lendDatabase(): Promise<LentDatabase> {
  const pglite = await take();
  return {
    open: () => Promise.resolve(over(pglite, () => Promise.resolve())),
    giveBack: () => giveBack(pglite),
  };
}

/** A store as a new gateway has it. Whoever destroys it gives its database back. */
export const lendStore = (): Promise<Store> => lend(STORE);

/** The read model's tables, empty. Whoever destroys them gives their database back. */
export const lendTables = (): Promise<Database> => lend(READ_MODEL);

async function lend<Tables>(migrations: Migrations): Promise<Kysely<Tables>> {
  const pglite = await take();
  return migrated(
    over<Tables>(pglite, () => giveBack(pglite)),
    migrations,
  );
}

const take = async (): Promise<PGlite> => idle.pop() ?? (await openPGlite(undefined));

function over<Tables>(pglite: PGlite, close: () => Promise<void>): Kysely<Tables> {
  const pool = new PGliteHere({ ...statementsOf(pglite), close }, () => Promise.resolve());
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Without tables, and without what a session has: settings, prepared statements, locks. */
async function giveBack(pglite: PGlite): Promise<void> {
  await pglite.exec('drop schema public cascade; create schema public');
  await pglite.exec('discard all');
  idle.push(pglite);
}
