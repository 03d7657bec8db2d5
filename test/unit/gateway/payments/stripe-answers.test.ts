import type Stripe from 'stripe';
import { expect } from 'chai';
import { StripeProvider } from '../../../../gateway/payments/stripe-provider.js';
import { amountFor, declined, paymentOf } from '../../../../gateway/payments/stripe-answers.js';

const intent = (status: string, more: Readonly<Record<string, unknown>> = {}) =>
  paymentOf({ id: 'pi_1', status, client_secret: null, next_action: null, ...more } as unknown as Stripe.PaymentIntent);

describe('answers of Stripe', () => {
  for (const [status, is] of [
    ['requires_capture', 'authorized'],
    ['succeeded', 'captured'],
    ['canceled', 'voided'],
    ['processing', 'pending'],
    ['requires_confirmation', 'pending'],
    ['something_new', 'pending'],
  ] as const)
    it(`${status} is ${is}`, () => expect(intent(status)).to.deep.equal({ is, reference: 'pi_1' }));

  it('requires_action is what the buyer must do', () => {
    const next_action = { type: 'redirect_to_url', redirect_to_url: { url: 'https://bank.example/3ds' } };
    expect(intent('requires_action', { next_action, client_secret: 's' })).to.deep.equal({
      ...{ is: 'action_required', reference: 'pi_1' },
      action: { type: 'redirect', url: 'https://bank.example/3ds', clientSecret: 's' },
    });
    const sdk = { next_action: { type: 'use_stripe_sdk' }, client_secret: 's' };
    expect(intent('requires_action', sdk)).to.deep.include({ action: { type: 'sdk', clientSecret: 's' } });
  });

  it('a card that was declined says why, as far as its issuer does', () => {
    const last_payment_error = { code: 'card_declined', decline_code: 'insufficient_funds' };
    expect(intent('requires_payment_method', { last_payment_error })).to.include({ reason: 'insufficient_funds' });
    expect(declined({ code: 'card_declined', decline_code: 'do_not_honor' })).to.include({ reason: 'card_declined' });
    expect(declined({ code: 'expired_card' })).to.include({ is: 'declined', reason: 'expired_card' });
    expect(declined({ code: 'resource_missing' })).to.include({ reason: 'invalid_method' });
    expect(declined({})).to.deep.equal({ is: 'declined', reason: 'not_accepted' });
    expect(declined({ payment_intent: { id: 'pi_2' } })).to.include({ reference: 'pi_2' });
  });

  it('counts in no minor units of the ariary', () => {
    const { uncounted } = new StripeProvider({ secretKey: 'sk_test_123', now: () => 0 });
    expect([uncounted.has('MGA'), uncounted.has('EUR'), uncounted.has('ISK')]).to.deep.equal([true, false, false]);
  });

  it('amounts are minor units, but for two currencies', () => {
    expect([amountFor(4_400, 'EUR'), amountFor(500, 'JPY'), amountFor(500, 'ISK'), amountFor(7, 'UGX')]).to.deep.equal([
      4_400, 500, 50_000, 700,
    ]);
  });
});
