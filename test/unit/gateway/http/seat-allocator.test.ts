import { expect } from 'chai';
import fc from 'fast-check';
import { ticketKey } from '../../../../chaincode/domain/keys.js';
import type { AllotmentRecord } from '../../../../chaincode/domain/records.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { FreePlaces } from '../../../../gateway/sales/free-places.js';
import { SeatAllocator } from '../../../../gateway/sales/seat-allocator.js';
import { aKeyRegistration, anAllotment, anEvent, aSale, CONSORTIUM } from '../../../support/statements.js';
import { MemoryNetwork } from './memory-network.js';

const ROWS: Pick<AllotmentRecord, 'seats'> = {
  seats: {
    section: 'floor',
    rows: [
      ['A', 1, 4],
      ['B', 1, 6],
    ],
  },
};

describe('free places', () => {
  it('gives places side by side, in the first row where they fit', () => {
    const free = new FreePlaces(ROWS);
    expect(free.takeAdjacent(5)).to.deep.equal([1, 2, 3, 4, 5].map((number) => `floor:B:${number}`));
    expect(free.takeAdjacent(2)).to.deep.equal(['floor:A:1', 'floor:A:2']);
    expect(free.takeAdjacent(3)).to.be.undefined;
    expect(free.count).to.equal(3);
  });

  it('gives places apart when none lie together', () => {
    const free = new FreePlaces(ROWS);
    free.takeAdjacent(5);
    expect(free.takeAnywhere(5)).to.deep.equal(['floor:A:1', 'floor:A:2', 'floor:A:3', 'floor:A:4', 'floor:B:6']);
    expect(free.takeAnywhere(1)).to.be.undefined;
  });

  it('takes and releases single places, and joins the runs again', () => {
    const free = new FreePlaces(ROWS);
    for (const place of ['floor:B:3', 'floor:B:1', 'floor:B:6', 'floor:B:3', 'floor:Z:9']) free.take(place);
    expect([...free.runs()]).to.deep.equal([
      ['A', 1, 4],
      ['B', 2, 2],
      ['B', 4, 5],
    ]);
    for (const place of ['floor:B:3', 'floor:B:6', 'floor:B:1', 'floor:B:1']) free.release(place);
    expect([...free.runs()]).to.deep.equal([
      ['A', 1, 4],
      ['B', 1, 6],
    ]);
  });

  it('does not take a place of another section for its own', () => {
    const free = new FreePlaces(ROWS);
    for (const place of ['stalls:A:1', 'floor:1']) {
      free.take(place);
      free.release(place);
    }
    expect(free.count).to.equal(10);
  });

  it('tells which places come from a run on', () => {
    const free = new FreePlaces(ROWS);
    free.take('floor:A:2');
    free.take('floor:B:2');
    expect(free.from('floor:A:3', 4)).to.deep.equal(['floor:A:3', 'floor:A:4', 'floor:B:1', 'floor:B:3']);
    expect(free.from('floor:A:3', 1)).to.deep.equal(['floor:A:3']);
    expect(free.count).to.equal(8);
  });

  it('has pools as one row without a name', () => {
    const free = new FreePlaces({ pool: { section: 'standing', from: 11, to: 13 } });
    expect(free.takeAdjacent(2)).to.deep.equal(['standing:11', 'standing:12']);
    expect([...free.runs()]).to.deep.equal([[undefined, 13, 13]]);
  });

  it('are those that were released last, or never taken, in as few runs as can be', () => {
    const [from, to] = [10, 18];
    const steps = fc.array(fc.record({ isTaken: fc.boolean(), number: fc.integer({ min: from, max: to }) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (changes) => {
        const places = new FreePlaces({ pool: { section: 'lawn', from, to } });
        const free = new Set(Array.from({ length: to - from + 1 }, (_, index) => from + index));
        for (const { isTaken, number } of changes) {
          const place = `lawn:${number}`;
          expect(places.has(place)).to.equal(free.has(number));
          if (isTaken) expect(places.take(place)).to.equal(free.delete(number));
          else {
            places.release(place);
            free.add(number);
          }
        }
        const runs = [...places.runs()].map(([, first, last]) => [first, last]);
        const firsts = [...free].filter((number) => !free.has(number - 1)).sort((a, b) => a - b);
        const lasts = [...free].filter((number) => !free.has(number + 1)).sort((a, b) => a - b);
        expect(runs).to.deep.equal(firsts.map((first, index) => [first, lasts[index]]));
      }),
    );
  });
});

describe('seat allocator', () => {
  const event = anEvent();
  const seats = { section: 'floor', rows: [['A', 1, 3]] as [string, number, number][] };
  const allotment = anAllotment(event, { seats });
  const order = { event: event.event, priceClass: 'standard', quantity: 2, allotment: undefined };
  let network: MemoryNetwork;
  let nowMs: number;
  let allocator: SeatAllocator;
  let lists: number;
  beforeEach(() => {
    network = new MemoryNetwork();
    const keys = CONSORTIUM.keys.ResellerMSP!;
    network.ledger.accept(aKeyRegistration(keys.seller, 'seller'), { caller: 'ResellerMSP' });
    network.ledger.accept(aKeyRegistration(CONSORTIUM.keys.OrganizerMSP!.event, 'event'));
    network.ledger.accept([event.command, allotment.command]);
    nowMs = 0;
    lists = 0;
    const { list } = network;
    network.list = (query) => {
      lists += 1;
      return list(query);
    };
    allocator = new SeatAllocator({ seller: 'ResellerMSP', records: network, now: () => nowMs });
  });

  const codeOf = (reserving: Promise<unknown>) =>
    reserving.then(
      () => 'reserved',
      (error: unknown) => (error instanceof GatewayError ? error.code : String(error)),
    );

  it('does not offer a place twice while it is in flight', async () => {
    const [first, second] = [await allocator.reserve(order), await codeOf(allocator.reserve(order))];
    expect(first.places).to.deep.equal(['floor:A:1', 'floor:A:2']);
    expect(second).to.equal('NO_SEATS_LEFT');
  });

  it('tells which places of its own are not free by its view, without loading one for that', async () => {
    const places = ['floor:A:1', 'floor:A:3', 'balcony:A:1'];
    await allocator.taken(event.event, ['floor:A:3']);
    expect(await allocator.notFree(event.event, places)).to.deep.equal([]);
    expect(lists).to.equal(0);
    await allocator.reserve(order);
    await allocator.taken(event.event, ['floor:A:3', 'balcony:A:1']);
    expect(await allocator.notFree(event.event, places)).to.deep.equal(['floor:A:1', 'floor:A:3']);
  });

  it('lets a place go for one of two orders and keeps it in hand for the other', async () => {
    const place = 'floor:A:1';
    allocator.begin(event.event, [place]);
    allocator.begin(event.event, [place]);
    allocator.letGo(event.event, [place]);
    expect(await allocator.keep(event.event, [place])).to.deep.equal({ busy: place });
    expect((await allocator.reserve(order)).places).to.deep.equal(['floor:A:2', 'floor:A:3']);
    allocator.letGo(event.event, [place]);
    expect(await allocator.keep(event.event, [place])).to.have.property('taken');
  });

  it('offers a place again that was given up', async () => {
    const first = await allocator.reserve(order);
    await allocator.release(event.event, first);
    expect((await allocator.reserve(order)).places).to.deep.equal(first.places);
  });

  it('keeps a place out that somebody else has', async () => {
    const first = await allocator.reserve(order);
    await allocator.release(event.event, first, 'floor:A:1');
    expect((await allocator.reserve(order)).places).to.deep.equal(['floor:A:2', 'floor:A:3']);
  });

  it('loads its view once, and again when nothing is left, but not at every order', async () => {
    await allocator.reserve(order);
    const once = lists;
    expect(await codeOf(allocator.reserve(order))).to.equal('NO_SEATS_LEFT');
    expect(lists).to.equal(once);
    nowMs = 2_500;
    expect(await codeOf(allocator.reserve(order))).to.equal('NO_SEATS_LEFT');
    expect(lists).to.equal(2 * once);
  });

  it('looks ahead where it is behind, and reads all of it anew only where that does not help', async () => {
    await allocator.release(event.event, await allocator.reserve(order));
    const once = lists;
    network.ledger.accept(aSale(allotment, { seats: ['floor:A:1'] }).command);
    await allocator.catchUp(order);
    expect(lists).to.equal(once);
    expect((await allocator.reserve(order)).places).to.deep.equal(['floor:A:2', 'floor:A:3']);
    const sold = { ...(await network.read([ticketKey(event.event, 'floor:A:1')]))[0]! };
    const pool = anAllotment(event, { allotment: 'standing', pool: { section: 'standing', from: 1, to: 2_000 } });
    network.ledger.accept(pool.command);
    allocator.forget(event.event);
    await allocator.release(event.event, await allocator.reserve({ ...order, allotment: 'standing' }));
    const before = lists;
    network.read = ((keys: readonly unknown[]) => Promise.resolve(keys.map(() => sold))) as typeof network.read;
    await allocator.catchUp({ ...order, allotment: 'standing' });
    expect(lists).to.be.greaterThan(before);
  });

  it('sees sales of the ledger and only its own allotments', async () => {
    network.ledger.accept(aSale(allotment, { seats: ['floor:A:2'] }).command);
    expect((await allocator.reserve(order)).places).to.deep.equal(['floor:A:1', 'floor:A:3']);
    const other = new SeatAllocator({ seller: 'OrganizerMSP', records: network });
    expect(await codeOf(other.reserve(order))).to.equal('NO_SEATS_LEFT');
  });

  it('keeps nothing of an event in which it has nothing', async () => {
    const elsewhere = { ...order, event: 'OrganizerMSP:no-such-night' };
    await codeOf(allocator.reserve(elsewhere));
    const before = lists;
    await codeOf(allocator.reserve(elsewhere));
    expect(lists).to.be.greaterThan(before);
  });

  it('loads again after a load failed', async () => {
    const { list } = network;
    network.list = () => Promise.reject(new GatewayError('LEDGER_UNAVAILABLE'));
    expect(await codeOf(allocator.reserve(order))).to.equal('LEDGER_UNAVAILABLE');
    network.list = list;
    expect(await codeOf(allocator.reserve(order))).to.equal('reserved');
  });
});
