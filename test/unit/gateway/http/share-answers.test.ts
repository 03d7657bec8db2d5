import { expect } from 'chai';
import Koa from 'koa';
import { listen } from '../../../../committee/service/listen.js';
import type { RequestState } from '../../../../gateway/http/middleware/request-id.js';
import { shareAnswers } from '../../../../gateway/http/middleware/share-answers.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { until } from '../../../support/until.js';

async function aServer(status = 200) {
  const clock = new VirtualClock(0);
  const world = {
    ...{ height: 7, inTables: 7, asked: 0, size: 0, stoppedAtMs: undefined as number | undefined },
    /** None is answered before so many have come. */
    ...{ arrived: 0, awaited: 0 },
  };
  const app = new Koa<RequestState>();
  app.silent = true;
  const readModel = {
    get height() {
      return world.inTables;
    },
  };
  const nowMs = () => world.stoppedAtMs ?? clock.now();
  app.use((_, next) => {
    world.arrived += 1;
    return next();
  });
  app.use(shareAnswers({ seenHeight: () => world.height, readModel, nowMs, clock }));
  app.use(async (ctx) => {
    const asked = ++world.asked;
    await until(() => world.arrived >= world.awaited);
    if (ctx.path === '/v1/broken') throw new Error('broken');
    ctx.status = status;
    ctx.set('ETag', `"${asked}"`);
    ctx.body = { asked, path: ctx.path, ...(world.size > 0 && { rest: 'x'.repeat(world.size) }) };
  });
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${listening.port}${path}`, { headers });
    const type = answer.headers.get('Content-Type');
    const text = await answer.text();
    const body = answer.status === 200 ? (JSON.parse(text) as { asked: number; path: string }) : undefined;
    return { status: answer.status, etag: answer.headers.get('ETag'), type, body };
  };
  return { world, clock, get, close: () => listening.drain() };
}

describe('shared answers', () => {
  let server: Awaited<ReturnType<typeof aServer>>;
  const asked = async (path: string, headers?: Readonly<Record<string, string>>) =>
    (await server.get(path, headers)).body?.asked;

  beforeEach(async () => {
    server = await aServer();
  });
  afterEach(() => server.close());

  it('ask once for many who ask the same at once', async () => {
    server.world.awaited = 10;
    const answers = await Promise.all(Array.from({ length: 10 }, () => server.get('/v1/events')));
    expect(server.world.asked).to.equal(1);
    for (const answer of answers) {
      expect(answer).to.deep.equal({
        ...{ status: 200, etag: '"1"', type: 'application/json; charset=utf-8' },
        body: { asked: 1, path: '/v1/events' },
      });
    }
  });

  it('are none of another path, query or form', async () => {
    await asked('/v1/events');
    expect(await asked('/v1/events?limit=1')).to.equal(2);
    expect(await asked('/v1/tickets')).to.equal(3);
    expect(await asked('/v1/events', { Accept: 'text/csv' })).to.equal(4);
  });

  it('end with the next block, and after a moment', async () => {
    expect(await asked('/v1/events')).to.equal(1);
    server.world.height += 1;
    expect(await asked('/v1/events')).to.equal(2);
    await server.clock.pass(99);
    expect(await asked('/v1/events')).to.equal(2);
    await server.clock.pass(1);
    expect(await asked('/v1/events')).to.equal(3);
  });

  it('end when the tables have another block, too', async () => {
    expect(await asked('/v1/events')).to.equal(1);
    server.world.inTables += 1;
    expect(await asked('/v1/events')).to.equal(2);
  });

  it('are the same for all who want JSON, and for nobody who wants a form of his own', async () => {
    for (const Accept of ['application/json', '*/*']) expect(await asked('/v1/events', { Accept })).to.equal(1);
    for (const time of [2, 3]) expect(await asked('/v1/events', { Accept: 'application/json;q=0.9' })).to.equal(time);
    expect(await asked('/v1/events')).to.equal(1);
  });

  it('are kept for that moment only, even if nobody asks again', async () => {
    server.world.stoppedAtMs = 0;
    await asked('/v1/events');
    await server.clock.pass(100);
    expect(server.clock.isIdle).to.be.true;
    expect(await asked('/v1/events'), 'although its time has not passed').to.equal(2);
  });

  it('are not kept where they are large, but shared among those who wait together', async () => {
    server.world.size = 70_000;
    server.world.awaited = 2;
    const together = await Promise.all([asked('/v1/events'), asked('/v1/events')]);
    expect(together).to.deep.equal([1, 1]);
    expect(await asked('/v1/events')).to.equal(2);
  });

  it('are for nobody who says who he is, or what he has', async () => {
    await asked('/v1/events');
    expect(await asked('/v1/events', { Authorization: 'Bearer somebody' })).to.equal(2);
    expect(await asked('/v1/events', { 'If-None-Match': '"1"' })).to.equal(3);
    expect(await asked('/v1/events', { 'Min-Block': '9' })).to.equal(4);
    expect(await asked('/v1/events')).to.equal(1);
  });

  it('are for nobody who waits for a block', async () => {
    await asked('/v1/events?min-block=9');
    expect(await asked('/v1/events?min-block=9')).to.equal(2);
  });

  it('are none where it failed', async () => {
    server.world.awaited = 2;
    const [one, two] = await Promise.all([server.get('/v1/broken'), server.get('/v1/broken')]);
    expect([one.status, two.status]).to.deep.equal([500, 500]);
    expect(server.world.asked).to.equal(2);
  });
});
