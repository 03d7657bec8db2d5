/**
 * The port to whoever moves the money. Every call names a key of ours: repeated with the same key it has happened once, so whatever is not known to have
 * happened is asked for again. Amounts are minor units of an ISO 4217 currency. No card's number ever comes here: a method is the provider's own token.
 */

/** What the buyer's page must do before the provider goes on, such as 3-D Secure. */
export interface PaymentAction {
  readonly type: 'redirect' | 'sdk';
  /** Where to send the buyer. */
  readonly url?: string;
  /** For the provider's own library in the buyer's page. It is never kept here. */
  readonly clientSecret?: string;
}

export const DECLINE_REASONS = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'authentication_failed',
  'invalid_method',
  'not_accepted',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** What the provider has of a payment: all that it may ever answer. */
export type ProviderPayment =
  | { readonly is: 'none' }
  /** It has not made up its mind: ask again. */
  | { readonly is: 'pending'; readonly reference: string }
  | { readonly is: 'action_required'; readonly reference: string; readonly action: PaymentAction }
  | { readonly is: 'authorized'; readonly reference: string }
  | { readonly is: 'declined'; readonly reference?: string; readonly reason: DeclineReason }
  | { readonly is: 'captured'; readonly reference: string }
  | { readonly is: 'voided'; readonly reference: string };

export type ProviderRefund = { readonly is: 'refunded' } | { readonly is: 'refused'; readonly reason: string };

export interface AuthorizeOrder {
  readonly key: string;
  /** Our name of the payment, for whoever looks for it in the provider's own books. */
  readonly payment: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** The provider's token of a card or another method. */
  readonly method: string;
  /** Where the buyer comes back to after a redirect. */
  readonly returnUrl: string | null;
  /** When it was first asked for under this key, milliseconds since 1970: providers don't remember keys for ever. */
  readonly firstAskedMs: number;
}

export interface PaymentOrder {
  readonly key: string;
  /** The provider's own name of the payment. */
  readonly reference: string;
}

export interface AmountOrder extends PaymentOrder {
  readonly amountMinor: number;
  readonly currency: string;
}

/** Each throws {ProviderUnavailable} where it is not known whether it happened. */
export interface PaymentProvider {
  /** The ledger sees it: payment references begin with it. */
  readonly name: string;
  /** No money moves. */
  readonly isTest: boolean;
  /** Currencies whose minor units it does not count in: it can't be told what a sale in them costs. */
  readonly uncounted?: ReadonlySet<string>;
  /** Reserves the amount. */
  authorize(order: AuthorizeOrder): Promise<ProviderPayment>;
  /** Takes what was reserved. */
  capture(order: AmountOrder): Promise<ProviderPayment>;
  /** Lets go of what was reserved. */
  void(order: PaymentOrder): Promise<ProviderPayment>;
  /** Gives back a part of what was taken, or all. */
  refund(order: AmountOrder): Promise<ProviderRefund>;
  find(reference: string): Promise<ProviderPayment>;
}

/** It did not answer, or not so that one could tell what it did. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';

  constructor(
    readonly provider: string,
    reason: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`${provider}: ${reason}`, options);
  }
}
