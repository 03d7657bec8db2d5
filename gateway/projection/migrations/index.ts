/** All migrations by number, and how to bring a database to the newest. A published one is never changed: the next number says what is different. */
import { Migrator, type Kysely, type Migration } from 'kysely';
import type { Tables } from '../tables.js';
import * as tables from './0001-tables.js';

const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001-tables': tables };

/** Two processes may do so at once: the second waits. @throws {Error} of the migration that fails; then nothing of it is done */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('a migration failed', { cause: error });
}
