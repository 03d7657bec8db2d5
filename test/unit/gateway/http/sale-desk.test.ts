import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { aSale, anAllotment, anEvent, newKey, signStatement } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT, newAllotment } from './a-scene.js';
import { problemOf } from './problem-of.js';

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
});
