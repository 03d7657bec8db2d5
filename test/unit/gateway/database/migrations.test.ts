import { lendDatabase } from '../../../support/lent-databases.js';
import { migrationCases } from '../../../support/migration-cases.js';

describe('PGlite databases of older versions', () => {
  migrationCases(lendDatabase);
});
