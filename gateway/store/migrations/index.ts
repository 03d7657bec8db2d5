/** All migrations of the store. */
import type { Migrations } from '../../database/open-migrated.js';

export const MIGRATIONS: Migrations = { remembered: 'store_migration', all: {} };
