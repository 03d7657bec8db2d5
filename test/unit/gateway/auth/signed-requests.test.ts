/** Requests that holders and gate devices sign, and what a holder reads of himself. */
import { expect } from 'chai';
import { AHEAD_S, WINDOW_S } from '../../../../gateway/auth/request-proof.js';
import { SignedRequests } from '../../../../gateway/auth/signed-requests.js';
import { proveRequest, type SignedRequestOptions } from '../../../../gateway/client/request-proof.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { asCaller } from '../../../../gateway/http/caller.js';
import { inCallersName } from '../../../../gateway/http/callers-name.js';
import { Callers } from '../../../../gateway/http/middleware/authorise.js';
import { ReadModel } from '../../../../gateway/projection/read-model.js';
import { generateSigningKey, type SigningKey } from '../../../../gateway/signer/sign-statement.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { LinkedChain } from '../../../support/linked-chain.js';
import { record } from '../../../support/read-model.js';
import { aSale, CHANNEL } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import { onSale, type Scene } from '../../../support/world.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { OPERATOR, send } from '../http/raw.js';
import { sameByAnyPages } from '../http/walk.js';
import { lendStore, lendTables } from '../../../support/lent-databases.js';

const ME = '/v1/holders/me';

describe('signed requests', function () {
  this.timeout(240_000);
  let scene: Scene;
  let chain: LinkedChain;
  let readModel: ReadModel;
  let store: Store;
  let gateway: TestGateway;
  let holder: SigningKey;
  before(async () => {
    scene = onSale({ name: 'Opening night' });
    chain = LinkedChain.of(scene.ledger);
    store = await lendStore();
    readModel = new ReadModel({
      ...{ open: lendTables, blocks: chain },
      ...{ channel: CHANNEL, chaincode: 'guichet', clock: systemClock, random: () => 0, report: () => undefined },
    });
    readModel.start();
    gateway = await aGateway({ readModel, store });
    holder = generateSigningKey();
    const sell = (seats: readonly string[], key?: SigningKey) =>
      record(chain, scene.ledger, aSale(scene.floor, { seats, ...(key && { buyer: key }) }).command, {
        caller: 'ResellerMSP',
      });
    sell(['floor:A:1', 'floor:A:2'], holder);
    sell(['floor:A:3']);
    await until(() => readModel.height > 2);
  });
  after(async () => {
    await gateway.close();
    await readModel.close();
    await store.destroy();
  });

  const nowMs =
    (offsetMs = 0) =>
    () =>
      gateway.services.nowMs() + offsetMs;
  const prove = (
    target: string,
    options: Partial<SignedRequestOptions> = {},
    method: 'GET' | 'POST' = 'GET',
    body?: string,
  ) => proveRequest({ key: holder, aud: 'OrganizerMSP', nowMs: nowMs(), ...options }, { method, target, body });
  const ask = async (path: string, proof: string) => {
    const { status, body } = await send(gateway, { path, headers: { 'Guichet-Proof': proof } });
    return { status, body, told: [body.code, body.field] };
  };

  it('show a holder his own tickets and nobody else’s', async () => {
    const { body } = await ask(`${ME}/tickets?limit=1`, prove(`${ME}/tickets?limit=1`));
    const { event } = scene.event;
    const ticket = (place: string) => ({ event, ticket: `${event}:${place}`, state: 'sold', issue: 1, change: 0 });
    expect(body.holder).to.equal(holder.kid);
    expect(body.tickets).to.have.length(1);
    expect((body.tickets as object[])[0]).to.include(ticket('floor:A:1'));
    const next = `${ME}/tickets?limit=1&after=${String(body.next)}`;
    const second = await ask(next, prove(next));
    expect((second.body.tickets as object[])[0]).to.include(ticket('floor:A:2'));
    expect(second.body).not.to.have.property('next');
    const asHolder = (path: string) => send(gateway, { path, headers: { 'Guichet-Proof': prove(path) } });
    const all = await sameByAnyPages({ path: `${ME}/tickets`, member: 'tickets', ask: asHolder });
    expect(all.map((each) => each.ticket)).to.deep.equal(
      ['floor:A:1', 'floor:A:2'].map((place) => `${event}:${place}`),
    );
  });

  it('show a holder what he has at each event', async () => {
    const { body } = await ask(ME, prove(ME));
    expect(body.accounts).to.have.length(1);
    expect((body.accounts as object[])[0]).to.include({
      event: scene.event.event,
      name: 'Opening night',
      held: 2,
      boughtPrimary: 2,
    });
    expect((await ask(ME, prove(ME, { key: generateSigningKey() }))).body.accounts).to.deep.equal([]);
  });

  it('are answered so that no proxy keeps it, as is all that is not for everybody', async () => {
    const kept = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
      const answer = await send(gateway, { path, headers });
      return [answer.status, answer.headers.get('Cache-Control')];
    };
    const signed = (path: string) => ({ 'Guichet-Proof': prove(path) });
    const doorList = `/v1/events/${scene.event.event}/door-list`;
    expect(await kept(ME, signed(ME))).to.deep.equal([200, 'private, no-cache']);
    expect(await kept('/v1/blocks', signed('/v1/blocks'))).to.deep.equal([200, 'private, no-cache']);
    expect(await kept('/v1/blocks')).to.deep.equal([200, 'no-cache']);
    expect(await kept('/v1/proposals', OPERATOR)).to.deep.equal([200, 'no-cache']);
    expect(await kept('/health/live', signed('/health/live'))).to.deep.equal([200, 'private, no-store']);
    expect(await kept('/health/live')).to.deep.equal([200, null]);
    expect(await kept('/v1/statements?currency=EUR', OPERATOR)).to.deep.equal([200, 'private, no-store']);
    expect(await kept(doorList, OPERATOR)).to.deep.equal([404, 'private, no-store']);
    expect(await kept(doorList)).to.deep.equal([401, 'private, no-store']);
  });

  it('are answered as of the tables’ block, and wait for it', async () => {
    const lagging = await aGateway({
      ...{ network: gateway.network, store },
      readModel: {
        ...{ db: readModel.db, known: 3, height: 2 },
        reach: () => Promise.reject(new GatewayError('READ_MODEL_BEHIND')),
      },
    });
    try {
      const told = async (path: string) => {
        const { status, headers, body } = await send(lagging, { path, headers: { 'Guichet-Proof': prove(path) } });
        return [status, body.code, headers.get('ETag')?.split('-')[0]];
      };
      for (const path of [ME, `${ME}/tickets`]) {
        expect(await told(path)).to.deep.equal([200, undefined, '"2']);
        expect(await told(`${path}?min-block=1`)).to.deep.equal([200, undefined, '"2']);
        expect(await told(`${path}?min-block=2`)).to.deep.equal([503, 'READ_MODEL_BEHIND', undefined]);
      }
    } finally {
      await lagging.close();
    }
  });

  it('speak for a credential only where the ledger says that their key does', async () => {
    const target = `${ME}?event=${scene.event.event}&credential=${'c'.repeat(43)}`;
    expect((await ask(target, prove(target))).told).to.deep.equal(['UNKNOWN_CREDENTIAL', 'query.credential']);
    const without = `${ME}?credential=${'c'.repeat(43)}`;
    expect((await ask(without, prove(without))).told).to.deep.equal(['INVALID_FIELD', 'query.event']);
  });

  it('share what clients share by address, however many keys are made there', async () => {
    const names: (string | undefined)[] = [];
    const submit = (_: unknown, options?: { readonly client?: string }) => {
      names.push(options?.client);
      return Promise.reject(new Error('enough'));
    };
    const named = inCallersName({ submit });
    const callers = new Callers({
      bearers: {} as never,
      limits: undefined,
      signers: { identify: (kid: string) => Promise.resolve({ caller: { kind: 'holder', id: kid } }) } as never,
    });
    for (const kid of ['one', 'other']) {
      const ctx = {
        method: 'GET',
        path: ME,
        ip: '192.0.2.1',
        req: { url: ME },
        request: {},
        state: {},
        get: () => kid,
      };
      const caller = await callers.authorise(ctx as never, { authority: 'holder' } as never);
      expect(caller.id).to.equal(kid);
      await asCaller(caller, () => named.submit({}).catch(() => undefined));
    }
    expect(names).to.deep.equal(['anybody:192.0.2.1', 'anybody:192.0.2.1']);
  });

  it('count once', async () => {
    const proof = prove(ME);
    expect((await ask(ME, proof)).status).to.equal(200);
    expect(await ask(ME, proof)).to.deep.include({ status: 401, told: ['SIGNATURE_REPLAYED', 'Guichet-Proof.jti'] });
  });

  it('count once of many at the same time, and after a restart', async () => {
    const proof = prove(ME);
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await ask(ME, proof)).status));
    expect(statuses.sort()).to.deep.equal([200, 401, 401, 401, 401]);
    const [iat, jti] = [Math.floor(nowMs()() / 1000), 'a-request-of-before'];
    const taken = { kid: holder.kid, jti, iat };
    await new SignedRequests({ store, nowMs: nowMs() }).take(taken);
    const restarted = new SignedRequests({ store, nowMs: nowMs((WINDOW_S - 1) * 1000) });
    expect(await restarted.take(taken).catch((error: unknown) => (error as { code: string }).code)).to.equal(
      'SIGNATURE_REPLAYED',
    );
  });

  it('are forgotten when they could not count any more', async () => {
    await ask(ME, prove(ME));
    const later = new SignedRequests({ store, nowMs: nowMs(3_600_000) });
    await later.take({ kid: holder.kid, jti: 'the-first-of-later', iat: Math.floor(nowMs(3_600_000)() / 1000) });
    expect(await store.selectFrom('signed_requests').selectAll().execute()).to.have.length(1);
  });

  it('hold for a minute, and for a clock that is half a minute ahead', async () => {
    const at = async (seconds: number) => (await ask(ME, prove(ME, { nowMs: nowMs(seconds * 1000) }))).told;
    expect(await at(-WINDOW_S)).to.deep.equal([undefined, undefined]);
    expect(await at(AHEAD_S)).to.deep.equal([undefined, undefined]);
    const expired = ['SIGNATURE_EXPIRED', 'Guichet-Proof.iat'];
    expect([await at(-WINDOW_S - 1), await at(AHEAD_S + 1)]).to.deep.equal([expired, expired]);
  });

  it('are about one method, one target, one body and one organization', async () => {
    const of = async (proof: string) => (await ask(ME, proof)).told;
    expect(await of(prove(`${ME}?limit=1`))).to.deep.equal(['SIGNATURE_INVALID', 'Guichet-Proof.target']);
    expect(await of(prove(ME, {}, 'POST'))).to.deep.equal(['SIGNATURE_INVALID', 'Guichet-Proof.method']);
    expect(await of(prove(ME, { aud: 'ResellerMSP' }))).to.deep.equal(['SIGNATURE_INVALID', 'Guichet-Proof.aud']);
    expect(await of(prove(ME, {}, 'GET', '{}'))).to.deep.equal(['SIGNATURE_INVALID', 'Guichet-Proof.digest']);
  });

  it('are over the body as it was sent', async () => {
    const path = '/v1/expiries';
    const post = async (signed: string, body: string) => {
      const headers = { 'Guichet-Proof': prove(path, {}, 'POST', signed) };
      return (await send(gateway, { method: 'POST', path, body, headers })).body.field;
    };
    expect(await post('{"ticket":1}', '{"ticket": 1}')).to.equal('Guichet-Proof.digest');
    expect(await post('{"ticket": 1}', '{"ticket": 1}')).to.equal('ticket');
  });

  it('are signed by the key that they bring', async () => {
    const [header, payload] = prove(ME).split('.');
    const [, , other] = prove(ME, { key: generateSigningKey() }).split('.');
    expect((await ask(ME, `${header}.${payload}.${other}`)).told).to.deep.equal(['SIGNATURE_INVALID', 'Guichet-Proof']);
    expect((await ask(ME, 'nonsense')).told).to.deep.equal(['SIGNATURE_INVALID', 'Guichet-Proof']);
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'guichet-request+jwt', jwk: holder.jwk })).toString(
      'base64url',
    );
    expect((await ask(ME, `${none}.${payload}.${other}`)).told).to.deep.equal([
      'INVALID_FIELD',
      'Guichet-Proof.header.alg',
    ]);
  });

  describe('by gate devices', () => {
    const device = { event: 'OrganizerMSP:opening-night', device: 'south-gate' };
    it('are refused where the ledger knows no such device, another key, or a revoked one', async () => {
      const read = gateway.network.read.bind(gateway.network);
      const key = { kid: holder.kid, jwk: holder.jwk, notAfter: '2099-01-01T00:00:00Z', revoked: false };
      const knowing = async (known: object | undefined, signer = holder) => {
        gateway.network.read = () => Promise.resolve([known]) as never;
        try {
          return (await ask('/v1/events', prove('/v1/events', { device, key: signer }))).told;
        } finally {
          gateway.network.read = read;
        }
      };
      const field = 'Guichet-Proof.device';
      expect(await knowing(key)).to.deep.equal([undefined, undefined]);
      expect(await knowing(undefined)).to.deep.equal(['UNKNOWN_DEVICE', field]);
      expect(await knowing(key, generateSigningKey())).to.deep.equal(['SIGNATURE_INVALID', field]);
      expect(await knowing({ ...key, revoked: true })).to.deep.equal(['DEVICE_NOT_VALID', field]);
      expect(await knowing({ ...key, notAfter: '2027-01-01T00:00:00Z' })).to.deep.equal(['DEVICE_NOT_VALID', field]);
    });
  });
});
