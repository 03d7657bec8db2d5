/**
 * What a gateway must not forget and the ledger does not know: its clients' keys, its webhooks, reservations, payments under way. Unlike the read model
 * it can't be made again, so it has a directory of its own; gateways of one organization that share a PostgreSQL server share it.
 */
import type { Kysely } from 'kysely';
import type { Place } from '../database/database.js';
import { openMigrated } from '../database/open-migrated.js';
import type { Report } from '../fabric/clock.js';
import { MIGRATIONS } from './migrations/index.js';
import type { StoreTables } from './tables.js';

export type Store = Kysely<StoreTables>;

/** Requests wait for it. */
const STATEMENT_MS = 10_000;

/** @param onDeath when it can't be used again by this process @throws {DatabaseInUse} {Error} of the database or of a migration */
export const openStore = (place: Place, report: Report, onDeath: () => void = () => undefined): Promise<Store> =>
  openMigrated(
    place,
    MIGRATIONS,
    (cause) => report('warning', "a connection to the gateway's store broke", { cause }),
    STATEMENT_MS,
    (cause) => {
      report('alarm', "the gateway's store has died", { cause });
      onDeath();
    },
  );
