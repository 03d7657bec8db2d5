/** The steps of a payment that ask the provider. Each may be taken again: the same key, and only what is known is written down. */
import { GatewayError } from '../errors.js';
import type { Report } from '../fabric/clock.js';
import type { PaymentStore } from './payment-store.js';
import { ProviderUnavailable, type PaymentProvider, type ProviderPayment } from './provider.js';
import type { Payment, Refund } from './tables.js';

/** A buyer who is asked to confirm has so long. */
export const CONFIRM_WITHIN_MS = 15 * 60_000;

export interface ProviderStepsOptions {
  readonly provider: PaymentProvider;
  readonly store: PaymentStore;
  readonly now: () => number;
  readonly report: Report;
}

/** The provider says of money that is due what nobody can repair from here. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
}

export class ProviderSteps {
  readonly #options: ProviderStepsOptions;

  constructor(options: ProviderStepsOptions) {
    this.#options = options;
  }

  /** `created`: the amount is reserved, declined, or the buyer must confirm. @throws {ProviderUnavailable} */
  async authorize(payment: Payment): Promise<Payment> {
    return this.#answered(payment, await this.#authorization(payment));
  }

  /** `action_required`: whether the buyer has confirmed. @throws {ProviderUnavailable} */
  async confirm(payment: Payment): Promise<Payment> {
    const { provider, store, now } = this.#options;
    const after = await this.#answered(payment, await provider.find(payment.reference ?? ''));
    if (after.state !== 'action_required' || now() - after.changed_at < CONFIRM_WITHIN_MS) return after;
    return store.move(after, 'voiding', { reason: 'not_confirmed', method: null });
  }

  /** `sold`. @throws {ProviderUnavailable | ProviderRefused} */
  async capture(payment: Payment): Promise<Payment> {
    const { provider, store } = this.#options;
    const { amount_minor: amountMinor, currency, reference } = payment;
    const order = { key: keyOf(payment, 'capture'), reference: reference ?? '', amountMinor, currency };
    const said = await provider.capture(order);
    if (said.is === 'captured') return store.move(payment, 'captured');
    throw this.#refused(payment, 'sold, and the money can not be taken', said.is);
  }

  /** `voiding`. What was perhaps asked for is asked for once more, so that it has a name to be let go of by. @throws {ProviderUnavailable | ProviderRefused} */
  async void(payment: Payment): Promise<Payment> {
    const { provider, store } = this.#options;
    const named = payment.reference === null ? await this.#named(payment) : payment;
    if (named.state === 'failed') return named;
    const said = await provider.void({ key: keyOf(named, 'void'), reference: named.reference ?? '' });
    if (said.is === 'voided' || said.is === 'declined' || said.is === 'none')
      return store.move(named, 'voided', { method: null });
    if (said.is === 'captured' && (await this.#givenBack(named))) return store.move(named, 'voided', { method: null });
    throw this.#refused(named, 'not sold, and the money is not let go of', said.is);
  }

  /** `refunding`, once the ledger has the payout. @throws {ProviderUnavailable | ProviderRefused} */
  async refund(payment: Payment, refund: Refund): Promise<Payment> {
    const { provider, store } = this.#options;
    const { currency, reference } = payment;
    const order = { key: keyOf(payment, `refund.${refund.id}`), reference: reference ?? '', currency };
    const said = await provider.refund({ ...order, amountMinor: refund.amountMinor });
    if (said.is === 'refused') throw this.#refused(payment, 'paid out on the ledger, and not refunded', said.reason);
    const refunded_minor = payment.refunded_minor + refund.amountMinor;
    const refunds = JSON.stringify([...(JSON.parse(payment.refunds) as Refund[]), refund]);
    const state = refunded_minor === payment.amount_minor ? 'refunded' : 'captured';
    return store.move(payment, state, { refunded_minor, refunds, refund: null });
  }

  /** Where a method knows no reservation, all of it goes back. */
  async #givenBack(payment: Payment): Promise<boolean> {
    const { amount_minor: amountMinor, currency, reference } = payment;
    const order = { key: keyOf(payment, 'give-back'), reference: reference ?? '', amountMinor, currency };
    return (await this.#options.provider.refund(order)).is === 'refunded';
  }

  async #named(payment: Payment): Promise<Payment> {
    const { store } = this.#options;
    const said = await this.#authorization(payment);
    if (said.is === 'declined' || said.is === 'none') return store.move(payment, 'failed', { method: null });
    return store.note(payment, { reference: said.reference });
  }

  #authorization(payment: Payment): Promise<ProviderPayment> {
    const { amount_minor: amountMinor, currency, method, return_url: returnUrl } = payment;
    // Who lets go of it may come long after.
    const firstAskedMs = payment.state === 'created' ? payment.changed_at : payment.created_at;
    const order = { key: keyOf(payment, 'authorize'), payment: payment.payment, amountMinor, currency };
    return this.#options.provider.authorize({ ...order, method: method ?? '', returnUrl, firstAskedMs });
  }

  #answered(payment: Payment, said: ProviderPayment): Promise<Payment> | Payment {
    const { store, provider } = this.#options;
    switch (said.is) {
      // Where a method knows no reservation, the money is there already.
      case 'captured':
      case 'authorized':
        return store.move(payment, 'authorized', { reference: said.reference, method: null });
      case 'action_required':
        if (payment.state === 'action_required') return payment;
        return store.move(payment, 'action_required', { reference: said.reference });
      case 'declined':
        // A buyer who was asked could still confirm it, or with another card: nothing may be left to confirm.
        if (payment.state === 'action_required')
          return store.move(payment, 'voiding', { reason: said.reason, method: null });
        return store.move(payment, 'failed', { reason: said.reason, method: null });
      case 'voided':
      case 'none':
        return store.move(payment, 'failed', { reason: 'not_accepted', method: null });
      case 'pending':
        throw new ProviderUnavailable(provider.name, 'has not made up its mind');
    }
  }

  #refused({ payment, failures }: Payment, what: string, said: string): ProviderRefused {
    if (failures === 0) this.#options.report('alarm', `a payment is ${what}`, { payment, said });
    return new ProviderRefused(`${this.#options.provider.name} says ${said}`);
  }
}

/** What a call is known by at the provider, whoever repeats it. */
const keyOf = ({ seller, payment, attempt }: Payment, call: string): string =>
  `guichet.${seller}.${payment}.${attempt}.${call}`;

/** What callers are told of a provider that did not answer. */
export const unavailable = (cause: ProviderUnavailable): GatewayError =>
  new GatewayError('PAYMENT_PROVIDER_UNAVAILABLE', { provider: cause.provider }, { cause });
