/** What Stripe says, in our words; and our amounts in its own. */
import type Stripe from 'stripe';
import type { DeclineReason, PaymentAction, ProviderPayment } from './provider.js';

/** https://docs.stripe.com/payments/paymentintents/lifecycle */
export function paymentOf(intent: Stripe.PaymentIntent): ProviderPayment {
  const { id: reference, status } = intent;
  switch (status) {
    case 'requires_capture':
      return { is: 'authorized', reference };
    case 'succeeded':
      return { is: 'captured', reference };
    case 'canceled':
      return { is: 'voided', reference };
    case 'requires_action':
      return { is: 'action_required', reference, action: actionOf(intent) };
    case 'requires_payment_method':
      return { is: 'declined', reference, reason: reasonOf(intent.last_payment_error ?? {}) };
    // `processing`, `requires_confirmation`, and what Stripe may add
    default:
      return { is: 'pending', reference };
  }
}

interface Refusal {
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
  readonly payment_intent?: { readonly id: string } | undefined;
}

/** A card that its issuer refused, or a token that is none. */
export function declined(error: Refusal): ProviderPayment {
  const reference = error.payment_intent?.id;
  return { is: 'declined', reason: reasonOf(error), ...(reference !== undefined && { reference }) };
}

/** https://docs.stripe.com/declines/codes; whatever else an issuer says is its own business. */
const REASONS: Readonly<Record<string, DeclineReason>> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_card',
  authentication_required: 'authentication_failed',
  payment_intent_authentication_failure: 'authentication_failed',
  resource_missing: 'invalid_method',
  payment_method_unactivated: 'invalid_method',
  payment_method_invalid_parameter: 'invalid_method',
  parameter_invalid_empty: 'invalid_method',
};

function reasonOf({ code, decline_code }: Refusal): DeclineReason {
  const known = REASONS[decline_code ?? ''] ?? REASONS[code ?? ''];
  return known ?? (code === 'card_declined' ? 'card_declined' : 'not_accepted');
}

function actionOf({ next_action, client_secret }: Stripe.PaymentIntent): PaymentAction {
  const url = next_action?.redirect_to_url?.url;
  const secret = client_secret === null ? {} : { clientSecret: client_secret };
  return typeof url === 'string' ? { type: 'redirect', url, ...secret } : { type: 'sdk', ...secret };
}

/** Stripe still counts these in hundredths, though ISO 4217 gives them no minor unit: https://docs.stripe.com/currencies#special-cases */
const HUNDREDTHS: ReadonlySet<string> = new Set(['ISK', 'UGX']);

/** ISO 4217 gives it two decimals and Stripe none, so that most amounts could not be said; and each would be said a hundredfold. */
export const UNCOUNTED: ReadonlySet<string> = new Set(['MGA']);

export const amountFor = (amountMinor: number, currency: string): number =>
  HUNDREDTHS.has(currency) ? amountMinor * 100 : amountMinor;
