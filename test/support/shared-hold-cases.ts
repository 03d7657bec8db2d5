/** What must hold of holds where several gateways of a seller share the book: none is made of a seat that another of them is about to sell. */
import { expect } from 'chai';
import { GatewayError } from '../../gateway/errors.js';
import type { HoldBook } from '../../gateway/holds/hold-book.js';
import { aGateway, type TestGateway } from '../unit/gateway/http/a-gateway.js';
import { HeldSubmitter } from '../unit/gateway/http/a-held-submitter.js';
import { aFan, anOpenEvent, EVENT } from '../unit/gateway/http/a-scene.js';
import { MemoryNetwork } from '../unit/gateway/http/memory-network.js';
import { OPERATOR, send, type RawAnswer } from '../unit/gateway/http/raw.js';
import { bookWith } from './book-with.js';
import { codeOf } from './code-of.js';
import { holdOf, seatsOf, sell } from './hold-cases.js';
import { until } from './until.js';

const SEAT = 'floor:A:1';
const BY_NAME = { seats: [SEAT] };
const BY_CLASS = { priceClass: 'standard', quantity: 1 };
const told = ({ status, body }: RawAnswer) => [status, body.code];

/** @param book shared; with nothing of the event in it, before each case */
export function sharedHoldCases(book: () => HoldBook): void {
  let network: MemoryNetwork;
  let way: HeldSubmitter;
  let seller: TestGateway;
  let other: TestGateway;

  beforeEach(async () => {
    network = new MemoryNetwork();
    way = new HeldSubmitter(network.submitterOf('OrganizerMSP'));
    seller = await aGateway({ network, holdBook: book(), submitter: way });
    other = await aGateway({ network, holdBook: book() });
    await anOpenEvent(seller);
  });
  afterEach(async () => {
    way.release();
    await Promise.all([seller.close(), other.close()]);
  });

  const selling = () => book().sellingOf(EVENT, Date.parse(network.now));
  const underWay = async () => {
    while ((await selling()).length === 0) await new Promise((resolve) => setImmediate(resolve));
  };
  /** What became of a sale is written after its buyer was answered. */
  const endsIn = (seconds: number) =>
    until(async () => {
      const marks = await selling();
      return marks.length === 1 && marks[0]!.untilMs === Date.parse(network.now) + seconds * 1_000;
    });
  const wait = (seconds: number) => {
    network.now = new Date(Date.parse(network.now) + seconds * 1_000).toISOString();
  };

  const orders: readonly [string, Parameters<typeof sell>[1]][] = [
    ['names its seat', { seats: [SEAT] }],
    ['names a class', { quantity: 1 }],
  ];
  for (const [how, order] of orders)
    it(`is not made of a seat while a sale that ${how} is under way at another gateway`, async () => {
      way.hold();
      const sale = sell(seller, order);
      await underWay();
      expect(told(await holdOf(other, BY_NAME))).to.deep.equal([409, 'SEAT_HELD']);
      expect((await holdOf(other, BY_CLASS)).body.seats).to.deep.equal(['floor:A:2']);
      way.release();
      expect(seatsOf(await sale)).to.deep.equal([SEAT]);
      await endsIn(30);
      wait(30);
      expect(await selling()).to.deep.equal([]);
      expect(told(await holdOf(other, BY_NAME))).to.deep.equal([409, 'SEAT_ALREADY_SOLD']);
    });

  it('is not made of a seat that another gateway sells while it is written', async () => {
    const kept = book();
    let sale: RawAnswer | undefined;
    const add: HoldBook['add'] = async (...given) => {
      sale ??= await sell(seller, { seats: [SEAT] });
      return kept.add(...given);
    };
    const late = await aGateway({ network, holdBook: bookWith(kept, { add }) });
    const held = await holdOf(late, BY_NAME);
    await late.close();
    expect(sale!.status).to.equal(201);
    expect(told(held)).to.deep.equal([409, 'SEAT_HELD']);
    expect(await kept.heldOf(EVENT, Date.parse(network.now))).to.deep.equal([]);
  });

  it('is not made of a seat that a gateway was about to sell when it was killed, until its time is over', async () => {
    const [event, place, sale] = [EVENT, SEAT, 'of who was killed'];
    await book().markSelling([{ event, place, sale, untilMs: Date.parse(network.now) + 60_000 }]);
    expect(told(await holdOf(other, BY_NAME))).to.deep.equal([409, 'SEAT_HELD']);
    expect((await holdOf(other, BY_CLASS)).body.seats).to.deep.equal(['floor:A:2']);
    expect(seatsOf(await sell(other, { quantity: 1 }))).to.deep.equal(['floor:A:3']);
    wait(60);
    expect((await holdOf(other, BY_NAME)).status).to.equal(201);
  });

  it('is not made of a seat of which nobody knows whether it was sold', async () => {
    network.failNext = new GatewayError('OUTCOME_UNKNOWN');
    expect((await sell(seller, { seats: [SEAT] })).body.code).to.equal('OUTCOME_UNKNOWN');
    await endsIn(240);
    wait(239);
    for (const gateway of [seller, other])
      expect(told(await holdOf(gateway, BY_NAME))).to.deep.equal([409, 'SEAT_HELD']);
    wait(2);
    expect((await holdOf(other, BY_NAME)).status).to.equal(201);
  });

  it('is made as soon as the sale was refused', async () => {
    expect((await sell(seller, { seats: [SEAT], maxTotalMinor: 1 })).body.code).to.equal('PRICE_ABOVE_REQUEST');
    expect((await holdOf(other, BY_NAME)).status).to.equal(201);
  });

  it('is sold, though the store does not answer any more when it is', async () => {
    const kept = book();
    let marks = 0;
    const markSelling: HoldBook['markSelling'] = (seats) =>
      (marks += 1) === 1 ? kept.markSelling(seats) : Promise.reject(new GatewayError('STORE_UNAVAILABLE'));
    const late = await aGateway({ network, holdBook: bookWith(kept, { markSelling }) });
    const sold = await sell(late, { seats: [SEAT] });
    await late.close();
    expect([sold.status, marks]).to.deep.equal([201, 2]);
  });

  it('is not made of a seat of a hold that is let go while it is sold', async () => {
    const { body } = await holdOf(seller, BY_NAME);
    way.hold();
    const sale = sell(seller, { seats: [SEAT] }, { hold: body.hold });
    await underWay();
    await send(other, { method: 'DELETE', path: `/v1/holds/${String(body.hold)}`, headers: OPERATOR });
    expect(told(await holdOf(other, BY_NAME))).to.deep.equal([409, 'SEAT_HELD']);
    way.release();
    expect((await sale).status).to.equal(201);
  });

  it('is taken back where nobody can say whether a sale has its seat in hand, and nobody is told of it meanwhile', async () => {
    const kept = book();
    const sellingAmong = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new GatewayError('STORE_UNAVAILABLE');
    };
    const late = await aGateway({ network, holdBook: bookWith(kept, { sellingAmong }) });
    const order = { caller: 'key:somebody', id: 'a-cart-of-somebody', event: EVENT, ...BY_NAME, minutes: 10 };
    const asked = () => codeOf(Promise.resolve(late.services.laneMethods.hold(order)));
    expect(await Promise.all([asked(), asked()])).to.deep.equal(['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE']);
    await late.close();
    expect(await kept.heldOf(EVENT, Date.parse(network.now))).to.deep.equal([]);
    expect((await holdOf(other, BY_NAME)).status).to.equal(201);
  });

  // Regression: the marks of all who sold at once were written with theirs, or not at all.
  it('hinders no other sale by a request that names a seat twice', async () => {
    const wishes = [['floor:A:2', 'floor:A:2'], [SEAT], ['floor:A:3'], ['floor:A:4']];
    const answers = await Promise.all(wishes.map((seats) => sell(seller, { seats })));
    expect(answers.map(({ status }) => status)).to.deep.equal([422, 201, 201, 201]);
  });

  it('is forgotten some time after a sale was under way', async () => {
    await sell(seller, { seats: [SEAT] });
    await endsIn(30);
    wait(41);
    await sell(seller, { seats: ['floor:A:2'] });
    await until(async () => (await book().sellingOf(EVENT, 0)).length === 1);
    expect((await book().sellingOf(EVENT, 0)).map(({ place }) => place)).to.deep.equal(['floor:A:2']);
  });

  it('is offered past what sales of others have in hand, and that is offered again once it is over', async () => {
    await holdOf(other, { seats: ['floor:B:1'] });
    const untilMs = Date.parse(network.now) + 60_000;
    await book().markSelling([{ event: EVENT, place: SEAT, sale: 'of another', untilMs }]);
    expect((await holdOf(other, BY_CLASS)).body.seats).to.deep.equal(['floor:A:2']);
    wait(61);
    expect((await holdOf(other, BY_CLASS)).body.seats).to.deep.equal([SEAT]);
  });

  // Regression: it was offered the same seat again and again, which its own gateway had marked.
  it('is offered past seats of which its own gateway does not know what became', async () => {
    network.failNext = new GatewayError('OUTCOME_UNKNOWN');
    expect((await sell(seller, { seats: [SEAT] })).body.code).to.equal('OUTCOME_UNKNOWN');
    expect(told(await holdOf(seller, BY_NAME))).to.deep.equal([409, 'SEAT_HELD']);
    expect((await holdOf(seller, BY_CLASS)).body.seats).to.deep.equal(['floor:A:2']);
  });

  it('is made of seats that a sale was offered which had been sold before', async () => {
    const request = aFan().request({ quantity: 1 });
    const order = () =>
      send(seller, { method: 'POST', path: '/v1/sales', body: JSON.stringify({ request }), headers: OPERATOR });
    expect([(await order()).status, (await order()).status]).to.deep.equal([201, 200]);
    await until(async () => (await selling()).length === 1);
    expect((await holdOf(other, { seats: ['floor:A:2'] })).status).to.equal(201);
  });

  it('is sold for nobody who has let it go before its seats were marked', async () => {
    const kept = book();
    const { body } = await holdOf(seller, BY_NAME);
    const path = `/v1/holds/${String(body.hold)}`;
    const markSelling: HoldBook['markSelling'] = async (seats) => {
      await send(other, { method: 'DELETE', path, headers: OPERATOR });
      expect((await holdOf(other, BY_NAME)).status).to.equal(201);
      await kept.markSelling(seats);
    };
    const late = await aGateway({ network, holdBook: bookWith(kept, { markSelling }) });
    const sale = await sell(late, { seats: [SEAT] }, { hold: body.hold });
    await late.close();
    expect(told(sale)).to.deep.equal([409, 'HOLD_OVER']);
  });
}
