import type { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { sql } from 'kysely';
import { openStore, type Store } from '../../../../gateway/store/open-store.js';

/** Node tells of each thread that is made. */
async function aStore() {
  const told: string[] = [];
  let thread: Worker | undefined;
  process.once('worker', (worker) => (thread = worker));
  const store = await openStore(
    { memory: true },
    (level) => told.push(level),
    () => told.push('dead'),
  );
  return { store, told, thread: thread! };
}

const failed = (store: Store) =>
  sql`select 1`.execute(store).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );

describe('a store whose thread has died', () => {
  it('gives an alarm, once, and tells the gateway; every question fails, and it can be closed', async () => {
    const { store, told, thread } = await aStore();
    await thread.terminate();
    expect(told).to.deep.equal(['alarm', 'dead']);
    expect(await failed(store)).to.equal('the database has ended');
    await store.destroy();
    expect(told).to.deep.equal(['alarm', 'dead']);
  });

  it('is not one that was closed', async () => {
    const { store, told } = await aStore();
    await store.destroy();
    expect(told).to.deep.equal([]);
  });
});
