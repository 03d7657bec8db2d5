import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientError } from '../../../../committee/client/index.js';
import { fileStorage } from '../../../../committee/wallet-node/file-storage.js';
import {
  backUp,
  createStorageKey,
  credentialFor,
  memoryStorage,
  openBrowserStorage,
  restore,
  StateStore,
  storageKeyFrom,
  unusedHandles,
  type BackupOptions,
  type WalletStorage,
} from '../../../../committee/wallet/index.js';
import { codeOf } from '../../../support/code-of.js';
import { CHANNEL } from '../../../support/statements.js';
import { anIndexedDb } from './an-indexed-db.js';
import { CLOSING, now, OPENING, SMALL, World } from './a-world.js';

const PASSPHRASE = 'four words are not enough';
/** As few as are taken. */
const iterations = 100_000;

describe('storage of a wallet', () => {
  it('is sealed: it shows nothing, and opens with its key only', async () => {
    const world = new World(SMALL);
    const [storage, key] = [memoryStorage(), await createStorageKey()];
    const wallet = await world.wallet({ storage, key });
    await world.enrolled(wallet);
    const sealed = Buffer.from((await storage.load())!).toString('latin1');
    for (const { blinding } of wallet.store.state.blinded) expect(sealed).not.to.include(blinding);
    const again = await StateStore.open({ storage, key, channel: CHANNEL });
    expect(again.state).to.deep.equal(wallet.store.state);
    const open = async (change: object) => codeOf(StateStore.open({ storage, key, channel: CHANNEL, ...change }));
    expect(await open({ key: await createStorageKey() })).to.equal('STORAGE_UNREADABLE');
    expect(await open({ channel: 'other' })).to.equal('STORAGE_UNREADABLE');
  });

  it('changes by one after the other, and not at all where it can not be stored', async () => {
    let isFull = false;
    const kept = memoryStorage();
    const storage: WalletStorage = {
      load: () => kept.load(),
      save: (sealed) => (isFull ? Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })) : kept.save(sealed)),
    };
    const store = await StateStore.open({ storage, key: await createStorageKey(), channel: CHANNEL });
    const receive = (receipt: string) =>
      store.update((state) => ({ ...state, receipts: [...state.receipts, receipt] }));
    await Promise.all(['a', 'b', 'c'].map(receive));
    isFull = true;
    expect(await codeOf(receive('d'))).to.equal('ENOSPC');
    isFull = false;
    await receive('e');
    expect(store.state.receipts).to.deep.equal(['a', 'b', 'c', 'e']);
  });

  it('saves nothing that would not open again', async () => {
    const [storage, key] = [memoryStorage(), await createStorageKey()];
    const { store } = await new World(SMALL).wallet({ storage, key });
    const receipts = ['a'];
    await store.update((state) => ({ ...state, receipts }));
    const error = await store
      .update((state) => ({ ...state, receipts: Array.from({ length: 256 }, () => 'a') }))
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ClientError);
    expect(error).to.include({ code: 'STORAGE_UNREADABLE', field: 'receipts' });
    expect(store.state.receipts).to.deep.equal(receipts);
    expect((await StateStore.open({ storage, key, channel: CHANNEL })).state.receipts).to.deep.equal(receipts);
  });

  it('is in a file that others can not read', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'wallet-'));
    try {
      const path = join(directory, 'wallet');
      const key = await storageKeyFrom(crypto.getRandomValues(new Uint8Array(32)));
      const wallet = await new World(SMALL).wallet({ storage: fileStorage(path), key });
      await wallet.store.update((state) => ({ ...state, receipts: ['a'] }));
      expect(((await stat(path)).mode & 0o777).toString(8)).to.equal('600');
      expect(await readdir(directory)).to.deep.equal(['wallet']);
      const again = await StateStore.open({ storage: fileStorage(path), key, channel: CHANNEL });
      expect(again.state.receipts).to.deep.equal(['a']);
      expect((await readFile(path)).length).to.be.above(28);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('is in a browser, which keeps the key and does not show it', async () => {
    const indexedDb = anIndexedDb();
    const { storage, key } = await openBrowserStorage(indexedDb);
    const store = await StateStore.open({ storage, key, channel: CHANNEL });
    await store.update((state) => ({ ...state, receipts: ['a'] }));
    const reopened = await openBrowserStorage(indexedDb);
    const again = await StateStore.open({ ...reopened, channel: CHANNEL });
    expect(again.state.receipts).to.deep.equal(['a']);
    expect(reopened.key.extractable).to.equal(false);
  });
});

