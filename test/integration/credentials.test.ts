/** API keys of gateways that share a PostgreSQL server. */
import { expect } from 'chai';
import { ApiKeys } from '../../gateway/auth/api-keys.js';
import { KeyBook, LOOK_MS } from '../../gateway/auth/key-book.js';
import { SignedRequests } from '../../gateway/auth/signed-requests.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import { openStore, type Store } from '../../gateway/store/open-store.js';
import { codeOf } from '../support/code-of.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { until } from '../support/until.js';

describe('credentials on PostgreSQL', () => {
  let server: PostgresServer;
  let stores: readonly [Store, Store];
  let books: readonly [KeyBook, KeyBook];
  before(async () => {
    server = await startPostgres();
    const open = () => openStore({ url: server.url }, () => undefined);
    // Both at once: the second waits while the first makes the tables.
    stores = await Promise.all([open(), open()]);
    const bookOf = (store: Store) => new KeyBook({ store, clock: systemClock, report: () => undefined });
    books = [bookOf(stores[0]), bookOf(stores[1])];
    await Promise.all(books.map((book) => book.start()));
  });
  after(async () => {
    await Promise.all(books.map((book) => book.close()));
    await Promise.all(stores.map((store) => store.destroy()));
    await server.stop();
  });

  const nowMs = () => Date.now();

  it('are made at one gateway and hold at the other, until they are revoked', async () => {
    const keys = new ApiKeys({ store: stores[0], book: books[0], nowMs });
    const { key, secret } = await keys.create({ name: 'app', scopes: ['sales'], expiresAt: nowMs() + 3_600_000 });
    expect((await books[1].verify(secret))?.caller).to.deep.equal({ kind: 'key', id: key.id });
    await keys.revoke(key.id);
    const revokedAt = performance.now();
    expect(await codeOf(books[0].verify(secret))).to.equal('UNAUTHENTICATED');
    await until(async () => (await codeOf(books[1].verify(secret))) === 'UNAUTHENTICATED');
    expect(performance.now() - revokedAt).to.be.below(5 * LOOK_MS);
  });

  it('lose no change of many at once', async () => {
    const keys = books.map((book, at) => new ApiKeys({ store: stores[at]!, book, nowMs }));
    const create = (at: number) =>
      keys[at % 2]!.create({ name: `app ${at}`, scopes: ['door'], expiresAt: nowMs() + 3_600_000 });
    const made = await Promise.all(Array.from({ length: 20 }, (_, at) => create(at)));
    for (const book of books)
      for (const { secret } of made) expect((await book.verify(secret))?.caller.kind).to.equal('key');
  });

  it('take a signed request at one of two gateways', async () => {
    const request = { kid: 'k'.repeat(43), jti: 'the-same-request', iat: Math.floor(nowMs() / 1000) };
    const codes = await Promise.all(stores.map((store) => codeOf(new SignedRequests({ store, nowMs }).take(request))));
    expect(codes.sort()).to.deep.equal(['SIGNATURE_REPLAYED', 'accepted']);
  });
});
