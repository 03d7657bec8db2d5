import { expect } from 'chai';
import { Heights } from '../../../../gateway/projection/heights.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { asOfBlock } from '../../../../gateway/http/min-block.js';
import { ReadGate, type Aside } from '../../../../gateway/http/middleware/shed-reads.js';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { until } from '../../../support/until.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { codeOf } from '../../../support/code-of.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { anOpenEvent, EVENT } from './a-scene.js';
import { send } from './raw.js';

/** Tell of now, whatever was written. */
const OF_NOW = ['healthLive', 'healthReady', 'getOpenApi', 'getReadModel'];

describe('min-block', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
  });
  after(() => gateway.close());

  const path = `/v1/events/${EVENT}`;

  it('is taken by every read, as query and as header, and by no write', () => {
    for (const { id, method, query, headers } of OPERATIONS) {
      const takes = method === 'GET' && !OF_NOW.includes(id);
      expect(['min-block' in query.shape, 'min-block' in headers.shape], id).to.deep.equal([takes, takes]);
    }
  });

  it('of a receipt is answered, with a tag that is no older', async () => {
    const { body } = await send(gateway, { path: '/v1/blocks?limit=1' });
    const [{ number }] = body.blocks as [{ number: number }];
    for (const asked of [{ path: `${path}?min-block=${number}` }, { path, headers: { 'Min-Block': String(number) } }]) {
      const { status, headers } = await send(gateway, asked);
      expect(status).to.equal(200);
      expect(Number(/^"(\d+)-/.exec(headers.get('etag')!)?.[1])).to.be.above(number);
    }
  });

  it('that does not come is 503, and says when to ask again', async () => {
    const { status, headers, body } = await send(gateway, { path: `${path}?min-block=1000000` });
    expect([status, headers.get('retry-after'), body.code, body.field]).to.deep.equal([
      503,
      '1',
      'LEDGER_BEHIND',
      'min-block',
    ]);
  });

  it('is waited for without keeping others from reading', async () => {
    let come: () => void = () => undefined;
    const reached = new Promise<void>((_, reject) => (come = () => reject(new GatewayError('READ_MODEL_BEHIND'))));
    const readModel = { height: 0, known: 0, reach: () => reached } as never;
    const readGate = new ReadGate({ clock: systemClock, maxReads: 1 });
    const other = await aGateway({ readModel, readGate });
    try {
      const waiting = send(other, { path: `${path}/availability?min-block=1` });
      await until(() => readGate.waiting === 1);
      expect(readGate.levels).to.deep.equal({ ...readGate.figures, inLine: 0, waiting: 1 });
      expect((await send(other, { path: '/v1/events' })).status).to.equal(200);
      come();
      expect((await waiting).body.code).to.equal('READ_MODEL_BEHIND');
      expect([readGate.figures.reading, readGate.waiting]).to.deep.equal([0, 0]);
    } finally {
      await other.close();
    }
  });

  it('that is no number is refused, naming where it was', async () => {
    const inQuery = await send(gateway, { path: `${path}?min-block=-1` });
    expect([inQuery.status, inQuery.body.field]).to.deep.equal([400, 'query.min-block']);
    const inHeader = await send(gateway, { path, headers: { 'Min-Block': 'newest' } });
    expect([inHeader.status, inHeader.body.field]).to.deep.equal([400, 'header.min-block']);
  });

  describe('of a block that is on its way', () => {
    const timers: (() => void)[] = [];
    const clock = { now: () => 0, after: (_: number, run: () => void) => (timers.push(run), () => undefined) };
    const heights = new Heights(clock);
    heights.advance(5);
    const services = {
      seenHeight: () => heights.next,
      reachHeight: (blocks: number, withinMs: number) => heights.reach(blocks, withinMs),
      readModel: { reach: () => Promise.reject(new GatewayError('READ_MODEL_BEHIND')) } as never,
    };
    const aside: Aside = async (wait) => {
      await wait();
    };
    const asking = (block: number) => ({ query: { 'min-block': block }, headers: {}, aside });
    const asked = { ...asking(5), query: { 'min-block': 5, limit: 1 } };

    it('waits for it, and leaves the operation its own query', async () => {
      let answered = false;
      const waiting = asOfBlock({ asOf: 'ledger' }, asked, services).then((input) => {
        answered = true;
        return input;
      });
      heights.advance(5);
      await new Promise(setImmediate);
      expect(answered).to.be.false;
      heights.advance(6);
      expect((await waiting).query).to.deep.equal({ limit: 1 });
    });

    it('waits so long and no longer', async () => {
      const waiting = codeOf(asOfBlock({ asOf: 'ledger' }, asking(6), services));
      timers.at(-1)!();
      expect(await waiting).to.equal('LEDGER_BEHIND');
    });

    it('is not waited for where it is far off', async () => {
      const before = timers.length;
      let isAside = false;
      const steppingAside = (block: number) => ({
        ...asking(block),
        aside: () => Promise.resolve(void (isAside = true)),
      });
      const far = steppingAside(heights.next + 101);
      expect(await codeOf(asOfBlock({ asOf: 'ledger' }, far, services))).to.equal('LEDGER_BEHIND');
      const tables = { ...services, readModel: { height: 3 } as never };
      const ofTables = asOfBlock({ asOf: 'read-model' }, far, tables);
      expect(await codeOf(ofTables)).to.equal('READ_MODEL_BEHIND');
      expect([timers.length, isAside]).to.deep.equal([before, false]);
      await asOfBlock({ asOf: 'ledger' }, steppingAside(heights.next + 100), services);
      expect(isAside).to.be.true;
    });

    it('waits for the tables where those answer', async () => {
      expect(await codeOf(asOfBlock({ asOf: 'read-model' }, asked, services))).to.equal('READ_MODEL_BEHIND');
    });
  });
});
