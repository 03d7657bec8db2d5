/** All migrations of the read model. */
import type { Migrations } from '../../database/open-migrated.js';
import * as tables from './0001-tables.js';
import * as lean from './0002-lean.js';
import * as own from './0003-own.js';

export const MIGRATIONS: Migrations = {
  remembered: 'kysely_migration',
  all: {
    '0001-tables': tables,
    '0002-lean': lean,
    '0003-own': own,
  },
};
