import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../../../../gateway/database/database.js';
import { migrationCases, READ_MODEL_ANEW, STORE_ANEW } from '../../../support/migration-cases.js';

describe('PGlite databases of older versions', function () {
  this.timeout(120_000);
  const directory = mkdtempSync(join(tmpdir(), 'guichet-migrations-'));
  after(() => rmSync(directory, { recursive: true }));

  // On disk what is opened twice.
  const memory: readonly string[] = [READ_MODEL_ANEW, STORE_ANEW];
  const placeOf = (name: string): Place =>
    memory.includes(name) ? { memory: true } : { directory: join(directory, name) };
  migrationCases((name) => Promise.resolve(placeOf(name)));
});
