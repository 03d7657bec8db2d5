/** What must hold of holds on whatever database: the suites call this with PGlite and with a PostgreSQL server, on which a second gateway has the same book. */
import { expect } from 'chai';
import type { HoldBook } from '../../gateway/holds/hold-book.js';
import type { Store } from '../../gateway/store/open-store.js';
import { aGateway, type GatewayOptions, type TestGateway } from '../unit/gateway/http/a-gateway.js';
import { aFan, anOpenEvent, EVENT, type Fan } from '../unit/gateway/http/a-scene.js';
import { OPERATOR, send, type RawAnswer } from '../unit/gateway/http/raw.js';
import { bookWith } from './book-with.js';
import { codeOf } from './code-of.js';
import { newId } from './statements.js';

type Body = Readonly<Record<string, unknown>>;
const post = (gateway: TestGateway, path: string, body: Body, headers: Readonly<Record<string, string>> = {}) =>
  send(gateway, { method: 'POST', path, body: JSON.stringify(body), headers: { ...OPERATOR, ...headers } });

export const holdOf = (gateway: TestGateway, body: Body, headers: Readonly<Record<string, string>> = {}) =>
  post(gateway, '/v1/holds', { event: EVENT, ...body }, headers);
export const sell = (gateway: TestGateway, overrides: Parameters<Fan['request']>[0] = {}, more: Body = {}) =>
  post(gateway, '/v1/sales', { request: aFan().request(overrides), ...more });
export const seatsOf = ({ body }: RawAnswer) =>
  (body.tickets as readonly { ticket: string }[]).map(({ ticket }) => ticket.slice(EVENT.length + 1));
const told = ({ status, body }: RawAnswer) => [status, body.code, body.field];
const SEAT = 'floor:A:1';
/** Empties all that a book of holds is written in. */
export async function forgetHolds(store: Store): Promise<void> {
  for (const table of ['holds', 'held_seats', 'selling_seats'] as const) await store.deleteFrom(table).execute();
}

