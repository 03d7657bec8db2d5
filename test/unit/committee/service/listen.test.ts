import { expect } from 'chai';
import Koa from 'koa';
import { connect } from 'node:net';
import { finished } from 'node:stream/promises';
import { listen } from '../../../../committee/service/listen.js';

describe('listening', () => {
  it('finishes what is under way when it drains, and takes nothing new', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let entered: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (entered = resolve));
    const app = new Koa();
    app.use(async (ctx) => {
      entered();
      await held;
      ctx.body = 'finished';
    });
    const listening = await listen(app, { host: '127.0.0.1', port: 0 });
    const answer = fetch(`http://127.0.0.1:${listening.port}/`);
    await underWay;
    const drained = listening.drain();
    const refused = await new Promise<string>((resolve) => {
      connect(listening.port, '127.0.0.1')
        .once('connect', () => resolve('connected'))
        .once('error', () => resolve('refused'));
    });
    expect(refused).to.equal('refused');
    release();
    expect(await (await answer).text()).to.equal('finished');
    await drained;
  });

  it('closes idle connections at once', async () => {
    const app = new Koa();
    app.use((ctx) => {
      ctx.body = 'ok';
    });
    const listening = await listen(app, { host: '127.0.0.1', port: 0 });
    await (await fetch(`http://127.0.0.1:${listening.port}/`)).text();
    await listening.drain();
  });

  it('does not wait for a connection that never asked anything', async () => {
    const listening = await listen(new Koa(), { host: '127.0.0.1', port: 0 });
    const silent = connect(listening.port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    const closed = new Promise((resolve) => silent.once('close', resolve));
    await listening.drain();
    await closed;
  });

  it('does not wait longer than its time for who does not read his answer', async () => {
    const app = new Koa();
    app.use((ctx) => {
      ctx.body = Buffer.alloc(64 * 1024 * 1024);
    });
    app.on('error', () => undefined);
    const listening = await listen(app, { host: '127.0.0.1', port: 0, drainMs: 50 });
    const deaf = connect(listening.port, '127.0.0.1');
    deaf.on('error', () => undefined);
    deaf.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => deaf.once('readable', resolve));
    await listening.drain();
    deaf.destroy();
  });

  it('ends a request whose body does not come in time', async () => {
    const app = new Koa();
    app.use(async (ctx) => {
      await finished(ctx.req.resume());
      ctx.body = 'read';
    });
    app.on('error', () => undefined);
    const listening = await listen(app, { host: '127.0.0.1', port: 0, requestMs: 50, checkMs: 10 });
    const slow = connect(listening.port, '127.0.0.1');
    slow.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n1');
    const answer = await new Promise<string>((resolve) => {
      let received = '';
      slow.on('data', (part) => (received += part.toString())).once('close', () => resolve(received));
    });
    expect(answer).to.match(/^HTTP\/1.1 408 /);
    await listening.drain();
  });
});
