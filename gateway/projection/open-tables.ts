/** The database with all its tables, whatever version of them was there. */
import type { Report } from '../fabric/clock.js';
import { openDatabase, type Database, type Place } from './database.js';
import { migrate } from './migrations/index.js';

/** @throws {DatabaseInUse} {Error} of the database or of a migration */
export async function openTables(place: Place, report: Report): Promise<Database> {
  const db = await openDatabase(place, (cause) => report('warning', 'a connection to the read model broke', { cause }));
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
