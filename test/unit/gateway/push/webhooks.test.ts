import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import type { Store } from '../../../../gateway/store/open-store.js';
import type { LedgerEvent } from '../../../../gateway/push/ledger-event.js';
import type { Answer } from '../../../../gateway/push/webhooks/post.js';
import { KEPT_ATTEMPTS } from '../../../../gateway/push/webhooks/webhook-store.js';
import { codeOf } from '../../../support/code-of.js';
import { EventChain } from '../../../support/event-chain.js';
import { aSale } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import { onSale, type Scene } from '../../../support/world.js';
import { aDesk, HandClock, Receiver, type Desk, type DeskOptions } from './a-webhook-scene.js';
import { lendStore } from '../../../support/lent-databases.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINE = { maxEvents: 1, from: 0 };

describe('webhooks', () => {
  let db: Store;
  let scene: Scene;
  let chain: EventChain;
  let receiver: Receiver;
  let seat: number;
  let desks: Desk[];

  before(async () => (db = await lendStore()));
  after(() => db.destroy());
  beforeEach(async () => {
    await db.deleteFrom('webhooks').execute();
    scene = onSale();
    chain = new EventChain();
    receiver = await Receiver.open();
    [seat, desks] = [0, []];
  });
  afterEach(async () => {
    await Promise.all(desks.map((desk) => desk.close()));
    await receiver.close();
  });

  const begin = (options: Partial<DeskOptions> = {}): Desk => {
    const desk = aDesk({ db, chain, ...options });
    desks.push(desk);
    return desk;
  };
  /** In a block of their own. */
  const sell = (count = 1): void => {
    const sales = Array.from({ length: count }, () => aSale(scene.floor, { seats: [`floor:A:${(seat += 1)}`] }));
    chain.submit(
      scene.ledger,
      sales.map(({ command }) => command),
      { caller: 'ResellerMSP' },
    );
  };
  const eventsIn = ({ body }: { body: string }) =>
    JSON.parse(body) as LedgerEvent & { data: { events: LedgerEvent[] } };
  const isAt = async (desk: Desk, id: string, position: string) =>
    until(async () => (await desk.desk.find(id)).position === position);

  it('are posted in their order, signed so that the standard’s own library verifies them', async () => {
    const desk = begin();
    desk.couriers.start();
    sell(2);
    const { webhook, secret } = await desk.desk.create({ url: receiver.url, ...MINE });
    sell(1);
    await isAt(desk, webhook.id, '1-0-0');
    expect(receiver.ids).to.deep.equal(['0-0-0', '0-0-1', '1-0-0']);
    for (const { body, headers, id } of receiver.received) {
      const verified = new Webhook(secret!).verify(body, headers) as LedgerEvent;
      expect(verified).to.include({ id, type: 'ticket.sold' });
      expect(() => new Webhook(secret!).verify(`${body} `, headers)).to.throw();
    }
    const [newest] = await desk.desk.deliveries(webhook.id, Number.MAX_SAFE_INTEGER, 10);
    expect(newest).to.include({ number: 3, message: '1-0-0', events: 1, status: 204, error: null });
  });

  it('begin with what happens after their creation unless told otherwise', async () => {
    sell(1);
    const desk = begin();
    desk.couriers.start();
    await desk.desk.create({ url: receiver.url, maxEvents: 1 });
    sell(1);
    await until(() => receiver.ids.length === 1);
    expect(receiver.ids).to.deep.equal(['1-0-0']);
  });

  it('are told what they asked for', async () => {
    const desk = begin();
    desk.couriers.start();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE, types: ['event.cancelled'] });
    sell(3);
    for (let block = 0; block < 60; block += 1) chain.add([]);
    await isAt(desk, webhook.id, '49');
    expect(receiver.received).to.be.empty;
  });

  it('get several events of a block in one message, cut the same way each time', async () => {
    const desk = begin();
    desk.couriers.start();
    sell(5);
    const { webhook } = await desk.desk.create({ url: receiver.url, maxEvents: 2, from: 0 });
    await isAt(desk, webhook.id, '0-0-4');
    const first = receiver.received.map(({ id, body }) => [id, eventsIn({ body }).data.events.length]);
    expect(first).to.deep.equal([
      ['0-0-0_0-0-1', 2],
      ['0-0-2_0-0-3', 2],
      ['0-0-4_0-0-4', 1],
    ]);
    await desk.desk.replay(webhook.id, 0);
    await until(() => receiver.ids.length === 6);
    expect(receiver.ids.slice(3)).to.deep.equal(receiver.ids.slice(0, 3));
  });

  it('keep their order while one message is refused: the next one waits', async () => {
    const clock = new HandClock();
    const one = begin({ clock });
    one.couriers.start();
    receiver.status(500);
    const { webhook } = await one.desk.create({ url: receiver.url, ...MINE });
    sell(2);
    await until(async () => (await one.desk.find(webhook.id)).failures === 1);
    receiver.status(200);
    clock.pass(10_000);
    await isAt(one, webhook.id, '0-0-1');
    expect(receiver.ids).to.deep.equal(['0-0-0', '0-0-0', '0-0-1']);
    expect(await one.desk.find(webhook.id)).to.include({ failures: 0, failing_since_ms: null, next_attempt_ms: 0 });
  });

  it('are tried for three days, ever more seldom, and then disabled, and somebody is told', async () => {
    const clock = new HandClock();
    const attempts: number[] = [];
    const post = (): Promise<Answer> => {
      attempts.push(clock.now());
      return Promise.resolve({ error: 'ECONNREFUSED' });
    };
    const desk = begin({ clock, post });
    desk.couriers.start();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    sell(1);
    const row = () => desk.desk.find(webhook.id);
    await until(async () => (await row()).failures === 1);
    for (;;) {
      const { state, failures, next_attempt_ms: next } = await row();
      if (state !== 'active') break;
      clock.pass(next - clock.now());
      await until(async () => (await row()).failures === failures + 1);
    }
    expect((await row()).state).to.equal('disabled');
    const delays = attempts.slice(1).map((at, index) => at - attempts[index]!);
    expect(attempts.at(-1)! - attempts[0]!).to.equal(3 * DAY_MS);
    expect(delays[0]).to.equal(3_750);
    for (const [at, delay] of delays.slice(1, -1).entries())
      expect(delay).to.be.within(delays[at]!, 6 * 60 * 60 * 1000);
    expect(delays.length).to.be.within(20, 40);
    expect(desk.reports.filter(([level]) => level === 'alarm')).to.have.length(1);
    expect(JSON.stringify(desk.reports)).not.to.include(receiver.url);
    const log = await desk.desk.deliveries(webhook.id, Number.MAX_SAFE_INTEGER, 100);
    expect(log).to.have.length(attempts.length);
    expect(log[0]).to.include({ status: null, error: 'ECONNREFUSED' });
    await desk.desk.change(webhook.id, { state: 'active' });
    await until(() => attempts.length === log.length + 1);
  });

  it('stop for good when the target says that it is gone', async () => {
    receiver.status(410);
    const desk = begin();
    desk.couriers.start();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    sell(2);
    await until(async () => (await desk.desk.find(webhook.id)).state === 'gone');
    sell(1);
    await until(async () => (await desk.desk.find(webhook.id)).lease_holder === null);
    expect(receiver.ids).to.deep.equal(['0-0-0']);
  });

  for (const status of [301, 302, 307, 400, 404, 503])
    it(`take ${status} for no arrival, and go nowhere else`, async () => {
      receiver.status(status, { Location: '/elsewhere' });
      const desk = begin({ clock: new HandClock() });
      desk.couriers.start();
      const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
      sell(1);
      await until(async () => (await desk.desk.find(webhook.id)).failures === 1);
      expect(receiver.received.map(({ path }) => path)).to.deep.equal(['/hook']);
      expect((await desk.desk.find(webhook.id)).position).to.be.null;
    });

  it('wait for no answer for ever, and read no more of one than they need', async () => {
    receiver.answer = () => undefined;
    const desk = begin({ clock: new HandClock(), timeoutMs: 100 });
    desk.couriers.start();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    sell(1);
    const last = async () => (await desk.desk.deliveries(webhook.id, Number.MAX_SAFE_INTEGER, 1))[0];
    await until(async () => (await last())?.error === 'TIMEOUT');
    await desk.close();
    receiver.answer = (response) => {
      response.writeHead(200);
      const more = (): void => {
        if (response.destroyed) return;
        response.write('x'.repeat(10_000));
        setTimeout(more, 1);
      };
      more();
    };
    // It has its usual time: a busy machine may take long to answer at all.
    const patient = begin({ clock: new HandClock() });
    patient.couriers.start();
    await patient.desk.change(webhook.id, { state: 'active' });
    await isAt(patient, webhook.id, '0-0-0');
  });

  it('take an answer that never ends for none', async () => {
    receiver.answer = (response) => void response.writeHead(200).write('x');
    const desk = begin({ clock: new HandClock(), timeoutMs: 100 });
    desk.couriers.start();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    sell(1);
    const last = async () => (await desk.desk.deliveries(webhook.id, Number.MAX_SAFE_INTEGER, 1))[0];
    await until(async () => (await last()) !== undefined);
    expect(await last()).to.include({ status: null, error: 'TIMEOUT' });
  });

  it('begin nowhere far above the ledger', async () => {
    const desk = begin();
    sell(1);
    const far = { from: 1_002 };
    expect(await codeOf(desk.desk.create({ url: receiver.url, ...MINE, ...far }))).to.equal('INVALID_FIELD');
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE, from: 1_001 });
    const replayed = desk.desk.replay(webhook.id, 1_002).catch((error: unknown) => error);
    expect(await replayed).to.deep.include({ code: 'INVALID_FIELD', details: { field: 'from', height: 1 } });
    expect((await desk.desk.find(webhook.id)).position).to.equal('1000');
    expect(await codeOf(desk.desk.replay('none-of-that-id', 1_002))).to.equal('UNKNOWN_WEBHOOK');
  });

  it('are shared out to gateways that look at the same time', async () => {
    const desk = begin();
    for (let count = 0; count < 12; count += 1) await desk.desk.create({ url: receiver.url, ...MINE });
    for (const each of [begin({ lookMs: 60_000 }), begin({ lookMs: 60_000 })]) each.couriers.start();
    const held = async () => {
      const holders = (await desk.desk.list('', 50)).flatMap(({ lease_holder: holder }) => holder ?? []);
      return [...new Set(holders)].map((one) => holders.filter((holder) => holder === one).length);
    };
    await until(async () => (await held()).reduce((sum, each) => sum + each, 0) === 12);
    expect((await held()).sort()).to.deep.equal([4, 8]);
  });

  it('are signed with both secrets while a rotation lasts, and with the new one after it', async () => {
    const clock = new HandClock();
    const desk = begin({ clock });
    desk.couriers.start();
    const { webhook, secret: first } = await desk.desk.create({ url: receiver.url, ...MINE });
    const { secret: second } = await desk.desk.rotate(webhook.id, DAY_MS);
    expect(second).not.to.equal(first);
    sell(1);
    await until(() => receiver.ids.length === 1);
    const signatures = (at: number) => receiver.received[at]!.headers['webhook-signature']!.split(' ');
    expect(signatures(0)).to.have.length(2);
    // The library compares the time with its own clock.
    const sign = (secret: string, at: number) => {
      const { id, headers, body } = receiver.received[at]!;
      return new Webhook(secret).sign(id, new Date(Number(headers['webhook-timestamp']) * 1_000), body);
    };
    expect(signatures(0)).to.deep.equal([sign(second, 0), sign(first!, 0)]);
    clock.pass(DAY_MS);
    sell(1);
    await until(() => receiver.ids.length === 2);
    expect(signatures(1)).to.deep.equal([sign(second, 1)]);
  });

  it('keep no secret that can be read, in rows and log', async () => {
    const desk = begin();
    const { webhook, secret } = await desk.desk.create({ url: receiver.url, ...MINE });
    const bytes = Buffer.from(secret!.slice('whsec_'.length), 'base64');
    const rows = JSON.stringify(await db.selectFrom('webhooks').selectAll().execute());
    for (const form of ['base64', 'base64url', 'hex'] as const) expect(rows).not.to.include(bytes.toString(form));
    expect(desk.seal.open(webhook.id, webhook.secret).equals(bytes)).to.be.true;
    expect(() => desk.seal.open('another-webhook', webhook.secret)).to.throw("can't be opened");
  });

  it('are created once for an id, and the secret is not shown again', async () => {
    const desk = begin();
    const wanted = { id: 'my-own-webhook', url: receiver.url, ...MINE };
    expect((await desk.desk.create(wanted)).secret).to.match(/^whsec_/);
    expect((await desk.desk.create(wanted)).secret).to.be.undefined;
    expect(await codeOf(desk.desk.create({ ...wanted, maxEvents: 2 }))).to.equal('IDEMPOTENCY_KEY_REUSED');
  });

  it('are paused and go on where they were', async () => {
    const desk = begin();
    desk.couriers.start();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    sell(1);
    await isAt(desk, webhook.id, '0-0-0');
    await desk.desk.change(webhook.id, { state: 'paused' });
    await until(async () => (await desk.desk.find(webhook.id)).lease_holder === null);
    sell(1);
    await desk.desk.change(webhook.id, { state: 'active' });
    await isAt(desk, webhook.id, '1-0-0');
    expect(receiver.ids).to.deep.equal(['0-0-0', '1-0-0']);
  });

  it('are no more when they are removed, even half-way through a delivery', async () => {
    const desk = begin();
    desk.couriers.start();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    let answer: () => void = () => undefined;
    receiver.answer = (response) => (answer = () => response.writeHead(200).end());
    sell(3);
    await until(() => receiver.ids.length === 1);
    await desk.desk.remove(webhook.id);
    answer();
    expect(await codeOf(desk.desk.find(webhook.id))).to.equal('UNKNOWN_WEBHOOK');
    await desk.close();
    expect(receiver.ids).to.deep.equal(['0-0-0']);
    expect(desk.reports).to.deep.equal([]);
  });

  it('have a replay win over the delivery that was under way', async () => {
    const desk = begin();
    desk.couriers.start();
    sell(1);
    sell(1);
    const { webhook } = await desk.desk.create({ url: receiver.url, maxEvents: 1, from: 1 });
    const answers: (() => void)[] = [];
    receiver.answer = (response) => void answers.push(() => void response.writeHead(200).end());
    await until(() => receiver.ids.length === 1);
    await desk.desk.replay(webhook.id, 0);
    receiver.status(200);
    answers[0]!();
    await isAt(desk, webhook.id, '1-0-0');
    expect(receiver.ids).to.deep.equal(['1-0-0', '0-0-0', '1-0-0']);
  });

  it('are delivered by one of several gateways, and by another once that one is dead', async () => {
    const [first, second] = [begin(), begin()];
    first.couriers.start();
    second.couriers.start();
    const { webhook } = await first.desk.create({ url: receiver.url, ...MINE });
    for (let block = 0; block < 5; block += 1) sell(4);
    await isAt(first, webhook.id, '4-0-3');
    expect(new Set(receiver.ids).size).to.equal(receiver.ids.length);
    const { lease_holder: holder } = await first.desk.find(webhook.id);
    // What a killed gateway leaves: a lease that nobody prolongs.
    await Promise.all([first.close(), second.close()]);
    await db
      .updateTable('webhooks')
      .set({ lease_holder: holder, lease_until_ms: Date.now() + 400 })
      .execute();
    const third = begin();
    third.couriers.start();
    sell(1);
    await isAt(third, webhook.id, '5-0-0');
    expect(receiver.ids.length).to.equal(21);
  });

  it('write nothing for a gateway that has lost the lease', async () => {
    const desk = begin();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    const [taken] = await desk.store.take('somebody', desk.seal.keyId, 60_000, 50);
    const hold = { id: webhook.id, holder: 'somebody', version: taken!.version };
    const attempt = { message: 'm', events: 1, at_ms: 0, duration_ms: 0, status: 200, error: null };
    expect(await desk.store.record(hold, { position: '3' }, attempt)).to.be.true;
    for (const lost of [
      { ...hold, holder: 'another' },
      { ...hold, version: 1 },
    ])
      expect(await desk.store.record(lost, { position: '9' }, attempt)).to.be.false;
    expect((await desk.desk.find(webhook.id)).position).to.equal('3');
    expect(await desk.desk.deliveries(webhook.id, Number.MAX_SAFE_INTEGER, 10)).to.have.length(1);
  });

  it('keep a log of so many attempts', async () => {
    const desk = begin();
    const { webhook } = await desk.desk.create({ url: receiver.url, ...MINE });
    const [taken] = await desk.store.take('somebody', desk.seal.keyId, 60_000, 50);
    await db.updateTable('webhooks').set({ attempts: KEPT_ATTEMPTS }).execute();
    await db
      .insertInto('webhook_deliveries')
      .values({
        webhook: webhook.id,
        number: 1,
        message: 'm',
        events: 1,
        at_ms: 0,
        duration_ms: 0,
        status: 200,
        error: null,
      })
      .execute();
    const hold = { id: webhook.id, holder: 'somebody', version: taken!.version };
    await desk.store.record(hold, {}, { message: 'm', events: 1, at_ms: 0, duration_ms: 0, status: 200, error: null });
    const log = await desk.desk.deliveries(webhook.id, Number.MAX_SAFE_INTEGER, 10);
    expect(log.map(({ number }) => number)).to.deep.equal([KEPT_ATTEMPTS + 1]);
  });

  it('whose secrets another key sealed are left alone and told of, until they are rotated', async () => {
    const { webhook } = await begin().desk.create({ url: receiver.url, ...MINE });
    const other = begin({ key: Buffer.alloc(32, 8) });
    other.couriers.start();
    sell(1);
    await until(() => other.reports.some(([level, , { webhooks }]) => level === 'alarm' && webhooks === webhook.id));
    expect(receiver.received).to.be.empty;
    const { secret } = await other.desk.rotate(webhook.id, DAY_MS);
    await until(() => receiver.ids.length === 1);
    const [{ body, headers }] = receiver.received as [(typeof receiver.received)[number]];
    expect(headers['webhook-signature']!.split(' ')).to.have.length(1);
    new Webhook(secret).verify(body, headers);
  });
});