/** @param book one that has no hold of the event, before each case */
export function holdCases(book: () => Promise<HoldBook>): void {
  let gateway: TestGateway;
  const opened: TestGateway[] = [];
  async function another(options: GatewayOptions = {}): Promise<TestGateway> {
    const made = await aGateway({ holdBook: await book(), ...options });
    opened.push(made);
    return made;
  }
  const again = () => another({ network: gateway.network });
  /** Of the same seller, with a book of its own. */
  const aGatewayElsewhere = async (): Promise<TestGateway> => {
    const made = await aGateway({ network: gateway.network });
    opened.push(made);
    return made;
  };
  const wait = (minutes: number) => {
    gateway.network.now = new Date(Date.parse(gateway.network.now) + minutes * 60_000).toISOString();
  };
  beforeEach(async () => {
    gateway = await another();
    await anOpenEvent(gateway);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  it('sells a held seat to whom has the hold and to nobody else', async () => {
    const held = await holdOf(gateway, { seats: [SEAT, 'floor:A:2'] });
    expect(held.status).to.equal(201);
    expect(held.body).to.deep.include({ seats: [SEAT, 'floor:A:2'], state: 'held', allotment: 'floor-a' });
    const refused = await sell(gateway, { seats: ['floor:A:3', SEAT] });
    expect(told(refused)).to.deep.equal([409, 'SEAT_HELD', 'request.seats[1]']);
    expect(refused.headers.get('Retry-After')).to.equal('600');
    expect(refused.body.details).to.include({ place: SEAT, expiresAt: held.body.expiresAt });
    const sold = await sell(gateway, { seats: [SEAT, 'floor:A:2'] }, { hold: held.body.hold });
    expect([sold.status, seatsOf(sold)]).to.deep.equal([201, [SEAT, 'floor:A:2']]);
    const { body } = await send(gateway, { path: `/v1/holds/${String(held.body.hold)}`, headers: OPERATOR });
    expect(body).to.deep.include({ state: 'sold', seats: [], sold: [SEAT, 'floor:A:2'], lost: [] });
  });

  it('offers no held seat to who names a class, and holds seats of a class side by side', async () => {
    expect((await holdOf(gateway, { priceClass: 'standard', quantity: 3 })).body.seats).to.deep.equal([
      SEAT,
      'floor:A:2',
      'floor:A:3',
    ]);
    await holdOf(gateway, { seats: ['floor:A:5'] });
    expect(seatsOf(await sell(gateway, { quantity: 2 }))).to.deep.equal(['floor:A:6', 'floor:A:7']);
    const { body } = await holdOf(gateway, { priceClass: 'standard', quantity: 13 });
    expect(body.seats).to.have.length(13);
    expect(told(await sell(gateway, { quantity: 2 }))).to.deep.equal([409, 'NO_SEATS_LEFT', 'request.priceClass']);
  });

  it('sells by class what a hold of the class has, a part at a time', async () => {
    const { body } = await holdOf(gateway, { priceClass: 'standard', quantity: 3 });
    const more = { hold: body.hold };
    expect(seatsOf(await sell(gateway, { quantity: 2 }, more))).to.deep.equal([SEAT, 'floor:A:2']);
    expect(told(await sell(gateway, { quantity: 2 }, more))).to.deep.equal([422, 'HOLD_MISMATCH', 'request.quantity']);
    expect(told(await sell(gateway, { seats: ['floor:A:9'] }, more))).to.deep.equal([
      422,
      'HOLD_MISMATCH',
      'request.seats[0]',
    ]);
    expect(seatsOf(await sell(gateway, { quantity: 1 }, more))).to.deep.equal(['floor:A:3']);
    expect(told(await sell(gateway, { quantity: 1 }, more))).to.deep.equal([409, 'HOLD_OVER', 'hold']);
  });

  it('is over when its time is, for its seats and for its owner', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT], minutes: 5 });
    wait(4.9);
    expect((await sell(gateway, { seats: [SEAT] })).body.code).to.equal('SEAT_HELD');
    wait(0.2);
    const late = await sell(gateway, { seats: [SEAT] }, { hold: body.hold });
    expect(told(late)).to.deep.equal([409, 'HOLD_OVER', 'hold']);
    expect(late.body.details).to.include({ state: 'expired' });
    expect(seatsOf(await sell(gateway, { quantity: 1 }))).to.deep.equal([SEAT]);
  });

  it('may be held by the next when its time is over', async () => {
    await holdOf(gateway, { seats: [SEAT, 'floor:A:2'], minutes: 1 });
    expect(told(await holdOf(gateway, { seats: ['floor:A:2', 'floor:A:3'] }))).to.deep.equal([
      409,
      'SEAT_HELD',
      'seats[0]',
    ]);
    wait(1.1);
    expect((await holdOf(gateway, { seats: ['floor:A:2', 'floor:A:3'] })).status).to.equal(201);
    expect(seatsOf(await sell(gateway, { quantity: 1 }))).to.deep.equal([SEAT]);
  });

  it('is extended up to an hour', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT], minutes: 30 });
    const path = `/v1/holds/${String(body.hold)}/extend`;
    wait(29);
    expect((await post(gateway, path, { minutes: 30 })).status).to.equal(200);
    wait(29);
    expect((await sell(gateway, { seats: [SEAT] })).body.code).to.equal('SEAT_HELD');
    expect(told(await post(gateway, path, { minutes: 3 }))).to.deep.equal([422, 'HOLD_TOO_LONG', 'minutes']);
    wait(2);
    expect(told(await post(gateway, path, { minutes: 1 }))).to.deep.equal([409, 'HOLD_OVER', 'hold']);
  });

  it('does not end while the ledger is asked', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT], minutes: 1 });
    wait(0.99);
    let other: Promise<RawAnswer> | undefined;
    gateway.network.meanwhile = () => {
      wait(0.5);
      other = holdOf(gateway, { seats: [SEAT] });
    };
    expect((await sell(gateway, { seats: [SEAT] }, { hold: body.hold })).status).to.equal(201);
    expect((await other!).status).to.equal(409);
  });

  it('is over for its owner where another gateway, whose clock is ahead, gave its seat away', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT] });
    const createdAtMs = Date.parse(gateway.network.now) + 11 * 60_000;
    const times = { createdAtMs, expiresAtMs: createdAtMs + 60_000, latestAtMs: createdAtMs + 60_000 };
    const of = { event: EVENT, allotment: 'floor-a', priceClass: 'standard', seats: [SEAT], sold: [], released: false };
    const next = { hold: 'h'.repeat(43), caller: 'key:other', id: newId(), asked: 'a', ...of, ...times };
    expect((await (await book()).add(next, 10)).as).to.equal('new');
    const late = await sell(gateway, { seats: [SEAT] }, { hold: body.hold });
    expect(told(late)).to.deep.equal([409, 'HOLD_OVER', 'hold']);
    expect(late.body.details).to.include({ state: 'expired' });
  });

  it('lasts no longer for sales that do not fit it', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT], minutes: 1 });
    const more = { hold: body.hold };
    wait(0.9);
    expect((await sell(gateway, { seats: ['floor:A:9'] }, more)).body.code).to.equal('HOLD_MISMATCH');
    expect((await sell(gateway, { priceClass: 'none', quantity: 1 }, more)).body.code).to.equal('HOLD_MISMATCH');
    wait(0.2);
    expect((await sell(gateway, { seats: [SEAT] }, more)).body.code).to.equal('HOLD_OVER');
    expect((await sell(gateway, { seats: [SEAT] })).status).to.equal(201);
  });

  it('lasts a minute beyond its latest end for sales that are refused, however many', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT], minutes: 30 });
    wait(29.9);
    await post(gateway, `/v1/holds/${String(body.hold)}/extend`, { minutes: 30 });
    wait(29.6);
    const refused = () => sell(gateway, { seats: [SEAT], maxTotalMinor: 1 }, { hold: body.hold });
    for (let tries = 0; tries < 3; tries += 1) {
      expect((await refused()).body.code).to.equal('PRICE_ABOVE_REQUEST');
      wait(0.45);
    }
    wait(0.2);
    expect((await refused()).body.code).to.equal('HOLD_OVER');
  });

  for (const [how, order] of [
    ['by name', { seats: [SEAT] }],
    ['by class', { priceClass: 'standard', quantity: 1 }],
  ] as const)
    it(`is not given ${how} of a seat that is sold while it is written`, async () => {
      const kept = await book();
      let sale: Promise<RawAnswer> | undefined;
      const add: HoldBook['add'] = async (hold, maxSeats) => {
        await (sale ??= sell(late, { seats: [SEAT] }));
        return kept.add(hold, maxSeats);
      };
      const late = await another({ network: gateway.network, holdBook: bookWith(kept, { add }) });
      const held = await holdOf(late, order);
      expect((await sale!).status).to.equal(201);
      if ('seats' in order) expect(told(held)).to.deep.equal([409, 'SEAT_HELD', 'seats[0]']);
      else expect(held.body.seats).to.deep.equal(['floor:A:2']);
      expect(seatsOf(await sell(late, { quantity: 1 }))).to.deep.equal([how === 'by name' ? 'floor:A:2' : 'floor:A:3']);
    });

  it('is never given of a seat that is sold, however many want both at once', async () => {
    const seats = Array.from({ length: 10 }, (_, index) => `floor:A:${index + 1}`);
    const soon = (work: () => Promise<RawAnswer>) =>
      new Promise((resolve) => setTimeout(resolve, Math.random() * 40)).then(work);
    const ends = await Promise.all(
      seats.map(async (seat) => {
        const buys = [1, undefined, 1, undefined, 1].map((maxTotalMinor) =>
          soon(() => sell(gateway, { seats: [seat], ...(maxTotalMinor && { maxTotalMinor }) })),
        );
        const holds = [1, 2, 3, 4].map(() => soon(() => holdOf(gateway, { seats: [seat] })));
        const gained = async (answers: Promise<RawAnswer>[]) =>
          (await Promise.all(answers)).filter(({ status }) => status === 201).length;
        return [await gained(buys), await gained(holds)];
      }),
    );
    for (const [sold = 0, held = 0] of ends) expect(sold + held).to.be.at.most(1);
    expect(ends.flat()).to.include(1);
  });

  it('gives two sales by class at once other seats of it', async () => {
    const { body } = await holdOf(gateway, { priceClass: 'standard', quantity: 4 });
    const answers = await Promise.all([1, 2].map(() => sell(gateway, { quantity: 2 }, { hold: body.hold })));
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(answers.flatMap(seatsOf).sort()).to.deep.equal([...(body.seats as string[])].sort());
  });

  it('sells by class past a seat of it that was sold another way', async () => {
    const { body } = await holdOf(gateway, { priceClass: 'standard', quantity: 3 });
    expect((await sell(await aGatewayElsewhere(), { seats: [SEAT] })).status).to.equal(201);
    const sold = await sell(gateway, { quantity: 2 }, { hold: body.hold });
    expect([sold.status, seatsOf(sold)]).to.deep.equal([201, ['floor:A:2', 'floor:A:3']]);
  });

  it('gives its seats back when it is released', async () => {
    const { body } = await holdOf(gateway, { priceClass: 'standard', quantity: 2 });
    const release = () =>
      send(gateway, { method: 'DELETE', path: `/v1/holds/${String(body.hold)}`, headers: OPERATOR });
    expect((await release()).body).to.include({ state: 'released' });
    expect((await release()).body).to.include({ state: 'released' });
    expect(seatsOf(await sell(gateway, { quantity: 1 }))).to.deep.equal([SEAT]);
    expect(told(await sell(gateway, { seats: ['floor:A:2'] }, { hold: body.hold }))).to.deep.equal([
      409,
      'HOLD_OVER',
      'hold',
    ]);
  });

  it('is nobody else’s to see or to use', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT] });
    const { holdDesk } = gateway.services;
    for (const ask of ['find', 'release'] as const)
      expect(await codeOf(holdDesk[ask](String(body.hold), 'key:other'))).to.equal('UNKNOWN_HOLD');
    const unknown = 'u'.repeat(43);
    expect(told(await sell(gateway, { seats: [SEAT] }, { hold: unknown }))).to.deep.equal([
      404,
      'UNKNOWN_HOLD',
      'hold',
    ]);
  });

  it('is made once for each Idempotency-Key, whichever gateway is asked', async () => {
    const key = { 'Idempotency-Key': newId() };
    const first = await holdOf(gateway, { priceClass: 'standard', quantity: 2 }, key);
    const second = await holdOf(await again(), { priceClass: 'standard', quantity: 2 }, key);
    expect([first.status, second.status, second.headers.get('Idempotency-Replayed')]).to.deep.equal([201, 200, 'true']);
    expect(second.body).to.deep.equal(first.body);
    const third = await holdOf(await again(), { priceClass: 'standard', quantity: 3 }, key);
    expect(told(third)).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED', 'id']);
  });

  it('is still there after a new start, for seats by name and by class', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT, 'floor:A:2'] });
    const started = await again();
    expect((await sell(started, { seats: [SEAT] })).body.code).to.equal('SEAT_HELD');
    expect(seatsOf(await sell(started, { quantity: 2 }))).to.deep.equal(['floor:A:3', 'floor:A:4']);
    expect((await sell(started, { seats: [SEAT] }, { hold: body.hold })).status).to.equal(201);
  });

  it('says so where a held seat was sold another way', async () => {
    const { body } = await holdOf(gateway, { seats: [SEAT] });
    const elsewhere = await aGateway({ network: gateway.network });
    opened.push(elsewhere);
    expect((await sell(elsewhere, { seats: [SEAT] })).status).to.equal(201);
    const late = await sell(gateway, { seats: [SEAT] }, { hold: body.hold });
    expect(told(late)).to.deep.equal([409, 'SEAT_ALREADY_SOLD', 'sale.seats[0]']);
    expect(late.body.details).to.include({ hold: body.hold });
    const shown = await send(gateway, { path: `/v1/holds/${String(body.hold)}`, headers: OPERATOR });
    expect(shown.body.lost).to.deep.equal([SEAT]);
  });

  it('is given, and sold, past those that were sold another way, however many', async () => {
    await holdOf(gateway, { seats: ['floor:B:10'] });
    const elsewhere = await aGatewayElsewhere();
    const buy = (seat: string) => sell(elsewhere, { seats: [seat] });
    const seats = Array.from({ length: 16 }, (_, index) => `floor:${index < 10 ? 'A' : 'B'}:${(index % 10) + 1}`);
    await Promise.all(seats.slice(0, 8).map(buy));
    expect((await holdOf(gateway, { priceClass: 'standard', quantity: 1 })).body.seats).to.deep.equal(['floor:A:9']);
    await Promise.all(seats.slice(9).map(buy));
    expect(seatsOf(await sell(gateway, { quantity: 1 }))).to.deep.equal(['floor:B:7']);
  });

  it('is given of seats side by side past rows of which single ones are free', async () => {
    await holdOf(gateway, { seats: ['floor:B:10'] });
    const elsewhere = await aGatewayElsewhere();
    const sold = [2, 4, 6, 8, 10].map((number) => `floor:A:${number}`).concat('floor:B:2', 'floor:B:4', 'floor:B:6');
    await Promise.all(sold.map((seat) => sell(elsewhere, { seats: [seat] })));
    const { body } = await holdOf(gateway, { priceClass: 'standard', quantity: 2 });
    expect(body.seats).to.deep.equal(['floor:B:7', 'floor:B:8']);
  });

  it('is not given for a sold seat', async () => {
    const elsewhere = await aGateway({ network: gateway.network });
    opened.push(elsewhere);
    await holdOf(gateway, { seats: ['floor:B:1'] });
    await sell(elsewhere, { seats: [SEAT] });
    expect(told(await holdOf(gateway, { seats: [SEAT] }))).to.deep.equal([409, 'SEAT_ALREADY_SOLD', 'seats[0]']);
    expect((await holdOf(gateway, { priceClass: 'standard', quantity: 1 })).body.seats).to.deep.equal(['floor:A:2']);
  });

  it('answers a sale that is sent again with its first receipt', async () => {
    const { body } = await holdOf(gateway, { priceClass: 'standard', quantity: 2 });
    const sale = { request: aFan().request({ quantity: 2 }), hold: body.hold };
    const first = await post(gateway, '/v1/sales', sale);
    const second = await post(gateway, '/v1/sales', sale);
    expect([first.status, second.status]).to.deep.equal([201, 200]);
    expect(second.body).to.deep.equal(first.body);
  });

  it('is bounded for each caller and event', async () => {
    const small = await another({ network: gateway.network, maxHeldSeats: 3 });
    const { body } = await holdOf(small, { seats: [SEAT, 'floor:A:2'] });
    const refused = await holdOf(small, { seats: ['floor:A:3', 'floor:A:4'] });
    expect(told(refused)).to.deep.equal([429, 'HOLD_LIMIT_REACHED', 'seats']);
    expect(refused.headers.get('Retry-After')).to.equal('10');
    // What was refused is held by nobody.
    expect((await sell(small, { seats: ['floor:A:3'] })).status).to.equal(201);
    await sell(small, { seats: [SEAT] }, { hold: body.hold });
    expect((await holdOf(small, { seats: ['floor:A:4', 'floor:A:5'] })).status).to.equal(201);
  });

  it('refuses what is no order', async () => {
    expect(told(await holdOf(gateway, {}))).to.deep.equal([400, 'INVALID_FIELD', 'seats']);
    expect(told(await holdOf(gateway, { seats: [SEAT, SEAT] }))).to.deep.equal([422, 'SEAT_REPEATED', 'seats[1]']);
    expect(told(await holdOf(gateway, { seats: ['gallery:A:1'] }))).to.deep.equal([
      422,
      'SEAT_NOT_IN_ALLOTMENT',
      'seats[0]',
    ]);
    expect(told(await holdOf(gateway, { seats: [SEAT], event: 'OrganizerMSP:none' }))).to.deep.equal([
      404,
      'UNKNOWN_EVENT',
      'event',
    ]);
    expect(told(await holdOf(gateway, { seats: [SEAT], minutes: 31 }))[2]).to.equal('minutes');
  });

  it('shows what is held as not free', async () => {
    await holdOf(gateway, { seats: ['floor:A:2'] });
    await sell(gateway, { seats: [SEAT] });
    const { body } = await send(gateway, { path: `/v1/events/${EVENT}/allotments/floor-a/availability` });
    expect(body).to.include({ places: 20, sold: 1, held: 1, free: 18 });
    expect((body.runs as unknown[])[0]).to.deep.equal({ row: 'A', from: 3, to: 10 });
  });

  it('is given to one of a hundred that want the same seat at once', async () => {
    const gateways = [gateway, ...((await book()).isShared ? [await again()] : [])];
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        holdOf(gateways[index % gateways.length]!, {
          seats: index % 2 === 0 ? [SEAT, 'floor:A:2'] : ['floor:A:2', SEAT],
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).to.deep.equal(
      new Set(['SEAT_HELD']),
    );
  });

  it('gives each of forty that want any seat another one, and nobody more than there are', async () => {
    const gateways = [gateway, ...((await book()).isShared ? [await again()] : [])];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        holdOf(gateways[index % gateways.length]!, { priceClass: 'standard', quantity: 1 }),
      ),
    );
    const seats = answers.flatMap(({ body }) => (body.seats as readonly string[] | undefined) ?? []);
    expect(new Set(seats).size).to.equal(seats.length);
    if (gateways.length === 1) expect(seats).to.have.length(20);
    else expect(seats.length).to.be.at.least(1);
  });
}
