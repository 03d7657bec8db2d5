import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import type { Sold } from '../../../../gateway/sales/sale-maker.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { aSale, anAllotment, anEvent, newId, newKey, signStatement } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { HeldSubmitter } from './a-held-submitter.js';
import { aFan, anOpenEvent, EVENT, newAllotment, signReturn } from './a-scene.js';
import { problemOf } from './problem-of.js';

/** So often that whatever does not wait for anything has been done. */
const aWhile = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('sale desk', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
  });
  afterEach(() => gateway.close());

  const seatsOf = ({ body }: Awaited<ReturnType<TestGateway['operator']['sell']>>) =>
    body.tickets.map(({ ticket }) => ticket.slice(EVENT.length + 1));
  const sell = (overrides: Parameters<ReturnType<typeof aFan>['request']>[0] = {}) =>
    gateway.operator.sell({ request: aFan().request(overrides) });

  it('gives up after three offers, with what the ledger said', async () => {
    let offers = 0;
    const sold = {
      submit: () =>
        Promise.reject(
          new Refusal('SEAT_ALREADY_SOLD', { field: 'sale.seats[0]', ticket: `${EVENT}:floor:A:${++offers}` }),
        ),
    };
    const other = await aGateway({ network: gateway.network, submitter: sold });
    try {
      expect((await problemOf(other.operator.sell({ request: aFan().request({ quantity: 1 }) }))).code).to.equal(
        'SEAT_ALREADY_SOLD',
      );
      expect(offers).to.equal(3);
    } finally {
      await other.close();
    }
  });

  it('does not offer seats by class that it sold by name', async () => {
    await sell({ quantity: 1 });
    for (const number of [2, 3, 4, 5]) await sell({ seats: [`floor:A:${number}`] });
    expect(seatsOf(await sell({ quantity: 1 }))).to.deep.equal(['floor:A:6']);
  });

  it('frees the seats of an order that the ledger refused', async () => {
    expect((await problemOf(sell({ maxTotalMinor: 1 }))).code).to.equal('PRICE_ABOVE_REQUEST');
    expect(seatsOf(await sell())).to.deep.equal(['floor:A:1', 'floor:A:2']);
  });

  it('keeps the seats of an order whose outcome is not known', async () => {
    gateway.network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    expect((await problemOf(sell())).code).to.equal('OUTCOME_UNKNOWN');
    expect(seatsOf(await sell())).to.deep.equal(['floor:A:3', 'floor:A:4']);
  });

  it('sells from the allotment that the call names', async () => {
    await gateway.operator.createAllotment(
      EVENT,
      newAllotment({ allotment: 'pool', pool: { section: 'standing', from: 1, to: 9 } }),
    );
    const { body } = await gateway.operator.sell({ request: aFan().request({ quantity: 1 }), allotment: 'pool' });
    expect(body.tickets[0]?.ticket).to.equal(`${EVENT}:standing:1`);
  });

  it('refuses a request to another seller and seats that it does not have', async () => {
    expect((await problemOf(sell({ seller: 'ResellerMSP' }))).problem).to.include({
      code: 'REQUEST_MISMATCH',
      field: 'request.seller',
    });
    expect((await problemOf(sell({ seats: ['gallery:A:1'] }))).code).to.equal('SEAT_NOT_IN_ALLOTMENT');
    expect((await problemOf(sell({ quantity: undefined }))).code).to.equal('INVALID_FIELD');
  });

  it('notices that an allotment was closed', async () => {
    await sell();
    await gateway.operator.closeAllotment(EVENT, 'floor-a');
    expect((await problemOf(sell())).code).to.equal('ALLOTMENT_CLOSED');
    expect((await problemOf(sell())).code).to.equal('NO_SEATS_LEFT');
  });

  it('sells from an allotment that was made a moment ago, though its view of the event is older', async () => {
    await sell();
    const balcony = { seats: { section: 'balcony', rows: [['A', 1, 5]] as [string, number, number][] } };
    await gateway.operator.createAllotment(EVENT, newAllotment({ allotment: 'balcony', ...balcony }));
    expect(seatsOf(await sell({ seats: ['balcony:A:1'] }))).to.deep.equal(['balcony:A:1']);
    const loge = { seats: { section: 'loge', rows: [['A', 1, 5]] as [string, number, number][] } };
    await gateway.operator.createAllotment(EVENT, newAllotment({ allotment: 'loge', priceClass: 'loge', ...loge }));
    const named = { request: aFan().request({ seats: ['loge:A:1'] }), allotment: 'loge' };
    expect(seatsOf(await gateway.operator.sell(named))).to.deep.equal(['loge:A:1']);
    const arena = newAllotment({ allotment: 'arena', priceClass: 'arena', pool: { section: 'arena', from: 1, to: 9 } });
    await gateway.operator.createAllotment(EVENT, arena);
    expect(seatsOf(await sell({ priceClass: 'arena', quantity: 1 }))).to.deep.equal(['arena:1']);
  });

  it('submits a sale that the seller signed elsewhere as it is', async () => {
    const elsewhere = newKey('seller elsewhere');
    const validity = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2099-01-01T00:00:00Z' };
    await gateway.operator.registerKey('OrganizerMSP', { use: 'seller', jwk: elsewhere.jwk, ...validity });
    const fan = aFan();
    const of = anAllotment(anEvent({ event: EVENT }), { seller: 'OrganizerMSP' });
    const { command, payload } = aSale(of, { buyer: fan.key, seats: ['floor:A:7'] });
    const request = String(command.request);
    const { body } = await gateway.operator.sell({ request, sale: signStatement('sale', payload, elsewhere) });
    expect(body.totalMinor).to.equal(2200);
    const dear = aSale(of, { buyer: fan.key, seats: ['floor:A:8'], sale: { totalMinor: 2199 }, by: elsewhere });
    const problem = await problemOf(
      gateway.operator.sell({ request: String(dear.command.request), sale: String(dear.command.sale) }),
    );
    expect(problem.problem).to.include({ code: 'PRICE_MISMATCH', field: 'sale.totalMinor' });
  });

  describe('where several want the same seat', () => {
    let way: HeldSubmitter;
    let held: TestGateway;
    beforeEach(async () => {
      way = new HeldSubmitter(gateway.network.submitterOf('OrganizerMSP'));
      // Nobody is tired of waiting for another.
      const clock = new VirtualClock(0);
      held = await aGateway({ network: gateway.network, submitter: way, clock });
      // From now on nothing but the ledger is waited for.
      await held.services.saleDesk.sell({ request: wants(['floor:B:1']) });
    });
    afterEach(() => held.close());

    const wants = (seats: readonly string[], overrides: Parameters<ReturnType<typeof aFan>['request']>[0] = {}) =>
      aFan().request({ seats: [...seats], ...overrides });
    const told = (selling: Promise<Sold>) =>
      selling.then(
        ({ committed }): readonly unknown[] => [committed.receipt.tx, committed.replayed],
        (error: unknown): readonly unknown[] => {
          if (!(error instanceof Refusal)) throw error;
          return [error.code, error.details.field];
        },
      );
    /** All while the way to the ledger is held up. */
    const orderAtOnce = async (requests: readonly string[]) => {
      way.hold();
      const orders = requests.map((request) => told(held.services.saleDesk.sell({ request })));
      await aWhile();
      const { submissions } = gateway.network;
      way.release();
      const answers = await Promise.all(orders);
      return { answers, submissions: gateway.network.submissions - submissions };
    };

    it('sends one order to the ledger, and tells the others as soon as the seat is sold', async () => {
      const requests = [['floor:A:7'], ['floor:A:7'], ['floor:A:6', 'floor:A:7']].map((seats) => wants(seats));
      const { answers, submissions } = await orderAtOnce(requests);
      expect(answers.map(([what]) => what)).to.deep.equal([answers[0]?.[0], 'SEAT_ALREADY_SOLD', 'SEAT_ALREADY_SOLD']);
      expect(answers.slice(1).map(([, field]) => field)).to.deep.equal(['sale.seats[0]', 'sale.seats[1]']);
      expect(answers[0]?.[1]).to.equal(false);
      expect(submissions).to.equal(1);
    });

    it('answers a request that is sent twice with its own sale', async () => {
      const request = wants(['floor:A:7']);
      const { answers, submissions } = await orderAtOnce([request, request]);
      expect(answers).to.deep.equal([
        [answers[0]?.[0], false],
        [answers[0]?.[0], true],
      ]);
      expect(submissions).to.equal(1);
    });

    it('lets the next have it where the first was refused', async () => {
      const { answers, submissions } = await orderAtOnce([
        wants(['floor:A:7'], { maxTotalMinor: 1 }),
        wants(['floor:A:7']),
        wants(['floor:A:7']),
      ]);
      expect(answers.map(([what]) => what)).to.deep.equal([
        'PRICE_ABOVE_REQUEST',
        answers[1]?.[0],
        'SEAT_ALREADY_SOLD',
      ]);
      expect(answers[1]?.[1]).to.equal(false);
      // Nobody waits twice: the ledger judges between those who are left.
      expect(submissions).to.equal(3);
    });

    it('does not bother the ledger with an order for a seat that it has sold', async () => {
      const sold = wants(['floor:A:7']);
      const [tx] = await told(held.services.saleDesk.sell({ request: sold }));
      const { submissions } = gateway.network;
      expect(await told(held.services.saleDesk.sell({ request: wants(['floor:A:7']) }))).to.deep.equal([
        'SEAT_ALREADY_SOLD',
        'sale.seats[0]',
      ]);
      expect(await told(held.services.saleDesk.sell({ request: sold }))).to.deep.equal([tx, true]);
      expect(gateway.network.submissions).to.equal(submissions);
    });

    it('leaves it to the ledger to say no to a request that names no seats, which may have been sold others', async () => {
      await held.services.saleDesk.sell({ request: wants(['floor:A:7']) });
      const elsewhere = newKey('seller elsewhere');
      const validity = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2099-01-01T00:00:00Z' };
      await gateway.operator.registerKey('OrganizerMSP', { use: 'seller', jwk: elsewhere.jwk, ...validity });
      const of = anAllotment(anEvent({ event: EVENT }), { seller: 'OrganizerMSP' });
      const named = { seats: undefined, priceClass: 'standard', quantity: 1 };
      const { command } = aSale(of, { buyer: aFan().key, seats: ['floor:A:7'], request: named, by: elsewhere });
      const { submissions } = gateway.network;
      const order = { request: String(command.request), sale: String(command.sale) };
      expect((await told(held.services.saleDesk.sell(order)))[0]).to.equal('SEAT_ALREADY_SOLD');
      expect(gateway.network.submissions).to.equal(submissions + 1);
    });

    it('leaves a ready sale of other seats than its request names to the ledger', async () => {
      await held.services.saleDesk.sell({ request: wants(['floor:A:7']) });
      const of = anAllotment(anEvent({ event: EVENT }), { seller: 'OrganizerMSP' });
      const { command } = aSale(of, { buyer: aFan().key, seats: ['floor:A:7'], request: { seats: ['floor:A:8'] } });
      const { submissions } = gateway.network;
      const order = { request: String(command.request), sale: String(command.sale) };
      expect((await told(held.services.saleDesk.sell(order)))[0]).not.to.equal('SEAT_ALREADY_SOLD');
      expect(gateway.network.submissions).to.equal(submissions + 1);
    });

    it('has the ledger say that a payment was for another request, though the seat is sold too', async () => {
      const paymentReference = newId();
      await held.services.saleDesk.sell({ request: wants(['floor:A:7'], { paymentReference }) });
      const again = wants(['floor:A:7'], { paymentReference });
      expect((await told(held.services.saleDesk.sell({ request: again })))[0]).to.equal('COMMAND_ID_REUSED');
    });

    it('takes no notice of a ready sale whose request nobody signed', async () => {
      const request = wants(['floor:A:7']);
      const forged = `${request.slice(0, -10)}${request.at(-10) === 'A' ? 'B' : 'A'}${request.slice(-9)}`;
      const { answers } = await orderAtOnce([request]);
      const { submissions } = gateway.network;
      const [tx] = answers[0] ?? [];
      const transaction = await gateway.network.transaction(String(tx));
      const [{ sale } = { sale: '' }] = (transaction?.commands ?? []) as readonly { readonly sale: string }[];
      expect(await told(held.services.saleDesk.sell({ request: forged, sale }))).to.deep.equal([
        'SIGNATURE_INVALID',
        'request',
      ]);
      expect(gateway.network.submissions).to.equal(submissions);
    });

    it('sells a seat again that came back elsewhere a moment ago', async () => {
      const fan = aFan();
      const seats = ['floor:A:7'];
      await held.services.saleDesk.sell({ request: fan.request({ seats }) });
      const back = signReturn({ ticket: `${EVENT}:floor:A:7` }, fan);
      await gateway.operator.takeBack(back);
      expect((await told(held.services.saleDesk.sell({ request: wants(seats) })))[1]).to.equal(false);
    });
  });
});
