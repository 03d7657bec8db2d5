import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { IN_FLIGHT_MS } from '../../../../gateway/fabric/in-flight.js';
import { ProviderUnavailable, type PaymentProvider } from '../../../../gateway/payments/provider.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { CHANNEL, newId, signStatement } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import { signPayout, TICKET } from '../http/a-resale.js';
import { aFan, anOpenEvent, EVENT, type Fan } from '../http/a-scene.js';
import { OPERATOR, send } from '../http/raw.js';
import { aPayingGateway, forgetPayments, paymentIn, type PayingGateway } from './a-paying-gateway.js';
import { lendStore } from '../../../support/lent-databases.js';

describe('refund of a payment', () => {
  let store: Store;
  let paying: PayingGateway;
  let fan: Fan;
  let payment: string;
  /** Instead of the next refund of the provider. */
  let failure: Error | undefined;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(async () => {
    await forgetPayments(store);
    failure = undefined;
    paying = await aPayingGateway({ store, provider: failing });
    await anOpenEvent(paying.gateway);
    fan = aFan();
    const request = paying.request({ seats: ['floor:A:1', 'floor:A:2'] }, fan);
    payment = paymentIn(request);
    await paying.buy(request, 'tok_ok');
  });
  afterEach(() => paying.close());

  const failing = (inner: PaymentProvider): PaymentProvider => ({
    ...{ name: inner.name, isTest: true },
    authorize: (order) => inner.authorize(order),
    capture: (order) => inner.capture(order),
    void: (order) => inner.void(order),
    find: (reference) => inner.find(reference),
    async refund(order) {
      const said = await inner.refund(order);
      const fails = failure;
      failure = undefined;
      if (fails) throw fails;
      return said;
    },
  });
  const refund = (payout: string, of = payment) =>
    send(paying.gateway, {
      method: 'POST',
      path: `/v1/payments/${of}/refund`,
      body: JSON.stringify({ payout }),
      headers: OPERATOR,
    });
  const payOut = (payout: string) =>
    send(paying.gateway, {
      method: 'POST',
      path: '/v1/payouts',
      body: JSON.stringify({ payout }),
      headers: OPERATOR,
    });
  /** Both tickets' price is the fan's, 22.00 each. */
  const owe = async () => {
    await paying.gateway.operator.changeEvent(EVENT, { change: 0, action: 'cancel' });
    for (const ticket of [TICKET, `${EVENT}:floor:A:2`]) await paying.gateway.anybody.settle(ticket);
  };
  const payoutOf = (jti: string, amountMinor: number) => {
    const exp = Date.parse('2028-01-01T00:00:00Z') / 1_000;
    const payload = { channel: CHANNEL, event: EVENT, jti, exp, payer: 'OrganizerMSP', amountMinor, currency: 'EUR' };
    return signStatement('payout', payload, fan.key);
  };
  const balance = async () => (await paying.gateway.anybody.holder(EVENT, await holder())).balanceMinor;
  const holder = async () => (await store.selectFrom('payment').select('buyer').executeTakeFirstOrThrow()).buyer;
  const refunded = async () => (await paying.books()).refundedMinor;

  it('gives back what the ledger owes, and takes it down there', async () => {
    await owe();
    const before = await balance();
    const first = await refund(signPayout(fan, 2_000));
    expect(first.status).to.equal(201);
    expect(first.body).to.include({ state: 'captured', refundedMinor: 2_000 });
    expect([await balance(), await refunded()]).to.deep.equal([before - 2_000, 2_000]);
  });

  it('is whole once all of it went back', async () => {
    await owe();
    const before = await balance();
    expect(before).to.equal(4_400);
    await refund(signPayout(fan, 400));
    expect((await refund(signPayout(fan, 4_000))).body).to.include({ state: 'refunded', refundedMinor: 4_400 });
    const more = await refund(signPayout(fan, 1));
    expect([more.status, more.body.code, more.body.field]).to.deep.equal([
      ...[422, 'PAYMENT_MISMATCH', 'payout.amountMinor'],
    ]);
  });

  it('is made once for each payout', async () => {
    await owe();
    const payout = signPayout(fan, 1_000);
    await refund(payout);
    const again = await refund(payout);
    expect([again.status, again.headers.get('idempotency-replayed')]).to.deep.equal([200, 'true']);
    expect([again.body.refundedMinor, await refunded()]).to.deep.equal([1_000, 1_000]);
  });

  it('of a payout is of one payment, and of no other', async () => {
    const more = paying.request({ seats: ['floor:B:1'] }, fan);
    expect((await paying.buy(more, 'tok_ok')).status).to.equal(201);
    await owe();
    const payout = signPayout(fan, 1_000);
    await refund(payout);
    const other = await refund(payout, paymentIn(more));
    expect([other.status, other.body.code, other.body.field]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'payment']);
    expect(await refunded()).to.equal(1_000);
  });

  it('is not answered for another payout of the same name', async () => {
    await owe();
    const jti = newId();
    const [first, second] = [payoutOf(jti, 1_000), payoutOf(jti, 1_500)];
    await refund(first);
    const { status, body } = await refund(second);
    expect([status, body.code, body.field]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'payout.jti']);
    expect(await refunded()).to.equal(1_000);
  });

  it('is not made for a payout that the ledger has, and that was paid otherwise', async () => {
    await owe();
    const payout = signPayout(fan, 1_000);
    expect((await payOut(payout)).status).to.equal(201);
    const { status, body: problem } = await refund(payout);
    expect([status, problem.code, problem.field]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'payout']);
    expect([await refunded(), (await paying.payment(payment)).body.state]).to.deep.equal([0, 'captured']);
  });

  it('is not made for a payout that is paid otherwise, and of which the ledger has not said yet whether it has it', async () => {
    await owe();
    const payout = signPayout(fan, 1_000);
    paying.gateway.network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    expect((await payOut(payout)).status).to.equal(504);
    const { status, body } = await refund(payout);
    expect([status, body.code, body.field, await refunded()]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'payout', 0]);
    expect([(await payOut(payout)).status, (await payOut(payout)).status]).to.deep.equal([201, 200]);
    expect((await refund(payout)).body.code).to.equal('PAYMENT_MISMATCH');
  });

  it('that is under way is paid in no other way', async () => {
    await owe();
    const payout = signPayout(fan, 1_000);
    paying.gateway.network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    await refund(payout);
    const { status, body } = await payOut(payout);
    expect([status, body.code, body.field]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'payout']);
    expect(await balance()).to.equal(4_400);
    expect((await refund(payout)).status).to.equal(201);
  });

  it('is not paid otherwise while that can not be written down', async () => {
    await owe();
    const kept = paying.gateway.services.payments!.desk.store;
    kept.keepOtherwise = () => Promise.reject(new Error('the store is gone'));
    const { status, body } = await payOut(signPayout(fan, 1_000));
    expect([status, body.code, await balance()]).to.deep.equal([503, 'STORE_UNAVAILABLE', 4_400]);
  });

  it('is made by a payout that could not be paid otherwise', async () => {
    const payout = signPayout(fan, 1_000);
    expect((await payOut(payout)).body.code).to.equal('INSUFFICIENT_BALANCE');
    await owe();
    expect((await refund(payout)).status).to.equal(201);
  });

  it('that was given up may be made by the same payout of another payment', async () => {
    const more = paying.request({ seats: ['floor:B:1'] }, fan);
    await paying.buy(more, 'tok_ok');
    const payout = signPayout(fan, 1_000);
    expect((await refund(payout)).body.code).to.equal('INSUFFICIENT_BALANCE');
    await owe();
    expect((await refund(payout, paymentIn(more))).status).to.equal(201);
  });

  it('is not made where the ledger owes nothing', async () => {
    const { status, body } = await refund(signPayout(fan, 1_000));
    expect([status, body.code]).to.deep.equal([409, 'INSUFFICIENT_BALANCE']);
    expect([await refunded(), (await paying.payment(payment)).body.state]).to.deep.equal([0, 'captured']);
  });

  it('waits for the ledger’s word, and is then made once', async () => {
    await owe();
    const payout = signPayout(fan, 1_000);
    paying.gateway.network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    expect((await refund(payout)).status).to.equal(504);
    expect([(await paying.payment(payment)).body.state, await refunded()]).to.deep.equal(['refunding', 0]);
    await paying.later(5_000);
    expect([(await paying.payment(payment)).body.state, await refunded()]).to.deep.equal(['captured', 1_000]);
    expect((await refund(payout)).status).to.equal(200);
  });

  it('whose payout may still come is not given up by a refusal', async () => {
    await owe();
    const payout = signPayout(fan, 1_000);
    paying.gateway.network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    await refund(payout);
    const refuse = () => (paying.gateway.network.failNext = new Refusal('INSUFFICIENT_BALANCE', {}));
    refuse();
    expect((await refund(payout)).body.code).to.equal('PAYMENT_UNDER_WAY');
    refuse();
    await paying.later(60_000);
    expect((await paying.payment(payment)).body.state).to.equal('refunding');
    refuse();
    await paying.later(IN_FLIGHT_MS);
    expect((await paying.payment(payment)).body.state).to.equal('captured');
  });

  it('that the provider refuses is 502, and still owed', async () => {
    await owe();
    await store.updateTable('payment_test_charge').set({ state: 'voided' }).execute();
    const { status, body } = await refund(signPayout(fan, 1_000));
    expect([status, body.code]).to.deep.equal([502, 'PAYMENT_PROVIDER_REFUSED']);
    expect([(await paying.payment(payment)).body.state, await refunded()]).to.deep.equal(['refunding', 0]);
  });

  it('is gone on with where its gateway was killed', async () => {
    await owe();
    let end = (): void => undefined;
    const hung = new Promise<never>((_, reject) => (end = () => reject(new Error('was killed'))));
    paying.gateway.services.payments!.desk.store.note = () => hung;
    const asked = refund(signPayout(fan, 1_000));
    await until(async () => (await paying.payment(payment)).body.state === 'refunding');
    const other = await aPayingGateway({ store, network: paying.gateway.network });
    try {
      await other.later(16_000);
      expect([(await paying.payment(payment)).body.state, await refunded()]).to.deep.equal(['captured', 1_000]);
    } finally {
      end();
      await asked;
      await other.close();
    }
  });

  it('that the provider made and did not say so is made once', async () => {
    await owe();
    const payout = signPayout(fan, 1_000);
    failure = new ProviderUnavailable('test', 'is late');
    const { status, body } = await refund(payout);
    expect([status, body.code]).to.deep.equal([503, 'PAYMENT_PROVIDER_UNAVAILABLE']);
    const other = await refund(signPayout(fan, 500));
    expect(other.body.code).to.equal('PAYMENT_UNDER_WAY');
    expect((await refund(payout)).body.refundedMinor).to.equal(1_000);
    expect(await refunded()).to.equal(1_000);
  });

  it('is given up where the ledger refuses it after all', async () => {
    await owe();
    paying.gateway.network.failNext = new Refusal('INSUFFICIENT_BALANCE', { field: 'payout.amountMinor' });
    expect((await refund(signPayout(fan, 1_000))).body.code).to.equal('INSUFFICIENT_BALANCE');
    expect([(await paying.payment(payment)).body.state, await refunded()]).to.deep.equal(['captured', 0]);
  });

  it('goes to who paid, and to nobody else', async () => {
    await owe();
    const { status, body } = await refund(signPayout(aFan(), 1_000));
    expect([status, body.code, body.field]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'payout.header.jwk']);
    expect((await refund(signPayout(fan, 1_000), 'test.nothing')).body.code).to.equal('UNKNOWN_PAYMENT');
  });

  it('is not made by another provider than the payment’s', async () => {
    await owe();
    await store.updateTable('payment').set({ provider: 'stripe' }).execute();
    const { status, body } = await refund(signPayout(fan, 1_000));
    expect([status, body.code]).to.deep.equal([409, 'PAYMENTS_OFF']);
    expect(await balance()).to.equal(4_400);
  });

  it('needs money that was taken', async () => {
    await store.updateTable('payment').set({ state: 'sold' }).execute();
    const { status, body } = await refund(signPayout(fan, 1_000));
    expect([status, body.code]).to.deep.equal([409, 'PAYMENT_NOT_CAPTURED']);
  });
});
