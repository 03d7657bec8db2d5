import { expect } from 'chai';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { EventLog } from '../../../../gateway/push/event-log.js';
import { eventPage } from '../../../../gateway/push/page.js';
import { isAfter, positionOf, textOf } from '../../../../gateway/push/position.js';
import { MAX_BLOCKS, RecentBlocks } from '../../../../gateway/push/recent-blocks.js';
import { codeOf } from '../../../support/code-of.js';
import { EventChain } from '../../../support/event-chain.js';
import { aSale } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import { onSale, type Scene } from '../../../support/world.js';

describe('positions', () => {
  it('are read as they are written, and nothing else is one', () => {
    for (const text of ['0', '12', '12-0-3']) expect(textOf(positionOf(text)!)).to.equal(text);
    for (const text of ['', '-1', '01', '1-2', '1-2-', '1-2-3-4', '1e3', ' 1', '1'.repeat(16), '1-01-0'])
      expect(positionOf(text), text).to.be.undefined;
  });

  it('put an event after what came before it, and a block’s number after all of it', () => {
    const event = positionOf('5-1-2') as Required<NonNullable<ReturnType<typeof positionOf>>>;
    for (const before of ['4', '4-9-9', '5-0-7', '5-1-1'])
      expect(isAfter(event, positionOf(before)!), before).to.be.true;
    for (const after of ['5', '6', '5-1-2', '5-1-3', '5-2-0'])
      expect(isAfter(event, positionOf(after)!), after).to.be.false;
  });
});

describe('event log', () => {
  let scene: Scene;
  let chain: EventChain;
  let log: EventLog;
  let seat: number;
  const sell = () =>
    void chain.submit(scene.ledger, [aSale(scene.floor, { seats: [`floor:A:${(seat += 1)}`] }).command], {
      caller: 'ResellerMSP',
    });
  beforeEach(() => {
    scene = onSale();
    chain = new EventChain();
    seat = 0;
    log = new EventLog({ blocks: chain.blocks, clock: systemClock, random: () => 0, report: () => undefined });
  });
  afterEach(() => log.close());

  async function take(from: number, count: number, signal = new AbortController().signal): Promise<readonly number[]> {
    const numbers: number[] = [];
    for await (const { number } of log.read(from, signal)) {
      numbers.push(number);
      if (numbers.length === count) break;
    }
    return numbers;
  }

  it('reads what was there and what comes, each block once', async () => {
    for (let block = 0; block < 40; block += 1) chain.add([]);
    const reading = take(3, 45);
    await until(() => chain.followers === 1);
    for (let block = 0; block < 8; block += 1) chain.add([]);
    expect(await reading).to.deep.equal(Array.from({ length: 45 }, (_, at) => at + 3));
  });

  it('follows once for all who read, and not at all when nobody does', async () => {
    const over = new AbortController();
    const readers = [0, 0, 0].map((from) => take(from, 1_000, over.signal));
    await until(() => chain.followers === 1);
    chain.add([]);
    await until(() => chain.followers === 1);
    over.abort();
    await Promise.all(readers);
    await until(() => chain.followers === 0);
    expect(chain.reads).to.equal(0);
  });

  it('has the newest blocks at hand for who was away for a moment', async () => {
    for (let block = 0; block < 150; block += 1) chain.add([]);
    expect(await take(60, 90)).to.deep.equal(Array.from({ length: 90 }, (_, at) => at + 60));
    expect(chain.reads).to.equal(0);
  });

  it('reads nothing twice for who comes and goes', async () => {
    for (let block = 0; block < 150; block += 1) chain.add([]);
    for (let again = 0; again < 3; again += 1) {
      await take(149, 1);
      await until(() => chain.followers === 0);
    }
    expect(chain.followed).to.deep.equal(Array.from({ length: 100 }, (_, at) => at + 50));
    for (let block = 0; block < 300; block += 1) chain.add([]);
    expect(await take(449, 1)).to.deep.equal([449]);
    expect(chain.followed.slice(100)).to.deep.equal(Array.from({ length: 100 }, (_, at) => at + 350));
  });

  it('leaves the queue of older blocks when whoever asks for a page hangs up', async () => {
    for (let block = 0; block < 128; block += 1) chain.add([]);
    chain.read = async function* () {
      await new Promise(() => undefined);
      yield* [];
    };
    const gone = new AbortController();
    const page = eventPage(log, { filter: {}, after: undefined, limit: 2, signal: gone.signal });
    const code = codeOf(page);
    gone.abort();
    expect(await code).to.equal('QUEUE_FULL');
  });

  it('waits for a block that our own peer does not have yet', async () => {
    const reading = take(2, 1);
    await until(() => chain.followers === 1);
    for (let block = 0; block < 3; block += 1) chain.add([]);
    expect(await reading).to.deep.equal([2]);
  });

  it('goes on where it was when its peer breaks', async () => {
    const follow = chain.follow.bind(chain);
    let breaks = 3;
    chain.follow = async (from) => {
      if ((breaks -= 1) > 0) throw new Error('the peer is away');
      return follow(from);
    };
    const reading = take(0, 2);
    chain.add([]);
    chain.add([]);
    expect(await reading).to.deep.equal([0, 1]);
  });

  it('keeps so many blocks and no more, and what is older is read again', () => {
    const recent = new RecentBlocks(7);
    for (let number = 7; number < 7 + MAX_BLOCKS + 5; number += 1) recent.add({ number, events: [] });
    expect([recent.first, recent.next]).to.deep.equal([12, 12 + MAX_BLOCKS]);
    expect(recent.get(11)).to.be.undefined;
    expect(() => recent.add({ number: 7, events: [] })).to.throw('block 7 came in place');
  });

  it('has a place for couriers, however many others read what never comes', async () => {
    for (let block = 0; block < 128; block += 1) chain.add([]);
    const all = chain.read.bind(chain);
    chain.read = async function* (from, to) {
      if (from < 64) await new Promise(() => undefined);
      yield* all(from, to);
    };
    const [over, at] = [new AbortController(), [0, 16, 32, 48]];
    const stuck = at.map((from) => log.stretch(from, 128, { signal: over.signal }));
    expect(await log.stretch(64, 66, { lane: 'couriers' })).to.have.length(2);
    over.abort();
    await Promise.all(stuck);
  });

  it('gives pages that follow each other with nothing lost or doubled', async () => {
    sell();
    chain.add([]);
    const three = [4, 5, 6].map((at) => aSale(scene.floor, { seats: [`floor:B:${at}`] }).command);
    chain.submit(scene.ledger, three, { caller: 'ResellerMSP' });
    sell();
    const ids: string[] = [];
    let after;
    for (let page = 0; page < 10; page += 1) {
      const { events, next } = await eventPage(log, {
        filter: {},
        after,
        limit: 2,
        signal: new AbortController().signal,
      });
      ids.push(...events.map(({ id }) => id));
      after = positionOf(next!);
    }
    expect(ids).to.deep.equal(['0-0-0', '2-0-0', '2-0-1', '2-0-2', '3-0-0']);
    expect(after).to.deep.equal({ block: 3 });
  });
});
