/** The read model on a PostgreSQL server: what holds on PGlite holds there. */
import { expect } from 'chai';
import { systemClock } from '../../../gateway/fabric/clock.js';
import { ReadModel } from '../../../gateway/projection/read-model.js';
import { openDatabase } from '../../../gateway/database/database.js';
import type { Tables } from '../../../gateway/projection/tables.js';
import { openTables, type Database } from '../../../gateway/projection/open-tables.js';
import { aProjector } from '../../support/read-model.js';
import { CHANNEL } from '../../support/statements.js';
import { until } from '../../support/until.js';
import { onSale } from '../../support/world.js';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';
import { LinkedChain } from '../../support/linked-chain.js';
import { plantedDifferences } from '../../support/planted-differences.js';
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

  describe('differences', () => {
    plantedDifferences(() => db!);
  });

  it('is written by one gateway at a time, and read by both', async () => {
    const chain = LinkedChain.of(onSale().ledger);
    await aProjector(db!).clear();
    const feeds: string[] = [];
    const follow = (name: string) => {
      const blocks = {
        height: chain.height,
        follow: (from: number) => {
          feeds.push(name);
          return chain.follow(from);
        },
      };
      const options = { channel: CHANNEL, chaincode: 'guichet', clock: systemClock, random: () => 0 };
      const open = () => openTables({ url: server!.url }, () => undefined);
      const model = new ReadModel({ ...options, open, blocks, shared: true, report: () => undefined });
      model.start();
      return model;
    };
    const first = follow('first');
    await until(() => first.height === 1);
    const second = follow('second');
    chain.write([]);
    await Promise.all([first, second].map((model) => model.reach(1, 10_000)));
    expect([first.height, second.height, feeds]).to.deep.equal([2, 2, ['first']]);
    // Where one ends the other goes on.
    await first.close();
    chain.write([]);
    await second.reach(2, 10_000);
    expect(feeds).to.deep.equal(['first', 'second']);
    expect((await aProjector(db!).checkpoint()).next).to.equal(3);
    await second.close();
  });

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
