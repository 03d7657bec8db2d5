/** What becomes of a payment that its buyer was asked to confirm, and could not; and of one that can't be asked for at all. */
import { expect } from 'chai';
import { ProviderUnavailable } from '../../../../gateway/payments/provider.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { anOpenEvent } from '../http/a-scene.js';
import { aPayingGateway, forgetPayments, otherwise, paymentIn, type PayingGateway } from './a-paying-gateway.js';
import { lendStore } from '../../../support/lent-databases.js';

describe('confirmation of a payment', () => {
  let store: Store;
  let paying: PayingGateway;
  /** References that the provider was told to let go of. */
  let voided: string[];
  let isSilent: boolean;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(async () => {
    await forgetPayments(store);
    [voided, isSilent] = [[], false];
    paying = await aPayingGateway({
      store,
      provider: (inner) =>
        otherwise(inner, {
          uncounted: new Set(['MGA']),
          void(order) {
            if (isSilent) return Promise.reject(new ProviderUnavailable('test', 'does not answer'));
            voided.push(order.reference);
            return inner.void(order);
          },
        }),
    });
  });
  afterEach(() => paying.close());

  const failed = async (request: string) => {
    expect((await paying.buy(request, 'tok_action_never')).body.code).to.equal('PAYMENT_ACTION_REQUIRED');
    await store.updateTable('payment_test_charge').set({ state: 'declined' }).execute();
    const [charge] = await store.selectFrom('payment_test_charge').select('reference').execute();
    return charge!.reference;
  };
  const recordOf = async (request: string) => (await paying.payment(paymentIn(request))).body;

  it('that failed has the provider let go of it, and another method may be tried', async () => {
    await anOpenEvent(paying.gateway);
    const request = paying.request();
    const reference = await failed(request);
    const { status, body } = await paying.buy(request, 'tok_action_never');
    expect([status, body.code]).to.deep.equal([402, 'PAYMENT_DECLINED']);
    expect(body.details).to.include({ reason: 'invalid_method' });
    expect(await recordOf(request)).to.include({ state: 'voided', reason: 'invalid_method' });
    expect(voided).to.deep.equal([reference]);
    expect((await paying.buy(request, 'tok_ok')).status).to.equal(201);
  });

  it('that failed is let go of by the gateway alone, as soon as the provider answers', async () => {
    await anOpenEvent(paying.gateway);
    const request = paying.request();
    const reference = await failed(request);
    isSilent = true;
    expect((await paying.buy(request, 'tok_action_never')).body.code).to.equal('PAYMENT_DECLINED');
    expect(await recordOf(request)).to.include({ state: 'voiding', reason: 'invalid_method' });
    isSilent = false;
    await paying.later(5_000);
    expect([(await recordOf(request)).state, voided]).to.deep.equal(['voided', [reference]]);
  });

  it('is not asked for in a currency that the provider counts otherwise', async () => {
    await anOpenEvent(paying.gateway, { currency: 'MGA' });
    const { status, body } = await paying.buy(paying.request({ currency: 'MGA' }), 'tok_ok');
    expect([status, body.code, body.field]).to.deep.equal([422, 'PAYMENT_MISMATCH', 'request.currency']);
    expect(await store.selectFrom('payment').selectAll().execute()).to.deep.equal([]);
  });
});
