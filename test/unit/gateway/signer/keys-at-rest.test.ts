import { expect } from 'chai';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SealBroken } from '../../../../gateway/signer/sealed-key.js';
import { EVENT, openStore, signerFiles, type SignerFiles } from './a-signer.js';

async function errorOf(doing: Promise<unknown>): Promise<unknown> {
  return doing.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("signer's keys at rest", () => {
  let files: SignerFiles;
  beforeEach(async () => {
    files = await signerFiles();
  });
  afterEach(() => files.remove());

  const onlyFile = async () => join(files.keys, (await readdir(files.keys))[0]!);

  it('is there again after a restart, the same key', async () => {
    const created = await (await openStore(files)).create('seller', 'main');
    const again = await openStore(files);
    expect(again.list()).to.deep.equal([created]);
    expect(again.get(created.kid)?.key.kid).to.equal(created.kid);
  });

  it('gives one key for the same use and label, even to callers at once', async () => {
    const store = await openStore(files);
    const [first, second] = await Promise.all([store.create('event', EVENT), store.create('event', EVENT)]);
    expect(first).to.deep.equal(second);
    expect(await readdir(files.keys)).to.have.lengthOf(1);
  });

  it('does not have the private key in its file', async () => {
    const store = await openStore(files);
    const { kid } = await store.create('seller', 'main');
    const { d = '' } = store.get(kid)!.key.privateKey.export({ format: 'jwk' });
    expect(await readFile(await onlyFile(), 'utf8')).not.to.include(d);
  });

  it('writes keys and key file for their owner only', async () => {
    await (await openStore(files)).create('seller', 'main');
    for (const file of [await onlyFile(), files.keyFile]) expect((await stat(file)).mode & 0o777).to.equal(0o600);
  });

  it('refuses a wrong key file', async () => {
    await (await openStore(files)).create('seller', 'main');
    await writeFile(files.keyFile, Buffer.alloc(32, 7).toString('base64url'));
    expect(await errorOf(openStore(files))).to.be.instanceOf(SealBroken);
  });

  it('refuses a key file that others may read', async () => {
    await openStore(files);
    await chmod(files.keyFile, 0o640);
    expect(await errorOf(openStore(files))).to.be.instanceOf(Error);
  });

  it('does not make a new key file once there are keys', async () => {
    await (await openStore(files)).create('seller', 'main');
    await rm(files.keyFile);
    expect(await errorOf(openStore(files))).to.have.property('code', 'ENOENT');
  });

  for (const [member, change] of [
    ['use', { use: 'event' }],
    ['label', { label: 'other' }],
    ['createdAt', { createdAt: '2020-01-01T00:00:00.000Z' }],
  ] as const) {
    it(`refuses a file whose ${member} was changed`, async () => {
      await (await openStore(files)).create('seller', 'main');
      const file = await onlyFile();
      const sealed = JSON.parse(await readFile(file, 'utf8')) as object;
      await writeFile(file, JSON.stringify({ ...sealed, ...change }));
      expect(await errorOf(openStore(files))).to.be.instanceOf(SealBroken);
    });
  }

  it('refuses a file whose ciphertext was changed', async () => {
    await (await openStore(files)).create('seller', 'main');
    const file = await onlyFile();
    const text = await readFile(file, 'utf8');
    const { sealed } = JSON.parse(text) as { sealed: { ciphertext: string } };
    const bytes = Buffer.from(sealed.ciphertext, 'base64url');
    bytes[5]! ^= 1;
    await writeFile(file, text.replace(sealed.ciphertext, bytes.toString('base64url')));
    expect(await errorOf(openStore(files))).to.be.instanceOf(SealBroken);
  });

  it('refuses a file that is no key', async () => {
    await (await openStore(files)).create('seller', 'main');
    await writeFile(await onlyFile(), '{}');
    expect(await errorOf(openStore(files))).to.be.instanceOf(SealBroken);
  });
});
