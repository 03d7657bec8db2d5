import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBoard } from '../../../../chaincode/crypto/generation/board.js';
import type { NodeState } from '../../../../committee/protocol/index.js';
import { fileSteps, type FileSteps } from '../../../../committee/storage/durable-file.js';
import { SealBroken } from '../../../../committee/storage/sealed.js';
import { ShareStore } from '../../../../committee/storage/share-store.js';
import { aGeneration } from '../protocol/a-committee.js';

const DEDUP = { owner: 'dedup', generation: 1 };
const EVENT = { owner: 'OrganizerMSP:opening-night', generation: 1 };
const SECRET = 'c2VjcmV0LXNoYXJlLW9mLXRoaXMtbm9kZQ';
const nodeKey = Buffer.alloc(32, 7);
const stateWith = (share: string): NodeState => ({
  board: openBoard(aGeneration(4, 3)),
  role: { dealer: 1, recipient: 1 },
  share,
});

class Crash extends Error {}

/** Crashes in place of a step: what was begun before it may be on disk, what comes after it is not. */
function crashingAt(step: number): FileSteps {
  let count = 0;
  const guarded =
    <A extends unknown[]>(go: (...args: A) => Promise<void>, half?: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      if ((count += 1) < step) return go(...args);
      if (count === step) await half?.(...args);
      throw new Crash(`step ${step}`);
    };
  return {
    write: guarded(
      (file: string, content: string) => fileSteps.write(file, content),
      (file, content) => fileSteps.write(file, content.slice(0, content.length / 2)),
    ),
    rename: guarded((from: string, to: string) => fileSteps.rename(from, to)),
    remove: guarded((file: string) => fileSteps.remove(file)),
    syncDirectory: guarded((directory: string) => fileSteps.syncDirectory(directory)),
  };
}

describe("store of a node's shares", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'guichet-shares-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const open = (options: { nodeKey?: Buffer; steps?: FileSteps } = {}) =>
    ShareStore.open({ directory, nodeKey, ...options });
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('has what was put, after a restart too', async () => {
    await (await open()).put(DEDUP, stateWith(SECRET));
    const again = await open();
    expect(again.get(DEDUP)).to.deep.equal(stateWith(SECRET));
    expect(again.names).to.deep.equal([DEDUP]);
    expect(again.get(EVENT)).to.equal(undefined);
  });

  it('has no secret in its files, which only their owner reads', async () => {
    await (await open()).put(EVENT, stateWith(SECRET));
    const [name = ''] = await readdir(directory);
    const content = await readFile(join(directory, name), 'utf8');
    expect(content).not.to.include(SECRET);
    expect(content).to.include(EVENT.owner);
  });

  it('forgets what is removed', async () => {
    const store = await open();
    await store.put(DEDUP, stateWith(SECRET));
    await store.remove(DEDUP);
    expect(store.get(DEDUP)).to.equal(undefined);
    expect((await open()).names).to.deep.equal([]);
    expect(await readdir(directory)).to.deep.equal([]);
  });

  for (const step of [1, 2, 3])
    it(`has the old state or the new one after a crash at step ${step}, and never half of one`, async () => {
      await (await open()).put(DEDUP, stateWith('before'));
      const store = await open({ steps: crashingAt(step) });
      expect(await failure(store.put(DEDUP, stateWith('after')))).to.be.instanceOf(Crash);
      // Nobody is told of what is not surely on disk.
      expect(store.get(DEDUP)?.share).to.equal('before');
      const again = await open();
      expect(again.get(DEDUP)?.share).to.equal(step < 3 ? 'before' : 'after');
      expect(await readdir(directory)).to.have.length(1);
      await again.put(DEDUP, stateWith('at last'));
      expect((await open()).get(DEDUP)?.share).to.equal('at last');
    });

  it('does not open with another node key', async () => {
    await (await open()).put(DEDUP, stateWith(SECRET));
    expect(await failure(open({ nodeKey: Buffer.alloc(32, 8) }))).to.be.instanceOf(SealBroken);
  });

  it("does not take one key's share for another's, or for another generation's or epoch's", async () => {
    const store = await open();
    await store.put(DEDUP, stateWith(SECRET));
    const file = join(directory, (await readdir(directory))[0]!);
    const content = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    for (const change of [{ owner: EVENT.owner }, { generation: 2 }, { epoch: 2 }, { indexes: '2/2' }]) {
      await writeFile(file, JSON.stringify({ ...content, ...change }));
      expect(await failure(open()), JSON.stringify(change)).to.be.instanceOf(SealBroken);
    }
    await writeFile(file, '{"half":');
    expect(await failure(open())).to.be.instanceOf(SealBroken);
    await rename(file, `${file}.bak`);
    expect((await open()).names).to.deep.equal([]);
  });
});
