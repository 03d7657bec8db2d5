/** A read model that follows blocks: what it does when its database, its peer or its ledger is not what it should be. */
import { expect } from 'chai';
import type { KyselyPlugin } from 'kysely';
import { systemClock, type Clock } from '../../../../gateway/fabric/clock.js';
import type { Database } from '../../../../gateway/projection/open-tables.js';
import { ReadModel, type FollowedBlocks } from '../../../../gateway/projection/read-model.js';
import { LinkedChain } from '../../../support/linked-chain.js';
import { aProjector } from '../../../support/read-model.js';
import { CHANNEL } from '../../../support/statements.js';
import { onSale } from '../../../support/world.js';
import { until } from '../../../support/until.js';
import { lendTables } from '../../../support/lent-databases.js';

/** A thousand times as fast. */
const hasty: Clock = { now: () => Date.now(), after: (ms, run) => systemClock.after(ms / 1_000, run) };
/** By that clock. */
const LONG_MS = 480_000_000;

describe('following the ledger', () => {
  let db: Database;
  let chain: LinkedChain;
  let readModel: ReadModel | undefined;
  const told: string[] = [];

  before(async () => {
    db = await lendTables();
  });
  after(() => db.destroy());
  beforeEach(async () => {
    told.length = 0;
    chain = LinkedChain.of(onSale().ledger);
    await aProjector(db).clear();
  });

  /** It closes what it opened; these share one database. */
  const shared = (of = db): Database => {
    const get = (_: Database, name: string | symbol): unknown => {
      if (name === 'destroy') return () => Promise.resolve();
      const member: unknown = Reflect.get(of, name, of);
      return typeof member === 'function' ? (member.bind(of) as unknown) : member;
    };
    return new Proxy(of, { get });
  };
  function follow({
    open = () => Promise.resolve(shared()),
    blocks = chain,
    shared: isShared = false,
  }: Partial<ConstructorParameters<typeof ReadModel>[0]> = {}): ReadModel {
    const options = { channel: CHANNEL, chaincode: 'guichet', clock: hasty, random: () => 1 };
    readModel = new ReadModel({
      ...options,
      open,
      blocks,
      shared: isShared,
      report: (level, _, { cause }) => told.push(`${level} ${(cause as Error).name}`),
    });
    readModel.start();
    return readModel;
  }
  afterEach(() => readModel?.close());

  const another = () => chain.write([]);

  it('takes each block as it comes', async () => {
    const model = follow();
    await model.reach(0, LONG_MS);
    another();
    await model.reach(1, LONG_MS);
    expect([model.height, told]).to.deep.equal([2, []]);
  });

  it('tries again when the database is not there', async () => {
    let failures = 3;
    const open = () => (failures-- > 0 ? Promise.reject(new TypeError('no')) : Promise.resolve(shared()));
    const model = follow({ open });
    await until(() => model.height === 1);
    expect(told).to.deep.equal(['warning TypeError', 'warning TypeError', 'warning TypeError']);
  });

  it('says how far it is when somebody makes the tables again meanwhile', async () => {
    for (let block = 0; block < 3; block += 1) another();
    const model = follow();
    await until(() => model.height === 4);
    await aProjector(db).clear();
    another();
    await until(() => told.length > 0);
    await until(() => model.height === 5);
    expect((await aProjector(db).checkpoint()).next).to.equal(5);
  });

  it('goes on where it was when the feed breaks', async () => {
    let feeds = 0;
    const breaking = async (from: number): Promise<FollowedBlocks> => {
      const feed = await chain.follow(from);
      feeds += 1;
      if (feeds === 1) setTimeout(() => feed.close(), 20);
      return feed;
    };
    const model = follow({ blocks: { height: chain.height, follow: breaking } });
    await until(() => feeds === 2);
    another();
    await until(() => model.height === 2);
  });

  it('asks anew when a block is known and does not come', async () => {
    const silent = {
      [Symbol.asyncIterator]: () => ({ next: () => stuck }),
      close: () => end({ done: true, value: undefined }),
    };
    let end: (result: IteratorReturnResult<undefined>) => void = () => undefined;
    const stuck = new Promise<IteratorReturnResult<undefined>>((resolve) => (end = resolve));
    let feeds = 0;
    const model = follow({
      blocks: {
        height: chain.height,
        follow: (from) => (feeds++ === 0 ? Promise.resolve(silent) : chain.follow(from)),
      },
    });
    await until(() => feeds === 1);
    model.see({ number: 0 });
    expect(model.known).to.equal(1);
    await until(() => model.height === 1);
  });

  it('stops with an alarm on the tables of another ledger', async () => {
    const other = new LinkedChain('bb');
    other.write([]);
    await aProjector(db).apply(other.blocks);
    const model = follow();
    await until(() => told.length > 0);
    expect(told[0]).to.equal('alarm AnotherLedger');
    another();
    expect(model.height).to.equal(1);
  });

  it('follows another gateway on tables that they share, but not into another ledger', async () => {
    // Another gateway has the lock, whoever asks.
    const isAnswer = (row: unknown) => typeof row === 'object' && row !== null && 'answer' in row;
    const locked: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) =>
        Promise.resolve(result.rows.some(isAnswer) ? { ...result, rows: [{ answer: false }] } : result),
    };
    await aProjector(db).apply(chain.blocks);
    const open = () => Promise.resolve(shared(db.withPlugin(locked)));
    const model = follow({ shared: true, open });
    await until(() => model.height === 1);
    expect(told).to.deep.equal([]);
    await db.updateTable('checkpoint').set({ channel: 'another-channel' }).execute();
    await until(() => told.length > 0);
    expect([told[0], model.height]).to.deep.equal(['alarm AnotherLedger', 0]);
    await db.updateTable('checkpoint').set({ channel: CHANNEL, chaincode: 'another' }).execute();
    told.length = 0;
    await until(() => told.length > 1);
    expect([told[1], model.height]).to.deep.equal(['alarm AnotherLedger', 0]);
  });

  it('waits for a peer that has lost its last blocks', async () => {
    another();
    await aProjector(db).apply(chain.blocks);
    const model = follow({ blocks: { height: () => Promise.resolve(1), follow: chain.follow } });
    await until(() => told.length > 0);
    expect([told[0], model.height]).to.deep.equal(['warning Error', 0]);
  });
});
