import { expect } from 'chai';
import Koa from 'koa';
import { listen } from '../../../../committee/service/listen.js';
import type { Clock } from '../../../../gateway/fabric/clock.js';
import { ReadGate, type ReadGateOptions } from '../../../../gateway/http/middleware/shed-reads.js';
import type { RequestState } from '../../../../gateway/http/middleware/request-id.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';

async function aServer(options: Omit<ReadGateOptions, 'clock'> = {}) {
  const clock = new VirtualClock(0);
  /** How late timers come, as a busy event loop's do. */
  const loop = { lagMs: 0 };
  const after: Clock['after'] = (ms, run) => clock.after(ms + loop.lagMs, run);
  const gate = new ReadGate({ clock: { now: () => clock.now(), after }, ...options });
  const waiting: (() => void)[] = [];
  const app = new Koa();
  app.silent = true;
  const counted: string[] = [];
  /** In the order in which they got a place. */
  const served: string[] = [];
  app.use(gate.shedReads((code) => void counted.push(code)));
  app.use(async (ctx) => {
    served.push(ctx.path);
    const slow = () => new Promise<void>((resolve) => waiting.push(resolve));
    if (ctx.path === '/slow') await slow();
    if (ctx.path === '/aside')
      await (ctx.state as RequestState).aside!(slow).catch((error: unknown) => ctx.throw(503, error as Error));
    ctx.body = {};
  });
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${listening.port}`;
  const get = (path: string, method = 'GET') => fetch(`${url}${path}`, { method });
  const under = async (count: number) => {
    while (gate.figures.reading < count) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const close = async () => {
    for (const go of waiting) go();
    gate.close();
    await listening.drain();
  };
  return { clock, loop, gate, get, under, waiting, counted, served, close, url };
}

describe('reads beyond what the gateway can answer', () => {
  it('are turned away with 503, a code and when to come back', async () => {
    const { gate, get, under, counted, close } = await aServer({ maxReads: 2, maxInLine: 0 });
    const slow = [get('/slow'), get('/slow')];
    await under(2);
    const shed = await get('/v1/events');
    expect(shed.status).to.equal(503);
    expect(shed.headers.get('Retry-After')).to.equal('1');
    expect(shed.headers.get('Content-Type')).to.match(/^application\/problem\+json/);
    const { code, status } = (await shed.json()) as { code: string; status: number };
    expect([code, status]).to.deep.equal(['OVERLOADED', 503]);
    expect(gate.figures).to.deep.equal({ reading: 2, limit: 2, shed: 1 });
    expect(counted).to.deep.equal(['OVERLOADED']);
    await close();
    expect((await Promise.all(slow)).map((answer) => answer.status)).to.deep.equal([200, 200]);
    expect(gate.figures.reading).to.equal(0);
  });

  it('keep neither writes nor health from being answered', async () => {
    const { get, under, close } = await aServer({ maxReads: 1, maxInLine: 0 });
    const slow = get('/slow');
    await under(1);
    expect((await get('/v1/sales', 'POST')).status).to.equal(200);
    expect((await get('/health/ready')).status).to.equal(200);
    expect((await get('/v1/events', 'HEAD')).status).to.equal(503);
    await close();
    await slow;
  });

  it('give up their place while they wait for a block, so many and no more', async () => {
    const { gate, get, under, waiting, close } = await aServer({ maxReads: 2, maxInLine: 0, maxWaiting: 3 });
    const aside = [get('/aside'), get('/aside'), get('/aside')];
    while (waiting.length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(gate.figures.reading).to.equal(0);
    expect((await get('/v1/events')).status).to.equal(200);
    expect((await get('/aside')).status).to.equal(503);
    waiting.shift()!();
    expect((await Promise.race(aside)).status).to.equal(200);
    const slow = [get('/slow'), get('/slow')];
    await under(2);
    waiting.shift()!();
    waiting.shift()!();
    expect((await Promise.all(aside)).map(({ status }) => status).sort()).to.deep.equal([200, 503, 503]);
    expect(gate.figures).to.deep.equal({ reading: 2, limit: 2, shed: 3 });
    await close();
    await Promise.all(slow);
    expect(gate.figures.reading).to.equal(0);
  });

  it('stand in line for a moment, first come first served: a burst is answered, the rest of a flood is not', async () => {
    const { clock, gate, get, waiting, under, served, close } = await aServer({ maxReads: 1, maxInLine: 2 });
    const slow = get('/slow');
    await under(1);
    const ends: string[] = [];
    const join = async (path: string) => {
      const before = gate.inLine;
      const answer = get(path).then(({ status }) => ends.push(`${path} ${status}`));
      while (gate.inLine === before) await new Promise((resolve) => setTimeout(resolve, 2));
      return { answer };
    };
    const line = [await join('/first'), await join('/second')];
    expect((await get('/third')).status).to.equal(503);
    waiting.shift()!();
    await Promise.all([slow, ...line.map(({ answer }) => answer)]);
    expect(served).to.deep.equal(['/slow', '/first', '/second']);
    expect(ends).to.have.members(['/first 200', '/second 200']);
    expect(gate.figures).to.deep.equal({ reading: 0, limit: 1, shed: 1 });

    const again = get('/slow');
    await under(1);
    const tired = await join('/tired');
    await clock.pass(2_000);
    await tired.answer;
    expect(ends.at(-1)).to.equal('/tired 503');
    await close();
    await again;
    expect(gate.figures.reading).to.equal(0);
  });

  it('leave the line when they hang up', async () => {
    const { gate, under, waiting, get, close, url } = await aServer({ maxReads: 1, maxInLine: 1 });
    const slow = get('/slow');
    await under(1);
    const hanging = new AbortController();
    const hung = fetch(`${url}/gone`, { signal: hanging.signal }).catch(() => 'hung up');
    while (gate.inLine < 1) await new Promise((resolve) => setTimeout(resolve, 2));
    hanging.abort();
    expect(await hung).to.equal('hung up');
    while (gate.inLine > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const next = get('/next');
    while (gate.inLine < 1) await new Promise((resolve) => setTimeout(resolve, 2));
    waiting.shift()!();
    expect((await next).status).to.equal(200);
    await slow;
    await close();
  });

  it('are fewer while the event loop lags, and come to be as many again', async () => {
    const { clock, loop, gate, close } = await aServer({ maxReads: 40, minReads: 5 });
    loop.lagMs = 200;
    gate.start();
    await clock.pass(400);
    expect(gate.figures.limit).to.equal(28);
    await clock.pass(5_000);
    expect(gate.figures.limit).to.equal(5);
    loop.lagMs = 0;
    await clock.pass(2_000);
    expect(gate.figures.limit).to.be.within(20, 26);
    await clock.pass(5_000);
    expect(gate.figures.limit).to.equal(40);
    await close();
  });
});
