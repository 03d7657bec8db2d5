/**
 * Stripe, by its official library: one PaymentIntent for each attempt, reserved (`capture_method: manual`), then captured or cancelled. An intent is captured
 * or cancelled once whatever is repeated, so only what makes something new has an idempotency key. Stripe forgets keys after a day and keeps a failure of its
 * own under the key as long, so what is asked for again later is first looked for. https://docs.stripe.com/payments/place-a-hold-on-a-payment-method
 */
import Stripe from 'stripe';
import {
  ProviderUnavailable,
  type AmountOrder,
  type AuthorizeOrder,
  type PaymentOrder,
  type PaymentProvider,
  type ProviderPayment,
  type ProviderRefund,
} from './provider.js';
import { amountFor, declined, paymentOf, UNCOUNTED } from './stripe-answers.js';

/** The worker tries again, so the library need not. */
const TIMEOUT_MS = 10_000;
/** A search knows an intent a minute after it was made. */
const SEARCHED_AFTER_MS = 120_000;
const MAX_REFUNDS = 100;

export interface StripeOptions {
  readonly secretKey: string;
  /** Another address than Stripe's own. */
  readonly apiBase?: string | undefined;
  readonly now: () => number;
}

export class StripeProvider implements PaymentProvider {
  readonly name = 'stripe';
  readonly isTest: boolean;
  readonly uncounted = UNCOUNTED;
  readonly #stripe: Stripe;
  readonly #now: () => number;

  constructor({ secretKey, apiBase, now }: StripeOptions) {
    this.isTest = /^(sk|rk)_test_/.test(secretKey);
    this.#now = now;
    this.#stripe = new Stripe(secretKey, {
      ...{ timeout: TIMEOUT_MS, maxNetworkRetries: 0, telemetry: false },
      ...(apiBase !== undefined && addressOf(new URL(apiBase))),
    });
  }

  authorize(order: AuthorizeOrder): Promise<ProviderPayment> {
    return this.#asked(async () => {
      const known = this.#now() - order.firstAskedMs > SEARCHED_AFTER_MS ? await this.#search(order.key) : undefined;
      const { paymentIntents } = this.#stripe;
      return paymentOf(
        known ?? (await paymentIntents.create(authorizationOrder(order), { idempotencyKey: order.key })),
      );
    }, declined);
  }

  capture({ reference, amountMinor, currency }: AmountOrder): Promise<ProviderPayment> {
    const amount_to_capture = amountFor(amountMinor, currency);
    return this.#asked(
      async () => paymentOf(await this.#stripe.paymentIntents.capture(reference, { amount_to_capture })),
      () => this.find(reference),
    );
  }

  void({ reference }: PaymentOrder): Promise<ProviderPayment> {
    return this.#asked(
      async () => paymentOf(await this.#stripe.paymentIntents.cancel(reference)),
      () => this.find(reference),
    );
  }

  refund({ key, reference, amountMinor, currency }: AmountOrder): Promise<ProviderRefund> {
    const order = {
      payment_intent: reference,
      amount: amountFor(amountMinor, currency),
      metadata: { guichet_key: key },
    };
    return this.#asked<ProviderRefund>(
      async () => {
        const { refunds } = this.#stripe;
        const made = await refunds.list({ payment_intent: reference, limit: MAX_REFUNDS });
        const known = made.data.find(({ metadata }) => metadata?.guichet_key === key);
        const { status } = known ?? (await refunds.create(order, { idempotencyKey: key }));
        return status === 'failed' || status === 'canceled' ? { is: 'refused', reason: status } : { is: 'refunded' };
      },
      ({ code }) => ({ is: 'refused', reason: code ?? 'invalid_request' }),
    );
  }

  find(reference: string): Promise<ProviderPayment> {
    return this.#asked<ProviderPayment>(
      async () => paymentOf(await this.#stripe.paymentIntents.retrieve(reference)),
      () => ({ is: 'none' }),
    );
  }

  async #search(key: string): Promise<Stripe.PaymentIntent | undefined> {
    const found = await this.#stripe.paymentIntents.search({ query: `metadata['guichet_key']:'${key}'`, limit: 1 });
    return found.data[0];
  }

  /** @param refused what it means that Stripe won't: a card's issuer, or Stripe as things stand. All other failures leave open what was done. */
  async #asked<T>(ask: () => Promise<T>, refused: (error: Refused) => Promise<T> | T): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (isRefusal(error)) return refused(error);
      throw new ProviderUnavailable(this.name, reasonOf(error), { cause: error });
    }
  }
}

type Refused = InstanceType<typeof Stripe.errors.StripeError>;

const CONFLICT = 409;

/** Another request under the same key may be under way, 409: that one is answered. */
function isRefusal(error: unknown): error is Refused {
  const { StripeCardError, StripeInvalidRequestError } = Stripe.errors;
  if (error instanceof StripeCardError) return true;
  return error instanceof StripeInvalidRequestError && error.statusCode !== CONFLICT;
}

const reasonOf = (error: unknown): string => (error instanceof Stripe.errors.StripeError ? error.type : 'no answer');

function authorizationOrder(order: AuthorizeOrder): Stripe.PaymentIntentCreateParams {
  const { key, payment, amountMinor, currency, method, returnUrl } = order;
  return {
    amount: amountFor(amountMinor, currency),
    currency: currency.toLowerCase(),
    payment_method: method,
    capture_method: 'manual',
    confirm: true,
    // Where the buyer can't come back to, he is sent nowhere.
    automatic_payment_methods: { enabled: true, allow_redirects: returnUrl === null ? 'never' : 'always' },
    ...(returnUrl !== null && { return_url: returnUrl }),
    metadata: { guichet_key: key, guichet_payment: payment },
  };
}

const addressOf = ({ hostname: host, port, protocol }: URL) =>
  protocol === 'http:'
    ? { host, protocol: 'http' as const, port: port || 80 }
    : { host, protocol: 'https' as const, port: port || 443 };