describe('backup of a wallet', () => {
  it('restores to a wallet with the same person, credentials and keys', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    const person = await world.enrolled(wallet);
    const { subject } = await credentialFor(OPENING, wallet);
    const backup = await backUp(wallet.store, { passphrase: PASSPHRASE, iterations });
    const other = await world.wallet();
    await restore(other.store, { backup, passphrase: PASSPHRASE }, { complete: true });
    expect(other.store.state).to.deep.equal(wallet.store.state);
    const commands = world.ledger.commands.length;
    expect((await credentialFor(OPENING, other)).subject).to.equal(subject);
    expect(world.ledger.commands).to.have.length(commands);
    await credentialFor(CLOSING, other);
    expect(other.store.state.person.subject).to.equal(person);
  });

  it('drops unused handles unless nothing was done since: one may be at an event already', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    await credentialFor(OPENING, wallet);
    const backup = await backUp(wallet.store, { passphrase: PASSPHRASE, iterations });
    const other = await world.wallet();
    await restore(other.store, { backup, passphrase: PASSPHRASE });
    expect(unusedHandles(other.store.state, now())).to.have.length(0);
    expect(await codeOf(credentialFor(CLOSING, other))).to.equal('HANDLES_EXHAUSTED');
    await credentialFor(OPENING, other);
  });

  it('is not written where nobody could read it again, or anybody could', async () => {
    const { store } = await new World(SMALL).wallet();
    const field = (options: BackupOptions) =>
      backUp(store, options).then(
        () => 'written',
        (error: unknown) => (error instanceof ClientError ? `${error.code} ${error.field}` : String(error)),
      );
    for (const wrong of [iterations - 1, 10_000_001, iterations + 0.5, Number.NaN])
      expect(await field({ passphrase: PASSPHRASE, iterations: wrong }), String(wrong)).to.equal(
        'BACKUP_UNREADABLE iterations',
      );
    expect(await field({ passphrase: '', iterations })).to.equal('BACKUP_UNREADABLE passphrase');
    expect(await field({ passphrase: PASSPHRASE, iterations })).to.equal('written');
  });

  it('does not open with another passphrase, changed, or for another channel', async () => {
    const world = new World(SMALL);
    const { store } = await world.wallet();
    const backup = await backUp(store, { passphrase: PASSPHRASE, iterations });
    const code = (text: string, passphrase = PASSPHRASE) => codeOf(restore(store, { backup: text, passphrase }));
    const changed = (change: object) => JSON.stringify({ ...(JSON.parse(backup) as object), ...change });
    expect(await code(backup)).to.equal('accepted');
    expect(await code(backup, 'another')).to.equal('BACKUP_UNREADABLE');
    for (const change of [
      { iterations: iterations + 1 },
      { iterations: 1 },
      { iterations: 1e12 },
      { salt: 'A'.repeat(22) },
      { sealed: 'AAAA' },
      { version: 2 },
      { more: 1 },
    ])
      expect(await code(changed(change)), JSON.stringify(change)).to.equal('BACKUP_UNREADABLE');
    expect(await code('{')).to.equal('BACKUP_UNREADABLE');
    const elsewhere = await StateStore.open({
      storage: memoryStorage(),
      key: await createStorageKey(),
      channel: 'other',
    });
    expect(await codeOf(restore(elsewhere, { backup, passphrase: PASSPHRASE }))).to.equal('BACKUP_UNREADABLE');
  });
});
