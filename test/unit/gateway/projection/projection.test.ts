import type { Database } from '../../../../gateway/projection/open-tables.js';
import { plantedDifferences } from '../../../support/planted-differences.js';
import { projectionCases } from '../../../support/projection-cases.js';
import { lendTables } from '../../../support/lent-databases.js';

describe('projection on PGlite', () => {
  let db: Database;
  before(async () => {
    db = await lendTables();
  });
  after(() => db.destroy());

  projectionCases(() => db);

  describe('differences', () => {
    plantedDifferences(() => db);
  });
});
