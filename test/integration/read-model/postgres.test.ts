/** The read model on a PostgreSQL server: what holds on PGlite holds there. */
import { expect } from 'chai';
import { openDatabase } from '../../../gateway/database/database.js';
import type { Tables } from '../../../gateway/projection/tables.js';
import { openTables, type Database } from '../../../gateway/projection/open-tables.js';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';
import { projectionCases } from '../../support/projection-cases.js';

describe('projection on PostgreSQL', () => {
  let server: PostgresServer | undefined;
  let db: Database | undefined;
  before(async () => {
    server = await startPostgres();
    // Two gateways that start at once.
    const [first, second] = await Promise.all([1, 2].map(() => openTables({ url: server!.url }, () => undefined)));
    await second!.destroy();
    db = first!;
  });
  after(async () => {
    await db?.destroy();
    await server?.stop();
  });

  projectionCases(() => db!);

  it('says so where there is no server', async () => {
    const lost = await openDatabase<Tables>({ url: 'postgres://guichet@127.0.0.1:1/postgres' });
    const failure = await lost
      .selectFrom('checkpoint')
      .select('next')
      .execute()
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(failure).to.include({ code: 'ECONNREFUSED' });
    await lost.destroy();
  });
});
