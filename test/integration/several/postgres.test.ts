/** Holds, lanes and older databases on a PostgreSQL server: what holds on PGlite holds there, with connections that don't wait for each other. */
import { sql } from 'kysely';
import { openDatabase } from '../../../gateway/database/database.js';
import { StoredHolds } from '../../../gateway/holds/stored-holds.js';
import { openStore, type Store } from '../../../gateway/store/open-store.js';
import { forgetHolds, holdCases } from '../../support/hold-cases.js';
import { laneCases } from '../../support/lane-cases.js';
import { migrationCases } from '../../support/migration-cases.js';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';
import { sharedHoldCases } from '../../support/shared-hold-cases.js';
import { sharedLanesCases } from '../../support/shared-lanes-cases.js';

describe('a store on PostgreSQL', () => {
  let server: PostgresServer | undefined;
  let store: Store | undefined;
  before(async () => {
    server = await startPostgres();
    // Two gateways that start at once.
    const [first, second] = await Promise.all([1, 2].map(() => openStore({ url: server!.url }, () => undefined)));
    await second!.destroy();
    store = first!;
  });
  after(async () => {
    await store?.destroy();
    await server?.stop();
  });
  beforeEach(() => forgetHolds(store!));

  describe('holds', () => holdCases(() => Promise.resolve(new StoredHolds(store!, true))));
  describe('holds of several gateways', () => sharedHoldCases(() => new StoredHolds(store!, true)));
  describe('leases of lanes', () => laneCases(() => store!));
  describe('two gateways', () => sharedLanesCases(() => store!));
  describe('databases of older versions', () => {
    let made = 0;
    migrationCases(async () => {
      const name = `older_${++made}`;
      await sql`create database ${sql.id(name)}`.execute(store!);
      const url = new URL(server!.url);
      url.pathname = `/${name}`;
      return { open: () => openDatabase({ url: url.href }), giveBack: () => Promise.resolve() };
    });
  });
});
