import { expect } from 'chai';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNodeKey } from '../../../../committee/storage/node-key.js';
import { SealBroken } from '../../../../committee/storage/sealed.js';
import { loadSigningKey } from '../../../../committee/storage/signing-key.js';

describe("a node's own keys", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'guichet-node-key-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const file = () => join(directory, 'key');
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: unknown) => (error as Error).message,
    );

  it('are made on the first start, for its owner only, and stay', async () => {
    const key = await loadNodeKey(file(), true);
    expect(key).to.have.length(32);
    expect((await stat(file())).mode & 0o777).to.equal(0o600);
    expect(await loadNodeKey(file(), true)).to.deep.equal(key);
    expect(await loadNodeKey(file(), false)).to.deep.equal(key);
  });

  it('are not made anew once something is sealed under them', async () => {
    expect(await failureOf(loadNodeKey(file(), false))).to.include('ENOENT');
  });

  it('are refused where others can read them, or they are none', async () => {
    await loadNodeKey(file(), true);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(file(), mode);
      expect(await failureOf(loadNodeKey(file(), true))).to.include('chmod 600');
    }
    await chmod(file(), 0o600);
    for (const content of ['', 'short', 'A'.repeat(86)]) {
      await writeFile(file(), content);
      expect(await failureOf(loadNodeKey(file(), true))).to.include('32 bytes');
    }
  });

  it('sign alike after a restart, sealed at rest, and open with no other node key', async () => {
    const nodeKey = await loadNodeKey(file(), true);
    const path = join(directory, 'signing-key.json');
    const made = await loadSigningKey(path, nodeKey);
    expect((await loadSigningKey(path, nodeKey)).kid).to.equal(made.kid);
    const stored = await readFile(path, 'utf8');
    expect(Object.keys(JSON.parse(stored) as object)).to.deep.equal(['nonce', 'ciphertext', 'tag']);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    const broken: unknown = await loadSigningKey(path, Buffer.alloc(32, 1)).catch((error: unknown) => error);
    expect(broken).to.be.instanceOf(SealBroken);
  });
});
