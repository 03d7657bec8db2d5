/** All migrations of the read model. */
import type { Migrations } from '../../database/open-migrated.js';
import * as tables from './0001-tables.js';
import * as own from './0030-own.js';

export const MIGRATIONS: Migrations = {
  remembered: 'kysely_migration',
  all: {
    '0001-tables': tables,
    '0030-own': own,
  },
};
