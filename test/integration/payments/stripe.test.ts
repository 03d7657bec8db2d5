/**
 * The Stripe adapter against Stripe's own mock: that every request is one that Stripe's interface takes, and its answers are read. The mock keeps nothing and
 * always answers from the same examples, so what becomes of payments is tested with the test provider.
 */
import { expect } from 'chai';
import { ProviderUnavailable } from '../../../gateway/payments/provider.js';
import { StripeProvider } from '../../../gateway/payments/stripe-provider.js';
import { startStripeMock, type StripeMock } from '../../support/stripe-mock/server.js';

const NOW = 1_800_000_000_000;
const ORDER = {
  ...{ key: 'guichet.OrganizerMSP.test.1.authorize', payment: 'stripe.a-payment-of-ours', amountMinor: 4_400 },
  ...{ currency: 'EUR', method: 'pm_card_visa', returnUrl: null, firstAskedMs: NOW },
};
const INTENT = 'pi_1234567890abcdef';
const AMOUNT = { key: 'k', reference: INTENT, amountMinor: 4_400, currency: 'EUR' };

describe('Stripe adapter against stripe-mock', () => {
  let mock: StripeMock;
  let stripe: StripeProvider;
  before(async () => {
    mock = await startStripeMock();
    stripe = new StripeProvider({ secretKey: 'sk_test_123', apiBase: mock.url, now: () => NOW });
  });
  after(() => (mock as StripeMock | undefined)?.stop());

  it('is a test account’s by its key', () => {
    expect([stripe.name, stripe.isTest]).to.deep.equal(['stripe', true]);
    expect(new StripeProvider({ secretKey: 'sk_live_123', now: () => NOW }).isTest).to.be.false;
  });

  for (const [what, order] of [
    ['a reservation', ORDER],
    ['one whose buyer may be sent away', { ...ORDER, returnUrl: 'https://shop.example/back' }],
    ['one that is looked for first', { ...ORDER, firstAskedMs: NOW - 3_600_000 }],
  ] as const)
    it(`${what} is a request that Stripe takes`, async () => {
      // Its example is of an intent that nobody has paid; what is refused as a request has no intent.
      expect(await stripe.authorize(order))
        .to.have.property('reference')
        .that.matches(/^pi_/);
    });

  it('so are capture, cancellation, refund and look-up', async () => {
    expect(await stripe.capture(AMOUNT)).to.include({ reference: INTENT });
    expect(await stripe.void(AMOUNT)).to.include({ reference: INTENT });
    expect(await stripe.find(INTENT)).to.include({ reference: INTENT });
    expect(await stripe.refund(AMOUNT)).to.deep.equal({ is: 'refunded' });
  });

  it('a request that Stripe does not take is none that succeeds', async () => {
    const said = await stripe.authorize({ ...ORDER, amountMinor: 0.5 });
    expect(said).to.deep.equal({ is: 'declined', reason: 'not_accepted' });
  });

  it('where nobody answers nothing is known', async () => {
    const lost = new StripeProvider({ secretKey: 'sk_test_123', apiBase: 'http://127.0.0.1:1', now: () => NOW });
    const failure: unknown = await lost.authorize(ORDER).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(ProviderUnavailable);
  });
});
