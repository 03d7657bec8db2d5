/** A database brought to its newest tables. A published migration is never changed: the next number says what is different. */
import { Migrator, type Kysely, type Migration } from 'kysely';
import { openDatabase, type Place } from './database.js';

export interface Migrations {
  /** Table in which is written which ones were done; the read model and the store may share a server. */
  readonly remembered: string;
  /** By number and name, `0001-tables`. */
  readonly all: Readonly<Record<string, Migration>>;
}

/**
 * Two processes may open one at once: the second waits while the first changes tables.
 * @param onLost is told when an idle connection breaks
 * @param statementMs after that long a server ends a statement
 * @param onDeath is told when PGlite dies in this process: there is no other
 * @throws {DatabaseInUse} {Error} of the database, or of the migration that fails; then nothing of it is done
 */
export async function openMigrated<Tables>(
  place: Place,
  migrations: Migrations,
  onLost: (cause: unknown) => void = () => undefined,
  statementMs?: number,
  onDeath?: (cause: unknown) => void,
): Promise<Kysely<Tables>> {
  return migrated(await openDatabase<Tables>(place, onLost, statementMs, onDeath), migrations);
}

/** @throws {Error} of the migration that fails; then nothing of it is done, and the database is closed */
export async function migrated<Tables>(db: Kysely<Tables>, { remembered, all }: Migrations): Promise<Kysely<Tables>> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...all }) },
    migrationTableName: remembered,
    migrationLockTableName: `${remembered}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return db;
  await db.destroy();
  throw error instanceof Error ? error : new Error('a migration failed', { cause: error });
}
