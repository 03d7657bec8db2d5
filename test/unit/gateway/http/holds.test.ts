/** Holds on PGlite, where one gateway has the book alone, or two share it in one process. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { answering } from '../../../../gateway/holds/answering-book.js';
import { StoredHolds } from '../../../../gateway/holds/stored-holds.js';
import { openStore, type Store } from '../../../../gateway/store/open-store.js';
import { codeOf } from '../../../support/code-of.js';
import { forgetHolds, holdCases } from '../../../support/hold-cases.js';
import { sharedHoldCases } from '../../../support/shared-hold-cases.js';
import { lendStore } from '../../../support/lent-databases.js';

describe('holds', () => {
  let store: Store;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(() => forgetHolds(store));

  holdCases(() => Promise.resolve(new StoredHolds(store, false)));
  describe('of several gateways', () => sharedHoldCases(() => new StoredHolds(store, true)));

  it('are forgotten a day after', async () => {
    const book = new StoredHolds(store, false);
    const hold = aHold();
    await book.add(hold, 10);
    await book.forget(2_000);
    expect(await book.find('h1')).to.deep.equal(hold);
    await book.forget(2_001);
    expect(await book.find('h1')).to.be.undefined;
    expect(await store.selectFrom('held_seats').selectAll().execute()).to.deep.equal([]);
  });

  it('are over where another has a seat of theirs, though the time taken before says otherwise', async () => {
    const book = new StoredHolds(store, false);
    await book.add({ ...aHold(), seats: ['floor:A:1', 'floor:A:2'] }, 10);
    expect(await book.extend('h1', 1_500, 1_000)).to.include({ expiresAtMs: 2_000 });
    const next = { hold: 'h2', id: 'an-id-of-the-next', createdAtMs: 2_000, expiresAtMs: 4_000, latestAtMs: 5_000 };
    expect((await book.add({ ...aHold(), ...next }, 10)).as).to.equal('new');
    expect(await book.extend('h1', 1_500, 1_999)).to.be.undefined;
    expect(await book.extend('h1', 3_000, 1_999)).to.be.undefined;
    expect(await book.find('h1')).to.include({ expiresAtMs: 2_000 });
  });

  it('say so where the store does not answer', async () => {
    const closed = await lendStore();
    await closed.destroy();
    const book = answering(new StoredHolds(closed, false));
    expect(await codeOf(book.heldOf('OrganizerMSP:e', 0))).to.equal('STORE_UNAVAILABLE');
    expect(await codeOf(book.add(aHold(), 10))).to.equal('STORE_UNAVAILABLE');
  });

  it('outlive a process that is killed as soon as it has made one', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'guichet-holds-'));
    const folder = new URL('../../../../gateway/', import.meta.url).href;
    const script = `
      const { openStore } = await import('${folder}store/open-store.js');
      const { StoredHolds } = await import('${folder}holds/stored-holds.js');
      const store = await openStore({ directory: process.env.STORE }, () => undefined);
      await new StoredHolds(store, false).add(JSON.parse(process.env.HOLD), 10);
      process.kill(process.pid, 'SIGKILL');`;
    const env = { ...process.env, STORE: join(directory, 'store'), HOLD: JSON.stringify(aHold()) };
    writeFileSync(join(directory, 'make.mjs'), script);
    const child = spawn(process.execPath, [join(directory, 'make.mjs')], { env, stdio: 'inherit' });
    const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
    expect(signal).to.equal('SIGKILL');
    const kept = await openStore({ directory: join(directory, 'store') }, () => undefined);
    expect(await new StoredHolds(kept, false).heldOf('OrganizerMSP:e', 1_999)).to.have.length(1);
    await kept.destroy();
    rmSync(directory, { recursive: true });
  });
});

const aHold = () => ({
  ...{ hold: 'h1', caller: 'key:k', id: 'an-id-of-it', asked: 'a', event: 'OrganizerMSP:e', allotment: 'a' },
  ...{ priceClass: 'standard', seats: ['floor:A:1'], sold: [], released: false },
  ...{ createdAtMs: 1_000, expiresAtMs: 2_000, latestAtMs: 3_000 },
});
