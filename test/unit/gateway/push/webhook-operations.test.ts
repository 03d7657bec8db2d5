import { expect } from 'chai';
import { PER_SHELF } from '../../../../gateway/answers/kept-answers.js';
import { slotOf } from '../../../../gateway/answers/slot.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { EventChain } from '../../../support/event-chain.js';
import { aGateway, STORE_KEY, type TestGateway } from '../http/a-gateway.js';
import { aPush } from '../http/a-push.js';
import { OPERATOR, send } from '../http/raw.js';
import { sameByAnyPages } from '../http/walk.js';
import { aDesk, type Desk } from './a-webhook-scene.js';
import { lendStore } from '../../../support/lent-databases.js';

const URL_OF_IT = 'http://127.0.0.1:9/hook?their=secret';

describe('webhook operations', () => {
  let db: Store;
  let desk: Desk;
  let gateway: TestGateway;
  before(async () => {
    db = await lendStore();
    const chain = new EventChain();
    chain.add([]);
    desk = aDesk({ db, chain });
    gateway = await aGateway({ store: db, push: aPush({ chain, webhooks: desk.desk }) });
  });
  after(async () => {
    await gateway.close();
    await desk.close();
    await db.destroy();
  });
  beforeEach(() => db.deleteFrom('webhooks').execute());

  const ask = (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = OPERATOR) =>
    send(gateway, {
      method,
      path: `/v1/webhooks${path}`,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const create = async (): Promise<string> => String((await ask('POST', '', { url: URL_OF_IT })).body.id);

  it('create one and show its secret then and never again', async () => {
    const wanted = { url: URL_OF_IT, types: ['ticket.sold'], maxEvents: 10 };
    const headers = { ...OPERATOR, 'Idempotency-Key': 'my-own-webhook' };
    const first = await ask('POST', '', wanted, headers);
    expect([first.status, first.body.id, first.body.position]).to.deep.equal([201, 'my-own-webhook', '0']);
    expect(first.body.secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const again = await ask('POST', '', wanted, headers);
    expect([again.status, again.headers.get('Idempotency-Replayed')]).to.deep.equal([201, 'true']);
    expect(again.body).to.deep.equal(first.body);
    const named = await ask('POST', '', { ...wanted, id: 'my-own-webhook' });
    expect(named.status).to.equal(200);
    const read = await ask('GET', '/my-own-webhook');
    for (const { body } of [named, read])
      expect(body).to.include({ url: URL_OF_IT, state: 'active' }).and.not.to.have.property('secret');
    expect(gateway.log.join('')).not.to.include('their=secret');
  });

  it('list, change, rotate, replay and remove it', async () => {
    const id = await create();
    expect((await ask('GET', '')).body.webhooks).to.have.length(1);
    const changed = await gateway.operator.api.patch('/v1/webhooks/{webhook}', {
      path: { webhook: id },
      body: { types: ['event.cancelled'], state: 'paused' },
    });
    expect(changed.body).to.deep.include({ types: ['event.cancelled'], state: 'paused' });
    const all = await ask('PATCH', `/${id}`, { types: null, state: 'active' });
    expect(all.body).not.to.have.property('types');
    const rotated = await ask('POST', `/${id}/rotate`, { overlapSeconds: 3_600 });
    expect(rotated.body).to.have.keys(
      ...['id', 'url', 'maxEvents', 'state', 'position', 'failures', 'createdAt', 'previousSecretUntil', 'secret'],
    );
    expect((await ask('POST', `/${id}/replay`, { from: 0 })).body).not.to.have.property('position');
    expect((await ask('GET', `/${id}/deliveries`)).body).to.deep.equal({ deliveries: [] });
    expect((await ask('DELETE', `/${id}`)).body).to.deep.equal({ id });
    for (const [method, path, body] of [
      ['GET', ''],
      ['DELETE', ''],
      ['PATCH', '', {}],
      ['POST', '/rotate', {}],
      ['POST', '/replay', { from: 0 }],
      ['GET', '/deliveries'],
    ] as const) {
      const gone = await ask(method, `/${id}${path}`, body);
      expect([gone.status, gone.body.code], `${method} ${path}`).to.deep.equal([404, 'UNKNOWN_WEBHOOK']);
    }
  });

  it('make one secret of one rotation, however often it is sent', async () => {
    const id = await create();
    const headers = { ...OPERATOR, 'Idempotency-Key': 'rotate-it-once' };
    const first = await ask('POST', `/${id}/rotate`, {}, headers);
    const again = await ask('POST', `/${id}/rotate`, {}, headers);
    expect([again.status, again.body]).to.deep.equal([200, first.body]);
    const other = await ask('POST', `/${id}/rotate`, {});
    expect(other.body.secret).not.to.equal(first.body.secret);
  });

  it('do under one Idempotency-Key what they do once, and give the first answer again', async () => {
    const id = await create();
    const twice = async (method: string, path: string, body?: unknown, between = () => Promise.resolve<unknown>(0)) => {
      const headers = { ...OPERATOR, 'Idempotency-Key': `${method}-${path}-once`.replaceAll('/', '.') };
      const first = await ask(method, `/${id}${path}`, body, headers);
      await between();
      const again = await ask(method, `/${id}${path}`, body, headers);
      expect([first.status, again.status, again.headers.get('Idempotency-Replayed')]).to.deep.equal([200, 200, 'true']);
      expect(again.body).to.deep.equal(first.body);
    };
    await twice('POST', '/replay', { from: 0 }, () => ask('POST', `/${id}/replay`, { from: 7 }));
    expect((await ask('GET', `/${id}`)).body.position).to.equal('6');
    await twice('PATCH', '', { state: 'paused' }, () => ask('PATCH', `/${id}`, { state: 'active' }));
    expect((await ask('GET', `/${id}`)).body.state).to.equal('active');
    await twice('DELETE', '');
  });

  it('say that their caller has too many answers kept, to whom those that he has are given all the same', async () => {
    const [key, wanted] = ['the-last-of-many', { url: URL_OF_IT }];
    const headers = { ...OPERATOR, 'Idempotency-Key': key };
    const { shelf } = slotOf(STORE_KEY, { key, caller: 'operator:operator', operation: '', asked: '' });
    const expires_at = gateway.services.nowMs() + 60 * 60_000;
    const others = Array.from({ length: PER_SHELF }, (_, at) => ({
      ...{ name: `other-${at}`, asks: '', holder: '', lease_until: 0, answer: null, expires_at, shelf },
    }));
    await db.insertInto('kept_answers').values(others).execute();
    const refused = await ask('POST', '', wanted, headers);
    expect([refused.status, refused.body.code, refused.body.field, refused.headers.get('Retry-After')]).to.deep.equal([
      ...[429, 'IDEMPOTENCY_LIMIT_REACHED', 'Idempotency-Key', '3600'],
    ]);
    expect((await ask('GET', '')).body.webhooks).to.deep.equal([]);
    expect((await ask('POST', '', wanted)).status).to.equal(201);
    await db.deleteFrom('kept_answers').where('name', '=', 'other-0').execute();
    const first = await ask('POST', '', wanted, headers);
    const again = await ask('POST', '', wanted, headers);
    expect([first.status, again.status, again.headers.get('Idempotency-Replayed')]).to.deep.equal([201, 201, 'true']);
  });

  it('refuse targets that are not allowed, at creation and at a change', async () => {
    const id = await create();
    for (const url of [
      'https://10.0.0.1/',
      'https://169.254.169.254/latest/meta-data',
      'http://93.184.216.34/',
      'https://user:x@example.com/',
    ])
      for (const answer of [await ask('POST', '', { url }), await ask('PATCH', `/${id}`, { url })])
        expect([answer.status, answer.body.code, answer.body.field], url).to.deep.equal([
          422,
          'TARGET_NOT_ALLOWED',
          'url',
        ]);
  });

  it('list each webhook and each delivery once, whatever the size of pages', async () => {
    const ids = await Promise.all([create(), create(), create(), create()]);
    const [webhook] = ids;
    const attempt = { webhook, message: 'm', events: 1, at_ms: 0, duration_ms: 0, status: 200, error: null };
    const numbers = [1, 2, 3, 4, 5];
    await db
      .insertInto('webhook_deliveries')
      .values(numbers.map((number) => ({ ...attempt, number })))
      .execute();
    const list = (path: string, member: string) =>
      sameByAnyPages({ path, member, ask: (target) => send(gateway, { path: target, headers: OPERATOR }) });
    expect((await list('/v1/webhooks', 'webhooks')).map(({ id }) => id)).to.deep.equal(ids.toSorted());
    const deliveries = await list(`/v1/webhooks/${webhook}/deliveries`, 'deliveries');
    expect(deliveries.map(({ number }) => number)).to.deep.equal(numbers.toReversed());
  });

  it('name the member that is wrong', async () => {
    for (const [body, field] of [
      [{ url: 'ftp://example.com/' }, 'url'],
      [{ url: URL_OF_IT, types: [] }, 'types'],
      [{ url: URL_OF_IT, types: ['no.such'] }, 'types[0]'],
      [{ url: URL_OF_IT, maxEvents: 101 }, 'maxEvents'],
      [{ url: URL_OF_IT, from: -1 }, 'from'],
      [{ url: URL_OF_IT, event: 'x' }, 'event'],
    ] as const) {
      const answer = await ask('POST', '', body);
      expect([answer.status, answer.body.field]).to.deep.equal([400, field]);
    }
  });

  it('make no more than so many', async () => {
    for (let count = 0; count < 50; count += 1) await create();
    const { status, body } = await ask('POST', '', { url: URL_OF_IT });
    expect([status, body.code]).to.deep.equal([409, 'TOO_MANY_WEBHOOKS']);
  });
});
