import { expect } from 'chai';
import Koa from 'koa';
import { listen, type Listening } from '../../../../committee/service/listen.js';
import { ApiClient, type ApiClientOptions } from '../../../../gateway/client/api-client.js';
import type { Clock } from '../../../../gateway/fabric/clock.js';
import { problemOf, type Problem } from '../../../../gateway/http/problem.js';
import { codeOf } from '../../../support/code-of.js';
import { aGateway, TOKEN, type TestGateway } from '../http/a-gateway.js';
import { anOpenEvent, EVENT } from '../http/a-scene.js';

describe('the typed client', () => {
  let gateway: TestGateway;
  let api: ApiClient;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    api = new ApiClient({ baseUrl: `${gateway.url}/`, token: TOKEN });
  });
  after(() => gateway.close());

  it('fills paths in and asks with a query', async () => {
    const path = { event: EVENT };
    expect((await api.get('/v1/events/{event}', { path })).name).to.equal('Opening night');
    const { allotments } = await api.get('/v1/events/{event}/allotments', { path, query: { limit: 1 } });
    expect(allotments.map(({ allotment }) => allotment)).to.deep.equal(['floor-a']);
  });

  it('sends headers, and says what was replayed', async () => {
    const asked = { path: { event: EVENT }, headers: { 'Idempotency-Key': 'close-once' } };
    const first = await api.post('/v1/events/{event}/sales/close', asked);
    expect([first.body.id, first.replayed]).to.deep.equal(['close-once', false]);
    expect(await api.post('/v1/events/{event}/sales/close', asked)).to.deep.equal({ ...first, replayed: true });
  });

  it('throws what is refused, with its code', async () => {
    expect(await codeOf(api.get('/v1/events/{event}', { path: { event: 'OrganizerMSP:nope' } }))).to.equal(
      'UNKNOWN_EVENT',
    );
    const anybody = new ApiClient({ baseUrl: gateway.url });
    const closing = anybody.post('/v1/events/{event}/sales/close', { path: { event: EVENT } });
    expect(await codeOf(closing)).to.equal('UNAUTHENTICATED');
  });

  it('lets no path of a value reach another operation', async () => {
    expect(await codeOf(api.get('/v1/events/{event}', { path: { event: '../network' } }))).to.equal('INVALID_FIELD');
  });

  describe('of a gateway that has too much to read', () => {
    const OVERLOADED = problemOf('OVERLOADED', { limit: 64 }, 'a-request');
    const BEHIND = problemOf('LEDGER_BEHIND', {}, 'a-request');
    let server: Listening | undefined;
    afterEach(() => server?.drain());

    /** It answers with these, one after the other, and is well from then on. Nobody waits really: `waited` says how long. */
    async function aClient(problems: readonly Problem[], options: Partial<ApiClientOptions> = {}) {
      const left = [...problems];
      const asked: string[] = [];
      const app = new Koa();
      app.use((ctx) => {
        asked.push(ctx.method);
        const problem = left.shift();
        ctx.status = problem?.status ?? 200;
        ctx.body = problem ?? { status: 'ok' };
        if (problem) ctx.set('Retry-After', '3');
      });
      server = await listen(app, { host: '127.0.0.1', port: 0 });
      const waited: number[] = [];
      let nowMs = 0;
      const after: Clock['after'] = (ms, run) => {
        waited.push(ms);
        nowMs += ms;
        setImmediate(run);
        return () => undefined;
      };
      const clock = { now: () => nowMs, after };
      const baseUrl = `http://127.0.0.1:${server.port}`;
      return { client: new ApiClient({ baseUrl, clock, random: () => 0.5, ...options }), asked, waited };
    }
    const times = (count: number) => Array.from({ length: count }, () => OVERLOADED);

    it('asks again after its Retry-After, and some time more', async () => {
      const { client, asked, waited } = await aClient(times(4));
      expect(await client.get('/health/live')).to.deep.equal({ status: 'ok' });
      expect(await client.text('/health/live', {})).to.equal('{"status":"ok"}');
      expect([asked.length, waited]).to.deep.equal([6, [4_500, 4_500, 4_500, 4_500]]);
    });

    it('gives up after four times', async () => {
      const { client, asked } = await aClient(times(9));
      expect(await codeOf(client.get('/health/live'))).to.equal('OVERLOADED');
      expect(asked).to.have.length(5);
    });

    it('does not wait beyond its time', async () => {
      const { client, waited } = await aClient(times(9), { timeoutMs: 10_000 });
      expect(await codeOf(client.get('/health/live'))).to.equal('OVERLOADED');
      expect(waited).to.deep.equal([4_500, 4_500]);
    });

    it('repeats nothing that writes, and nothing that is refused for another reason', async () => {
      const { client, asked, waited } = await aClient([OVERLOADED, BEHIND]);
      expect(await codeOf(client.post('/v1/expiries', { body: { ticket: 'a' } }))).to.equal('OVERLOADED');
      expect(await codeOf(client.get('/health/live'))).to.equal('LEDGER_BEHIND');
      expect([asked, waited]).to.deep.equal([['POST', 'GET'], []]);
    });
  });
});
