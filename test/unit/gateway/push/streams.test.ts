import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import type { LedgerEvent } from '../../../../gateway/push/ledger-event.js';
import { EventChain, manyEvents } from '../../../support/event-chain.js';
import { StreamReader } from '../../../support/stream-reader.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { aSale } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import { onSale, type Scene } from '../../../support/world.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { aPush, type TestPushOptions } from '../http/a-push.js';
import { send } from '../http/raw.js';

const STREAM = { Accept: 'text/event-stream' };

describe('event streams', () => {
  let scene: Scene;
  let chain: EventChain;
  let gateway: TestGateway | undefined;
  let readers: StreamReader[] = [];
  let seat = 0;

  beforeEach(() => {
    scene = onSale();
    chain = new EventChain();
    seat = 0;
  });
  afterEach(async () => {
    for (const reader of readers) reader.close();
    readers = [];
    await gateway?.services.push.log.close();
    await gateway?.services.push.streams.close();
    await gateway?.close();
    gateway = undefined;
  });

  const begin = async (options: TestPushOptions = {}): Promise<TestGateway> =>
    (gateway = await aGateway({ push: aPush({ chain, ...options }) }));
  const sell = (count = 1): void => {
    const sales = Array.from({ length: count }, () =>
      aSale(scene.floor, { seats: [`floor:${'ABC'[Math.floor(seat / 50)]}:${(seat++ % 50) + 1}`] }),
    );
    chain.submit(
      scene.ledger,
      sales.map(({ command }) => command),
      { caller: 'ResellerMSP' },
    );
  };
  const read = async (
    query = '',
    headers: Readonly<Record<string, string>> = {},
    of = gateway!,
  ): Promise<StreamReader> => {
    const reader = await StreamReader.open(`${of.url}/v1/stream${query}`, headers);
    readers.push(reader);
    return reader;
  };

  it('tells what happens from now on, and has an id before the first event', async () => {
    sell(2);
    await begin();
    const reader = await read();
    await until(() => reader.lastId === '0');
    sell(2);
    await until(() => reader.messages.length === 2);
    expect(reader.ids).to.deep.equal(['1-0-0', '1-0-1']);
    expect(reader.messages.map(({ event }) => event)).to.deep.equal([undefined, undefined]);
    const event = JSON.parse(reader.messages[0]!.data) as LedgerEvent;
    expect(event).to.include({ id: '1-0-0', type: 'ticket.sold', block: 1 });
  });

  it('goes on after the last id at any gateway, wherever it broke, with nothing lost or doubled', async () => {
    for (let block = 0; block < 4; block += 1) sell(3);
    await begin();
    const whole = await read('?from=0');
    await until(() => whole.ids.length === 12);
    const other = await aGateway({ push: aPush({ chain }) });
    try {
      for (const [at, id] of whole.ids.entries()) {
        const reader = await read('', { 'Last-Event-ID': id }, at % 2 === 0 ? other : gateway!);
        await until(() => reader.messages.length === 11 - at);
        expect(reader.ids).to.deep.equal(whole.ids.slice(at + 1));
        reader.close();
      }
    } finally {
      await other.services.push.log.close();
      await other.close();
    }
  });

  it('has nobody stand in line for a page whose reader hung up', async () => {
    for (let block = 0; block < 150; block += 1) chain.add([]);
    let asked = 0;
    chain.read = async function* () {
      asked += 1;
      await new Promise(() => undefined);
      yield* [];
    };
    await begin();
    const gone = new AbortController();
    const answer = fetch(`${gateway!.url}/v1/stream?from=0`, { signal: gone.signal }).catch(() => undefined);
    await until(() => asked === 1);
    gone.abort();
    await answer;
    await until(() => gateway!.log.some((line) => line.includes('"code":"QUEUE_FULL"')));
  });

  it('prefers the last id to the address, which a page asks again', async () => {
    sell(2);
    sell(1);
    await begin();
    const reader = await read('?from=0', { 'Last-Event-ID': '0-0-1' });
    await until(() => reader.messages.length === 1);
    expect(reader.ids).to.deep.equal(['1-0-0']);
  });

  it('filters, and its keep-alive says how far it looked', async () => {
    await begin({ keepAliveMs: 20 });
    const [none, typed, ours] = await Promise.all([
      read('?event=OrganizerMSP:another-event'),
      read('?type=ticket.sold,event.cancelled'),
      read(`?event=${scene.event.event}&type=event.cancelled`),
    ]);
    sell(2);
    await until(() => typed.messages.length === 2 && none.lastId === '0' && ours.lastId === '0');
    expect(none.messages).to.be.empty;
    expect(ours.messages).to.be.empty;
    expect(none.text).to.match(/^: $/m);
  });

  it('is answered by the page where no stream is asked for', async () => {
    sell(3);
    const { body } = await send(await begin(), { path: '/v1/stream?limit=2' });
    expect((body.events as LedgerEvent[]).map(({ id }) => id)).to.deep.equal(['0-0-0', '0-0-1']);
    const next = await send(gateway!, { path: `/v1/stream?after=${String(body.next)}` });
    expect(next.body).to.deep.include({ next: '0' });
    expect((next.body.events as LedgerEvent[]).map(({ id }) => id)).to.deep.equal(['0-0-2']);
  });

  it('names the parameter that it does not take', async () => {
    await begin();
    for (const [query, field] of [
      ['?type=ticket.sold,no.such', 'query.type'],
      ['?from=-1', 'query.from'],
      ['?after=1-2', 'query.after'],
      ['?after=999999999', 'query.after'],
    ] as const) {
      const { status, body } = await send(gateway!, { path: `/v1/stream${query}`, headers: STREAM });
      expect([status, body.code, body.field], query).to.deep.equal([400, 'INVALID_FIELD', field]);
    }
    const headers = { ...STREAM, 'Last-Event-ID': 'x' };
    expect((await send(gateway!, { path: '/v1/stream', headers })).body.field).to.equal('header.last-event-id');
  });

  it('has so many for each caller and in all, and room again when one leaves', async () => {
    await begin({ perCaller: 2, inAll: 10 });
    const [first] = [await read(), await read()];
    const third = await send(gateway!, { path: '/v1/stream', headers: STREAM });
    expect([third.status, third.body.code]).to.deep.equal([429, 'TOO_MANY_STREAMS']);
    expect(third.headers.get('retry-after')).to.equal('10');
    first.close();
    await until(() => gateway!.services.push.streams.size === 1);
    await read();
  });

  it('has no more than all', async () => {
    await begin({ perCaller: 9, inAll: 1 });
    await read();
    const { status, body } = await send(gateway!, { path: '/v1/stream', headers: STREAM });
    expect([status, body.code]).to.deep.equal([503, 'STREAMS_FULL']);
  });

  it('cuts off who reads nothing, and keeps nothing for him', async () => {
    await begin({ stallMs: 200 });
    const large = Array.from({ length: 400 }, (_, at) => manyEvents(at, 100));
    for (const block of large) chain.add([block]);
    const { hostname, port } = new URL(gateway!.url);
    const slow: Socket = connect({ host: hostname, port: Number(port) });
    slow.write(`GET /v1/stream?from=0 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n`);
    slow.pause();
    const { streams } = gateway!.services.push;
    await until(() => streams.size === 1);
    await until(() => streams.size === 0);
    expect(chain.reads).to.be.lessThan(20);
    slow.destroy();
  });

  it('follows nothing any more when its last reader hung up in the middle of a block', async () => {
    chain.add([manyEvents(0, 100), manyEvents(1, 100)]);
    const { streams } = (await begin()).services.push;
    const chunks = streams.open({ filter: {}, after: undefined, caller: 'somebody' }).chunks[Symbol.asyncIterator]();
    for (let chunk = 0; chunk < 2; chunk += 1) await chunks.next();
    await until(() => chain.followers === 1);
    await chunks.return!();
    await until(() => chain.followers === 0);
  });

  it('whose reader hung up alarms nobody', async () => {
    sell(1);
    await begin();
    const reader = await read('?from=0');
    await until(() => reader.messages.length === 1);
    reader.close();
    const told = () => gateway!.log.filter((line) => line.includes('an answer could not be sent'));
    await until(() => told().length > 0);
    expect(told().map((line) => (JSON.parse(line) as { level: number }).level)).to.deep.equal([20]);
  });

  it('ends in good order when the gateway leaves, and takes no new one', async () => {
    sell(1);
    await begin({ clock: new VirtualClock(0) });
    const reader = await read('?from=0');
    await until(() => reader.messages.length === 1);
    const { streams } = gateway!.services.push;
    await streams.close();
    await until(() => reader.ended);
    expect(reader.text).not.to.include('Error');
    expect(streams.size).to.equal(0);
    const { status, body } = await send(gateway!, { path: '/v1/stream', headers: STREAM });
    expect([status, body.code]).to.deep.equal([503, 'SHUTTING_DOWN']);
  });

  it('may be read by a page of another origin', async () => {
    await begin();
    const asked = await fetch(`${gateway!.url}/v1/stream`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://wallet.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'last-event-id',
      },
    });
    expect(asked.headers.get('access-control-allow-origin')).to.equal('*');
    expect(asked.headers.get('access-control-allow-headers')).to.include('last-event-id');
  });
});
