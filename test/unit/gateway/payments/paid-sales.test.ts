import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { HeldSubmitter } from '../http/a-held-submitter.js';
import { aFan, anOpenEvent, EVENT, newAllotment } from '../http/a-scene.js';
import { MemoryNetwork } from '../http/memory-network.js';
import { aGateway } from '../http/a-gateway.js';
import { OPERATOR, send } from '../http/raw.js';
import { sameByAnyPages } from '../http/walk.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { IN_FLIGHT_MS } from '../../../../gateway/fabric/in-flight.js';
import { aPayingGateway, forgetPayments, paymentIn, type PayingGateway } from './a-paying-gateway.js';
import { codeOf } from '../../../support/code-of.js';
import { lendStore } from '../../../support/lent-databases.js';
import { until } from '../../../support/until.js';

const NOTHING = { reserved: 0, captured: 0, refundedMinor: 0 };

describe('paid sale', () => {
  let network: MemoryNetwork;
  let way: HeldSubmitter;
  let paying: PayingGateway;
  let store: Store;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(async () => {
    await forgetPayments(store);
    network = new MemoryNetwork();
    way = new HeldSubmitter(network.submitterOf('OrganizerMSP'));
    paying = await aPayingGateway({ store, network, submitter: way });
    await anOpenEvent(paying.gateway);
  });
  afterEach(() => paying.close());

  const stateOf = async (request: string) => (await paying.payment(paymentIn(request))).body.state;

  it('reserves, sells and takes exactly the price', async () => {
    const request = paying.request();
    const { status, body } = await paying.buy(request, 'tok_ok');
    expect(status).to.equal(201);
    expect(body.payment).to.deep.equal({
      ...{ payment: paymentIn(request), provider: 'test', test: true },
      ...{ state: 'captured', amountMinor: 4_400, currency: 'EUR' },
    });
    const { body: record } = await paying.payment(paymentIn(request));
    expect(record).to.include({ state: 'captured', tx: body.tx, event: EVENT, attempt: 1, refundedMinor: 0 });
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('contends for a seat with one that is paid elsewhere, though they have different ways to the ledger', async () => {
    const { submissions } = network;
    way.hold();
    const paid = paying.buy(paying.request({ seats: ['floor:A:1'] }), 'tok_ok');
    await until(async () => (await paying.books()).reserved === 1);
    const unpaid = codeOf(paying.gateway.services.saleDesk.sell({ request: aFan().request({ seats: ['floor:A:1'] }) }));
    // Until it contends it waits for nothing.
    await new Promise((resolve) => setImmediate(resolve));
    way.release();
    expect((await paid).status).to.equal(201);
    expect(await unpaid).to.equal('SEAT_ALREADY_SOLD');
    expect(network.submissions).to.equal(submissions + 1);
  });

  it('that is sent again is the same sale and the same payment, with a key and without, here and at a gateway started anew', async () => {
    const request = paying.request();
    const key = { 'Idempotency-Key': 'the-key-of-the-shop' };
    const first = await paying.buy(request, 'tok_ok', key);
    const anew = await aPayingGateway({ network, store: paying.store });
    try {
      for (const again of [
        await paying.buy(request, 'tok_ok', key),
        await paying.buy(request, 'tok_ok'),
        await anew.buy(request, 'tok_ok', key),
      ]) {
        expect([again.status, again.headers.get('idempotency-replayed')]).to.deep.equal([200, 'true']);
        expect(again.body).to.deep.equal(first.body);
      }
    } finally {
      await anew.close();
    }
    const other = await paying.buy(paying.request(), 'tok_ok', key);
    expect(other.body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  for (const [method, reason] of [
    ['tok_declined', 'card_declined'],
    ['tok_insufficient_funds', 'insufficient_funds'],
    ['tok_expired', 'expired_card'],
    ['4242424242424242', 'invalid_method'],
  ] as const)
    it(`${method} is declined, ${reason}, and nothing is sold`, async () => {
      const request = paying.request();
      const before = network.submissions;
      const { status, body } = await paying.buy(request, method);
      expect([status, body.code, body.field]).to.deep.equal([402, 'PAYMENT_DECLINED', 'payment.method']);
      expect(body.details).to.include({ reason, payment: paymentIn(request) });
      expect(network.submissions).to.equal(before);
      expect(await stateOf(request)).to.equal('failed');
      expect(await paying.books()).to.deep.equal(NOTHING);
    });

  it('that was declined may be paid in another way by the same request', async () => {
    const request = paying.request();
    await paying.buy(request, 'tok_declined');
    expect((await paying.buy(request, 'tok_ok')).status).to.equal(201);
    expect((await paying.payment(paymentIn(request))).body).to.include({ state: 'captured', attempt: 2 });
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('touches no card where the ledger would refuse as it is', async () => {
    const { status, body } = await paying.buy(paying.request({ maxTotalMinor: 1 }), 'tok_ok');
    expect([status, body.code]).to.deep.equal([422, 'PRICE_ABOVE_REQUEST']);
    expect((await paying.store.selectFrom('payment').selectAll().execute()).length).to.equal(0);
  });

  it('that the ledger refuses after all is voided, and says why', async () => {
    const request = paying.request();
    network.failNext = new Refusal('SALES_NOT_OPEN', { field: 'event' });
    expect((await paying.buy(request, 'tok_ok')).body.code).to.equal('SALES_NOT_OPEN');
    const { body } = await paying.payment(paymentIn(request));
    expect(body).to.include({ state: 'voided', reason: 'sale_refused' });
    expect(body.problem).to.deep.equal({ code: 'SALES_NOT_OPEN', details: { field: 'event' } });
    expect(await paying.books()).to.deep.equal(NOTHING);
    expect((await paying.buy(request, 'tok_ok')).status).to.equal(201);
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('is offered other seats for the same money where the first are gone', async () => {
    network.failNext = new Refusal('SEAT_ALREADY_SOLD', { ticket: `${EVENT}:floor:A:1` });
    const { status, body } = await paying.buy(paying.request(), 'tok_ok');
    expect([status, (body.tickets as { ticket: string }[])[0]?.ticket]).to.deep.equal([201, `${EVENT}:floor:A:2`]);
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('whose outcome is not known is neither taken nor let go of before the ledger has said it', async () => {
    const request = paying.request();
    network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    expect((await paying.buy(request, 'tok_ok')).status).to.equal(504);
    expect([await stateOf(request), await paying.books()]).to.deep.equal(['authorized', { ...NOTHING, reserved: 1 }]);
    network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    await paying.later(5_000);
    expect(await stateOf(request)).to.equal('authorized');
    await paying.later(60_000);
    expect([await stateOf(request), await paying.books()]).to.deep.equal(['captured', { ...NOTHING, captured: 1 }]);
    expect((await paying.buy(request, 'tok_ok')).status).to.equal(200);
  });

  for (const code of ['SEAT_HELD', 'NO_SEATS_LEFT', 'HOLD_MISMATCH', 'PAYMENT_MISMATCH'] as const)
    it(`whose outcome is not known is not let go of because this gateway says ${code} now`, async () => {
      const request = paying.request({ seats: ['floor:A:1'] });
      network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
      expect((await paying.buy(request, 'tok_ok')).status).to.equal(504);
      network.failNext = new GatewayError(code, { field: 'request.seats' });
      const again = await paying.buy(request, 'tok_ok');
      expect([again.status, again.body.code]).to.deep.equal([409, 'PAYMENT_UNDER_WAY']);
      network.failNext = new GatewayError(code, { field: 'request.seats' });
      await paying.later(60_000);
      expect([await stateOf(request), await paying.books()]).to.deep.equal(['authorized', { ...NOTHING, reserved: 1 }]);
      network.failNext = new GatewayError(code, { field: 'request.seats' });
      await paying.later(IN_FLIGHT_MS);
      expect([await stateOf(request), await paying.books()]).to.deep.equal(['voided', NOTHING]);
    });

  it('is 503 while the provider does not answer, and void if its buyer does not come back', async () => {
    const request = paying.request();
    const { status, body, headers } = await paying.buy(request, 'tok_unavailable');
    expect([status, body.code]).to.deep.equal([503, 'PAYMENT_PROVIDER_UNAVAILABLE']);
    expect(headers.get('retry-after')).to.equal('5');
    expect(await stateOf(request)).to.equal('created');
    await paying.later(10_000);
    expect(await stateOf(request)).to.equal('created');
    await paying.later(30_000);
    expect((await paying.payment(paymentIn(request))).body).to.include({ state: 'voiding', reason: 'abandoned' });
  });

  it('goes on where the provider was late', async () => {
    const request = paying.request();
    expect((await paying.buy(request, 'tok_late')).status).to.equal(503);
    const other = await paying.buy(request, 'tok_ok');
    expect([other.body.code, other.body.field]).to.deep.equal(['PAYMENT_MISMATCH', 'payment.method']);
    expect((await paying.buy(request, 'tok_late')).status).to.equal(201);
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('that was reserved unheard and is not asked for again is let go of', async () => {
    const request = paying.request();
    await paying.buy(request, 'tok_late');
    expect(await paying.books()).to.deep.equal({ ...NOTHING, reserved: 1 });
    await paying.later(31_000);
    expect([await stateOf(request), await paying.books()]).to.deep.equal(['voided', NOTHING]);
  });

  it('is answered before it is taken where the provider is slow then', async () => {
    const request = paying.request();
    const { status, body } = await paying.buy(request, 'tok_late_capture');
    expect([status, (body.payment as { state: string }).state]).to.deep.equal([201, 'sold']);
    await paying.later(5_000);
    expect([await stateOf(request), await paying.books()]).to.deep.equal(['captured', { ...NOTHING, captured: 1 }]);
  });

  it('says what the buyer must do, and is made once he has', async () => {
    const request = paying.request();
    const { status, body } = await paying.buy(request, 'tok_action');
    expect([status, body.code]).to.deep.equal([402, 'PAYMENT_ACTION_REQUIRED']);
    const { type, url } = body.details as { type: string; url: string };
    const { body: record } = await paying.payment(paymentIn(request));
    expect(record.action).to.deep.equal({ type, url });
    expect((await paying.buy(request, 'tok_action')).body.code).to.equal('PAYMENT_ACTION_REQUIRED');
    paying.clock.nowMs += 3_000;
    expect((await paying.buy(request, 'tok_action')).status).to.equal(201);
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('is made by the gateway alone once the buyer has confirmed, and void where he never does', async () => {
    const [confirmed, never] = [paying.request(), paying.request()];
    await paying.buy(confirmed, 'tok_action');
    await paying.buy(never, 'tok_action_never');
    await paying.later(10_000);
    expect([await stateOf(confirmed), await stateOf(never)]).to.deep.equal(['captured', 'action_required']);
    await paying.later(16 * 60_000);
    expect((await paying.payment(paymentIn(never))).body).to.include({ state: 'voided', reason: 'not_confirmed' });
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('under way is 409, and nothing is reserved twice', async () => {
    const request = paying.request();
    way.hold();
    const first = paying.buy(request, 'tok_ok');
    await until(async () => (await paying.books()).reserved === 1);
    const second = await paying.buy(request, 'tok_ok');
    expect([second.status, second.body.code]).to.deep.equal([409, 'PAYMENT_UNDER_WAY']);
    expect(second.headers.get('retry-after')).to.equal('1');
    way.release();
    expect((await first).status).to.equal(201);
    expect(await paying.books()).to.deep.equal({ ...NOTHING, captured: 1 });
  });

  it('at another gateway is nobody else’s until its lease is over, and a refusal not final while an order may be in flight', async () => {
    const request = paying.request();
    network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    await paying.buy(request, 'tok_ok');
    // As if it had died on the way.
    await paying.store
      .updateTable('payment')
      .set({ lease_until: paying.clock.nowMs + 15_000 })
      .execute();
    const other = await aPayingGateway({ network, store: paying.store });
    try {
      expect((await other.buy(request, 'tok_ok')).body.code).to.equal('PAYMENT_UNDER_WAY');
      const refused = () => (network.failNext = new Refusal('SALES_NOT_OPEN', { field: 'event' }));
      refused();
      await other.later(16_000);
      refused();
      await other.later(200_000);
      expect([await stateOf(request), await other.books()]).to.deep.equal(['authorized', { ...NOTHING, reserved: 1 }]);
      refused();
      await other.later(120_000);
      expect([await stateOf(request), await other.books()]).to.deep.equal(['voided', NOTHING]);
    } finally {
      await other.close();
    }
  });

  it('that was sold without being paid here is not charged for', async () => {
    const request = paying.request();
    await paying.gateway.operator.sell({ request });
    const { status, body } = await paying.buy(request, 'tok_ok');
    expect([status, body.payment]).to.deep.equal([200, undefined]);
    expect(await paying.books()).to.deep.equal(NOTHING);
  });

  it('of what costs nothing makes no payment', async () => {
    const free = { allotment: 'guests', priceClass: 'guest', facePriceMinor: 0, fees: [] };
    const seats = { section: 'stand', rows: [['A', 1, 2] as [string, number, number]] };
    await paying.gateway.operator.createAllotment(EVENT, newAllotment({ ...free, seats }));
    const { status, body } = await paying.buy(paying.request({ priceClass: 'guest', quantity: 1 }), 'tok_ok');
    expect([status, body.totalMinor, body.payment]).to.deep.equal([201, 0, undefined]);
  });

  it('of another provider is left to that one', async () => {
    const request = paying.request();
    await paying.buy(request, 'tok_action');
    await paying.store.updateTable('payment').set({ provider: 'stripe' }).execute();
    await paying.later(10_000);
    const [row] = await paying.store.selectFrom('payment').selectAll().execute();
    expect(row!.state).to.equal('action_required');
    const { status, body } = await paying.payment(paymentIn(request));
    expect([status, body.code]).to.deep.equal([409, 'PAYMENTS_OFF']);
    await paying.gateway.services.payments!.worker.warnOfOthers();
    expect(paying.reports).to.deep.equal(['warning payments of another provider are not finished here']);
  });

  it('names who takes the money in the reference that the buyer signs', async () => {
    const { status, body } = await paying.buy(paying.request({ paymentReference: 'a-reference-1' }), 'tok_ok');
    expect([status, body.code, body.field]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'request.paymentReference']);
  });

  it('has a reference that no other request has', async () => {
    const request = paying.request();
    await paying.buy(request, 'tok_ok');
    const other = paying.request({ paymentReference: paymentIn(request) });
    const { body } = await paying.buy(other, 'tok_ok');
    expect([body.code, body.field]).to.deep.equal(['PAYMENT_MISMATCH', 'request.paymentReference']);
  });

  it('is listed by state', async () => {
    const [first, second] = [paying.request(), paying.request()];
    await paying.buy(first, 'tok_ok');
    await paying.buy(second, 'tok_declined');
    const list = async (query: string) =>
      (await send(paying.gateway, { path: `/v1/payments${query}`, headers: OPERATOR })).body;
    const names = (body: Record<string, unknown>) =>
      (body.payments as { payment: string }[]).map(({ payment }) => payment);
    const all = await list('');
    expect([all.provider, all.test]).to.deep.equal(['test', true]);
    expect(names(all)).to.deep.equal([first, second].map(paymentIn).sort());
    expect(names(await list('?state=failed'))).to.deep.equal([paymentIn(second)]);
    const page = await list('?limit=1');
    expect(names(await list(`?limit=1&after=${String(page.next)}`))).to.deep.equal([names(all)[1]]);
  });

  it('is listed once, whatever the size of pages', async () => {
    const requests = Array.from({ length: 4 }, () => paying.request());
    for (const each of requests) await paying.buy(each, 'tok_declined');
    const ask = (path: string) => send(paying.gateway, { path, headers: OPERATOR });
    const all = await sameByAnyPages({ path: '/v1/payments', member: 'payments', ask });
    expect(all.map(({ payment }) => payment)).to.deep.equal(requests.map(paymentIn).sort());
  });

  it('keeps no method once it is not needed, and says none in the log', async () => {
    const method = 'tok_ok';
    await paying.buy(paying.request(), method);
    const [row] = await paying.store.selectFrom('payment').selectAll().execute();
    expect(row!.method).to.equal(null);
    expect(paying.gateway.log.join('')).not.to.include(method);
  });

  it('is 409 at a gateway that takes no payments, and unknown where there is none', async () => {
    const without = await aGateway({ network });
    try {
      const path = '/v1/payments';
      expect((await send(without, { path, headers: OPERATOR })).body.code).to.equal('PAYMENTS_OFF');
    } finally {
      await without.close();
    }
    expect((await paying.payment('test.nothing')).body.code).to.equal('UNKNOWN_PAYMENT');
  });
});
