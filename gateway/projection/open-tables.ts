/** The read model's database with all its tables, whatever version of them was there. */
import type { Kysely } from 'kysely';
import type { Place } from '../database/database.js';
import { openMigrated } from '../database/open-migrated.js';
import type { Report } from '../fabric/clock.js';
import { MIGRATIONS } from './migrations/index.js';
import type { Tables } from './tables.js';

export type Database = Kysely<Tables>;

/** @throws {DatabaseInUse} {Error} of the database or of a migration */
export const openTables = (place: Place, report: Report): Promise<Database> =>
  openMigrated(place, MIGRATIONS, (cause) => report('warning', 'a connection to the read model broke', { cause }));
