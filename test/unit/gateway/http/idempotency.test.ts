import { expect } from 'chai';
import { GatewayError } from '../../../../gateway/errors.js';
import { idempotencyKeyIn, IdempotencyKeys } from '../../../../gateway/http/idempotency.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { HeldSubmitter } from './a-held-submitter.js';
import { signListing, TICKET } from './a-resale.js';
import { aFan, anOpenEvent, EVENT, newAllotment, newEvent } from './a-scene.js';
import { MemoryNetwork } from './memory-network.js';
import { codeOf } from '../../../support/code-of.js';
import { until } from '../../../support/until.js';
import { OPERATOR, send } from './raw.js';

const KEY = '7d2f2f4e-8d5c-4a55-9d3b-5f3f6f0b8a11';

describe('Idempotency-Key', () => {
  let network: MemoryNetwork;
  let way: HeldSubmitter;
  let gateway: TestGateway;
  beforeEach(async () => {
    network = new MemoryNetwork();
    way = new HeldSubmitter(network.submitterOf('OrganizerMSP'));
    gateway = await aGateway({ network, submitter: way });
    await anOpenEvent(gateway);
  });
  afterEach(() => gateway.close());

  const post = (path: string, body: unknown, key: string, at = gateway) =>
    send(at, { method: 'POST', path, body: JSON.stringify(body), headers: { ...OPERATOR, 'Idempotency-Key': key } });
  const close = (key: string, body: unknown = {}, at = gateway) =>
    post(`/v1/events/${EVENT}/sales/close`, body, key, at);

  it('is the id under which the ledger remembers the command, bare and quoted', async () => {
    const first = await close(KEY);
    expect([first.status, first.body.id]).to.deep.equal([200, KEY]);
    const again = await close(`"${KEY}"`);
    expect(again.headers.get('idempotency-replayed')).to.equal('true');
    expect(again.body).to.deep.equal(first.body);
  });

  it('that is malformed is refused, naming the header', async () => {
    for (const key of [
      '',
      '""',
      'short',
      '"unended-key',
      'two-keys-1, two-keys-2',
      'a key with spaces',
      `"${KEY}";a=1`,
    ]) {
      const { status, body } = await close(key);
      expect([status, body.code, body.field], key).to.deep.equal([400, 'INVALID_FIELD', 'Idempotency-Key']);
    }
    expect(idempotencyKeyIn(undefined)).to.be.undefined;
  });

  it('may not differ from the id that the body has', async () => {
    const { status, body } = await close(KEY, { id: 'another-id' });
    expect([status, body.code, body.field]).to.deep.equal([422, 'IDEMPOTENCY_KEY_MISMATCH', 'id']);
    expect((await close(KEY, { id: KEY })).status).to.equal(200);
  });

  it('of a deletion is its id too', async () => {
    const [key] = (await gateway.anybody.organization('OrganizerMSP')).keys;
    const path = `/v1/organizations/OrganizerMSP/keys/${key!.kid}`;
    const remove = (key: string, query = '') =>
      send(gateway, { method: 'DELETE', path: `${path}${query}`, headers: { ...OPERATOR, 'Idempotency-Key': key } });
    expect((await remove(`${KEY}-2`)).body.id).to.equal(`${KEY}-2`);
    expect((await remove(`${KEY}-2`)).headers.get('idempotency-replayed')).to.equal('true');
    const { body } = await remove(`${KEY}-3`, '?id=another-id');
    expect([body.code, body.field]).to.deep.equal(['IDEMPOTENCY_KEY_MISMATCH', 'query.id']);
  });

  it('under way is 409, and the first is answered', async () => {
    way.hold();
    const first = close(KEY);
    await until(() => way.waiting === 1);
    const second = await close(KEY);
    expect([second.status, second.body.code]).to.deep.equal([409, 'IDEMPOTENCY_KEY_IN_USE']);
    expect(second.headers.get('retry-after')).to.equal('1');
    const other = await post(`/v1/events/${EVENT}/sales/reopen`, {}, KEY);
    expect(other.body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    way.release();
    expect((await first).status).to.equal(200);
  });

  it('with another body is 422, here and at a gateway that has never seen it', async () => {
    const path = '/v1/policies';
    const first = { policy: { transfer: 'allowed' } };
    expect((await post(path, first, KEY)).status).to.equal(201);
    const other = { policy: {} };
    const restarted = await aGateway({ network });
    try {
      for (const at of [gateway, restarted]) {
        const { status, body } = await post(path, other, KEY, at);
        expect([status, body.code, body.field]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED', 'Idempotency-Key']);
        const again = await post(path, first, KEY, at);
        expect([again.status, again.headers.get('idempotency-replayed')]).to.deep.equal([200, 'true']);
      }
    } finally {
      await restarted.close();
    }
  });

  it('of a refused command may be used for the corrected one', async () => {
    const path = `/v1/events/${EVENT}/allotments`;
    const allotment = newAllotment({ allotment: 'floor-b' });
    expect((await post(path, allotment, KEY)).body.code).to.equal('SEATS_ALREADY_ALLOTTED');
    const seats = { section: 'stand', rows: [['A', 1, 2] as const] };
    expect((await post(path, { ...allotment, seats }, KEY)).status).to.equal(201);
  });

  it('stays with its body where the outcome is not known', async () => {
    network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    expect((await close(KEY)).status).to.equal(504);
    expect((await post(`/v1/events/${EVENT}/sales/reopen`, {}, KEY)).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    expect((await close(KEY)).status).to.equal(200);
  });

  it('beside an id that must be given leaves that as it is', async () => {
    const path = `/v1/markets/${EVENT}:m1/orders`;
    const order = { id: 'the-order-s-own-id', sealed: 'A'.repeat(700) };
    // There is no such market: what matters is that neither is refused for its key, and that both are refused alike.
    const [kept, bare] = [await post(path, order, KEY), await post(path, order, order.id)];
    expect([kept.body.code, kept.body.field]).to.deep.equal([bare.body.code, bare.body.field]);
    expect(kept.body.code).not.to.match(/^IDEMPOTENCY/);
  });

  it('of many gives each an id of its own', async () => {
    const row = (name: string, number: number) =>
      newAllotment({ allotment: name, seats: { section: 'stand', rows: [['A', number, number]] } });
    const path = `/v1/events/${EVENT}/allotments`;
    const many = [row('one', 1), { ...row('two', 2), id: 'my-own-id' }];
    const { body } = await post(path, many, KEY);
    const ids = (body.outcomes as { receipt: { id: string } }[]).map(({ receipt }) => receipt.id);
    expect(ids).to.deep.equal([`${KEY}.0`, 'my-own-id']);
  });

  it('beside a statement leaves the statement its own id, and is held against other bodies', async () => {
    const fan = aFan();
    const request = fan.request({ seats: ['floor:A:1'] });
    const sold = await post('/v1/sales', { request }, KEY);
    expect(sold.status).to.equal(201);
    expect(sold.body.id).not.to.equal(KEY);
    expect((await post('/v1/sales', { request }, KEY)).headers.get('idempotency-replayed')).to.equal('true');
    expect((await post('/v1/sales', { request: fan.request() }, KEY)).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
  });

  it("is another one for another caller, who can't take it away", async () => {
    const transfer = { transfer: 'x', acceptance: 'y' };
    expect((await close(KEY)).status).to.equal(200);
    const anonymous = await send(gateway, {
      method: 'POST',
      path: '/v1/transfers',
      body: JSON.stringify(transfer),
      headers: { 'Idempotency-Key': KEY },
    });
    expect(anonymous.body.code).to.equal('MALFORMED_STATEMENT');
  });

  describe('of what is worked out from the ledger', () => {
    const settle = (ticket: string, key: string, at = gateway) => post('/v1/settlements', { ticket }, key, at);
    const expire = (ticket: string, key: string, at = gateway) => post('/v1/expiries', { ticket }, key, at);

    it('finds the first receipt of a settlement, also after a restart', async () => {
      const fan = aFan();
      await gateway.operator.sell({ request: fan.request({ seats: ['floor:A:1', 'floor:A:2'] }) });
      await gateway.operator.changeEvent(EVENT, { change: 0, action: 'cancel' });
      const first = await settle(TICKET, KEY);
      expect([first.status, first.body.id]).to.deep.equal([201, KEY]);
      const restarted = await aGateway({ network });
      try {
        for (const at of [gateway, restarted]) {
          const again = await settle(TICKET, KEY, at);
          expect([again.status, again.headers.get('idempotency-replayed')]).to.deep.equal([200, 'true']);
          expect(again.body).to.deep.equal(first.body);
          const other = await settle(`${EVENT}:floor:A:2`, KEY, at);
          expect([other.status, other.body.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED']);
        }
      } finally {
        await restarted.close();
      }
    });

    it('finds the first receipt of an expiry', async () => {
      const fan = aFan();
      await gateway.operator.sell({ request: fan.request({ seats: ['floor:A:1'] }) });
      const exp = Date.parse(network.now) / 1000 + 60;
      await gateway.operator.createListing(signListing({ ticket: TICKET }, fan, { exp }));
      network.now = new Date((exp + 1) * 1000).toISOString();
      const first = await expire(TICKET, KEY);
      expect([first.status, first.body.id]).to.deep.equal([201, KEY]);
      const again = await expire(TICKET, KEY);
      expect([again.status, again.headers.get('idempotency-replayed')]).to.deep.equal([200, 'true']);
      expect(again.body).to.deep.equal(first.body);
    });
  });

  it('remembers so many and no more, the newest', async () => {
    const keys = new IdempotencyKeys(2);
    const run = (key: string, asked: number) =>
      codeOf(keys.guard({ key, caller: '', operation: 'closeSales', asked }, () => Promise.resolve()));
    for (const key of ['key-0001', 'key-0002', 'key-0003']) await run(key, 1);
    expect(await run('key-0003', 2)).to.equal('IDEMPOTENCY_KEY_REUSED');
    expect(await run('key-0002', 2)).to.equal('IDEMPOTENCY_KEY_REUSED');
    expect(await run('key-0001', 2)).to.equal('accepted');
  });

  it('has its first answer kept where the ledger does not hear of the write, unless that knows it again by itself', () => {
    const keeping = OPERATIONS.filter(({ keepsAnswer }) => keepsAnswer).map(({ id }) => id);
    expect(keeping).to.have.members([
      ...['createWebhook', 'changeWebhook', 'removeWebhook', 'replayWebhook', 'createApiKey', 'revokeApiKey'],
      ...['beginHandshake', 'createAttestation', 'extendHold', 'releaseHold', 'rotateApiKey', 'rotateWebhookSecret'],
    ]);
    const beside = OPERATIONS.filter(({ method, submits }) => method !== 'GET' && !submits).map(({ id }) => id);
    expect(beside).to.have.members([...keeping, 'createHold']);
  });

  it('may be sent with every write', async () => {
    const document = (await send(gateway, { path: '/v1/openapi.json' })).body as {
      paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>;
    };
    const taking = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ parameters }) => parameters.some((each) => each.in === 'header' && each.name === 'Idempotency-Key'))
      .map(({ operationId }) => operationId);
    expect(taking).to.have.members(OPERATIONS.filter(({ method }) => method !== 'GET').map(({ id }) => id));
    expect((await post('/v1/events', newEvent({ event: 'OrganizerMSP:other' }), KEY)).body.id).to.equal(KEY);
  });
});
