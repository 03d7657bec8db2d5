import { expect } from 'chai';
import { KeyBook, BELIEVED_MS, LOOK_MS, READ_MS } from '../../../../gateway/auth/key-book.js';
import { ApiKeys } from '../../../../gateway/auth/api-keys.js';
import type { Clock } from '../../../../gateway/fabric/clock.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { until } from '../../../support/until.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { OPERATOR, send } from '../http/raw.js';
import { lendStore } from '../../../support/lent-databases.js';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2027-03-01T12:00:00Z');

/** Stands until it is moved. */
class StandingClock implements Clock {
  #now = START_MS;
  #due: { at: number; run: () => void }[] = [];
  now = () => this.#now;
  after(ms: number, run: () => void) {
    const entry = { at: this.#now + ms, run };
    this.#due.push(entry);
    return () => void (this.#due = this.#due.filter((each) => each !== entry));
  }
  move(ms: number) {
    this.#now += ms;
    const due = this.#due.filter(({ at }) => at <= this.#now);
    this.#due = this.#due.filter(({ at }) => at > this.#now);
    for (const { run } of due) run();
  }
  /** Looks to come, not the deadlines of those under way. */
  get waiting() {
    return this.#due.filter(({ at }) => at - this.#now <= LOOK_MS).length;
  }
}

/** A store of which each use is asked for. */
const through = (use: () => Store): Store =>
  ({
    selectFrom: (table: 'api_keys') => use().selectFrom(table),
    updateTable: (table: 'api_keys') => use().updateTable(table),
  }) as unknown as Store;

describe('API keys', () => {
  let store: Store;
  let clock: StandingClock;
  let gateway: TestGateway;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(async () => {
    await store.deleteFrom('api_keys').execute();
    clock = new StandingClock();
    gateway = await aGateway({ store, auth: { clock } });
  });
  afterEach(() => gateway.close());

  interface Issued {
    readonly apiKey: string;
    readonly secret: string;
    readonly secrets: readonly object[];
  }
  const post = async (path: string, body: object, headers: Readonly<Record<string, string>> = OPERATOR) => {
    const answer = await send(gateway, { method: 'POST', path, body: JSON.stringify(body), headers });
    return { ...answer, issued: answer.body as unknown as Issued };
  };
  const make = async (scopes: readonly string[] = ['admin'], more: object = {}) =>
    (await post('/v1/api-keys', { name: 'Box office', scopes, ...more })).issued;
  const by = (secret: string) => ({ Authorization: `Bearer ${secret}` });
  const statusBy = async (secret: string) => {
    const { status, body } = await send(gateway, { path: '/v1/api-keys', headers: by(secret) });
    return status === 200 ? 'holds' : (body.details as { reason?: string }).reason;
  };

  it('shows a secret once, and holds it as a digest', async () => {
    const { status, issued } = await post('/v1/api-keys', { name: 'Box office', scopes: ['sales', 'door'] });
    expect(status).to.equal(201);
    expect(issued.secret).to.match(new RegExp(`^gk_${issued.apiKey}_[0-9a-f]{64}$`));
    const { body } = await send(gateway, { path: `/v1/api-keys/${issued.apiKey}`, headers: OPERATOR });
    expect(body).to.deep.equal({
      ...{ apiKey: issued.apiKey, name: 'Box office', scopes: ['sales', 'door'], secrets: [{}] },
      ...{ createdAt: '2027-03-01T12:00:00Z', expiresAt: '2028-02-29T12:00:00Z' },
    });
  });

  it('is not made twice under one Idempotency-Key', async () => {
    const headers = { ...OPERATOR, 'Idempotency-Key': 'make-it-once' };
    const first = await post('/v1/api-keys', { name: 'a', scopes: ['sales'] }, headers);
    const again = await post('/v1/api-keys', { name: 'a', scopes: ['sales'] }, headers);
    expect([first.status, again.status, again.headers.get('Idempotency-Replayed')]).to.deep.equal([201, 201, 'true']);
    expect(again.body).to.deep.equal(first.body);
    const { apiKeys } = (await send(gateway, { path: '/v1/api-keys', headers: OPERATOR })).body;
    expect(apiKeys).to.have.length(1);
    const other = await post('/v1/api-keys', { name: 'b', scopes: ['sales'] }, headers);
    expect([other.status, other.body.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('is each caller’s own under the same Idempotency-Key', async () => {
    const { secret } = await make();
    const body = { name: 'a', scopes: ['sales'] };
    const key = { 'Idempotency-Key': 'one-for-each-of-us' };
    const mine = await post('/v1/api-keys', body, { ...OPERATOR, ...key });
    const theirs = await post('/v1/api-keys', body, { ...by(secret), ...key });
    expect([mine.status, theirs.status]).to.deep.equal([201, 201]);
    expect(theirs.issued.apiKey).not.to.equal(mine.issued.apiKey);
    // What only a crash leads to: the first answer is not there any more.
    await store.deleteFrom('kept_answers').execute();
    const again = await post('/v1/api-keys', body, { ...OPERATOR, ...key });
    expect([again.status, again.body.code]).to.deep.equal([409, 'API_KEY_EXISTS']);
    expect(again.body.details).to.include({ apiKey: mine.issued.apiKey });
  });

  it('tells which member is at fault', async () => {
    const of = async (body: object) => (await post('/v1/api-keys', body)).body.field;
    expect(await of({ name: 'a', scopes: ['everything'] })).to.equal('scopes[0]');
    expect(await of({ name: 'a', scopes: ['sales', 'sales'] })).to.equal('scopes');
    expect(await of({ name: '', scopes: ['sales'] })).to.equal('name');
    expect(await of({ name: 'a', scopes: ['sales'], expiresAt: '2027-03-01T12:00:00Z' })).to.equal('expiresAt');
  });

  it('holds until it expires', async () => {
    const { secret } = await make(['admin'], { expiresAt: '2027-03-01T13:00:00Z' });
    expect(await statusBy(secret)).to.equal('holds');
    clock.move(HOUR_MS - 1);
    expect(await statusBy(secret)).to.equal('holds');
    clock.move(1);
    expect(await statusBy(secret)).to.equal('has expired');
  });

  it('is refused from the answer to its revocation on', async () => {
    const { secret, apiKey } = await make();
    const { status } = await send(gateway, { method: 'DELETE', path: `/v1/api-keys/${apiKey}`, headers: OPERATOR });
    expect([status, await statusBy(secret)]).to.deep.equal([200, 'was revoked']);
    const again = await send(gateway, { method: 'DELETE', path: `/v1/api-keys/${apiKey}`, headers: OPERATOR });
    expect([again.status, again.body.revokedAt]).to.deep.equal([200, '2027-03-01T12:00:00Z']);
    expect((await post(`/v1/api-keys/${apiKey}/rotate`, {})).body.code).to.equal('API_KEY_ENDED');
  });

  it('has two secrets while it is rotated', async () => {
    const { secret: first, apiKey } = await make();
    const { issued } = await post(`/v1/api-keys/${apiKey}/rotate`, { overlapSeconds: 60 });
    expect(issued.secrets).to.deep.equal([{}, { until: '2027-03-01T12:01:00Z' }]);
    expect([await statusBy(first), await statusBy(issued.secret)]).to.deep.equal(['holds', 'holds']);
    clock.move(60_000);
    expect([await statusBy(first), await statusBy(issued.secret)]).to.deep.equal(['was rotated', 'holds']);
  });

  it('does not lose the secret in use when a rotation is asked for twice', async () => {
    const { secret: first, apiKey } = await make();
    await post(`/v1/api-keys/${apiKey}/rotate`, { overlapSeconds: 60 });
    await post(`/v1/api-keys/${apiKey}/rotate`, { overlapSeconds: 3_600 });
    expect(await statusBy(first)).to.equal('holds');
    clock.move(60_000);
    expect(await statusBy(first)).to.equal('was rotated');
  });

  it('makes one secret, and keeps the one in use, when one rotation is sent again and again', async () => {
    const { secret: first, apiKey } = await make();
    const headers = { ...OPERATOR, 'Idempotency-Key': 'rotate-it-once' };
    const rotate = async () => (await post(`/v1/api-keys/${apiKey}/rotate`, { overlapSeconds: 60 }, headers)).issued;
    const missed = await rotate();
    for (let times = 0; times < 4; times += 1) await rotate();
    const { secret, secrets } = await rotate();
    expect(secrets).to.deep.equal([{}, { until: '2027-03-01T12:01:00Z' }]);
    expect(secret).to.equal(missed.secret);
    expect(await Promise.all([first, secret].map(statusBy))).to.deep.equal(['holds', 'holds']);
  });

  it('is not rotated while all its secrets may be in use', async () => {
    const { secret: first, apiKey } = await make();
    const rotate = (overlapSeconds: number) => post(`/v1/api-keys/${apiKey}/rotate`, { overlapSeconds });
    for (let times = 0; times < 3; times += 1) expect((await rotate(60)).status).to.equal(200);
    expect((await rotate(60)).body).to.deep.include({ status: 409, code: 'TOO_MANY_API_KEYS', field: 'apiKey' });
    expect(await statusBy(first)).to.equal('holds');
    expect((await rotate(0)).issued.secrets).to.deep.equal([{}]);
  });

  it('says the same of an unknown key and of a wrong secret', async () => {
    const { apiKey } = await make();
    expect(await statusBy(`gk_${apiKey}_${'0'.repeat(64)}`)).to.equal('is not known');
    expect(await statusBy(`gk_${'f'.repeat(16)}_${'0'.repeat(64)}`)).to.equal('is not known');
  });

  it('notes the hour of its last use, not each', async () => {
    const { secret, apiKey } = await make();
    clock.move(HOUR_MS + 5 * 60_000);
    await statusBy(secret);
    const { body } = await send(gateway, { path: `/v1/api-keys/${apiKey}`, headers: OPERATOR });
    expect(body.lastUsedAt).to.equal('2027-03-01T13:00:00Z');
  });

  it('lists keys page by page', async () => {
    for (let made = 0; made < 3; made += 1) await make(['sales']);
    const page = async (query: string) =>
      (await send(gateway, { path: `/v1/api-keys?${query}`, headers: OPERATOR })).body;
    const first = await page('limit=2');
    const second = await page(`limit=2&after=${String(first.next)}`);
    expect([first.apiKeys, second.apiKeys].map((keys) => (keys as object[]).length)).to.deep.equal([2, 1]);
    expect(second).not.to.have.property('next');
  });

  describe('at another gateway on the same store', () => {
    let elsewhere: KeyBook;
    beforeEach(async () => {
      elsewhere = new KeyBook({ store, clock, report: () => undefined });
      await elsewhere.start();
    });
    afterEach(() => elsewhere.close());

    const verify = async (secret: string) =>
      elsewhere.verify(secret).then(
        () => 'holds',
        (error: unknown) => (error as { details: { reason: string } }).details.reason,
      );

    it('counts at once when it is new', async () => {
      const { secret } = await make();
      expect(await verify(secret)).to.equal('holds');
    });

    it('is refused within seconds of its revocation', async () => {
      const { secret, apiKey } = await make();
      expect(await verify(secret)).to.equal('holds');
      await gateway.services.apiKeys.revoke(apiKey);
      await until(() => clock.waiting > 0);
      clock.move(LOOK_MS);
      await until(() => clock.waiting > 0);
      expect(await verify(secret)).to.equal('was revoked');
    });

    it('is verified without a query', async () => {
      const { secret } = await make();
      await verify(secret);
      let queries = 0;
      const counting = through(() => {
        queries += 1;
        return store;
      });
      const book = new KeyBook({ store: counting, clock, report: () => undefined });
      await book.start();
      const before = queries;
      for (let request = 0; request < 100; request += 1) await book.verify(secret);
      expect(queries).to.equal(before);
      await book.close();
    });

    it('is not believed when the store can not be read for long', async () => {
      const { secret } = await make();
      await verify(secret);
      const told: string[] = [];
      let isDown = false;
      const failing = through(() => (isDown ? expect.fail('no connection') : store));
      const book = new KeyBook({ store: failing, clock, report: (level) => void told.push(level) });
      await book.start();
      isDown = true;
      clock.move(BELIEVED_MS);
      await until(() => told.length > 0);
      expect((await book.verify(secret))?.caller.kind).to.equal('key');
      clock.move(1);
      const code = await book.verify(secret).catch((error: unknown) => (error as { code: string }).code);
      expect([code, told]).to.deep.equal(['CREDENTIALS_UNAVAILABLE', ['alarm']]);
      isDown = false;
      expect((await book.verify(secret))?.caller.kind).to.equal('key');
      await book.close();
    });
  });

  it('are refused in time, and let go, where the store falls silent', async () => {
    const { secret } = await make();
    const silent = { execute: () => new Promise(() => undefined), executeTakeFirstOrThrow: () => new Promise(() => 0) };
    const query = { ...silent, select: () => silent, selectAll: () => silent };
    let isSilent = false;
    const falling = through(() => (isSilent ? ({ selectFrom: () => query } as unknown as Store) : store));
    const book = new KeyBook({ store: falling, clock, report: () => undefined });
    await book.start();
    isSilent = true;
    const asked = book.verify(secret.replace(/^gk_.{16}/, `gk_${'e'.repeat(16)}`));
    const code = asked.catch((error: unknown) => (error as { code: string }).code);
    clock.move(READ_MS);
    expect(await code).to.equal('CREDENTIALS_UNAVAILABLE');
    void book.refresh().catch(() => undefined);
    let isClosed = false;
    void book.close().then(() => (isClosed = true));
    await until(() => {
      clock.move(READ_MS);
      return isClosed;
    });
  });

  it('has a bound', async () => {
    const book = new KeyBook({ store, clock, report: () => undefined });
    const keys = new ApiKeys({ store, book, nowMs: clock.now });
    const row = (id: number) => ({
      ...{ id: id.toString(16).padStart(16, '0'), name: 'x', scopes: 'sales', secrets: '[]' },
      ...{ created_at: 0, expires_at: clock.now() + 1, revoked_at: null, last_used_at: null },
    });
    await store
      .insertInto('api_keys')
      .values(Array.from({ length: 1_000 }, (_, id) => row(id)))
      .execute();
    const create = () => keys.create({ name: 'one too many', scopes: ['sales'], expiresAt: clock.now() + HOUR_MS });
    expect(await create().catch((error: unknown) => (error as { code: string }).code)).to.equal('TOO_MANY_API_KEYS');
    clock.move(31 * 24 * HOUR_MS);
    expect((await create()).key.name).to.equal('one too many');
  });
});
