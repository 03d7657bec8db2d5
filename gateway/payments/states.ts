/** The states of a payment, and which may follow which. Money is reserved, the ledger sells, money is taken; or what was reserved is let go of. */

export const PAYMENT_STATES = [
  'created',
  'action_required',
  'authorized',
  'sold',
  'captured',
  'voiding',
  'voided',
  'refunding',
  'refunded',
  'failed',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** From `failed` and `voided` the same request may be tried once more: nothing is reserved any longer. */
export const FOLLOWING: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  created: ['action_required', 'authorized', 'failed', 'voiding'],
  action_required: ['authorized', 'failed', 'voiding'],
  authorized: ['sold', 'voiding'],
  sold: ['captured'],
  captured: ['refunding'],
  voiding: ['voided', 'failed'],
  voided: ['created'],
  refunding: ['captured', 'refunded'],
  refunded: [],
  failed: ['created'],
};

/** Somebody has to go on with these. */
export const UNFINISHED: readonly PaymentState[] = [
  'created',
  'action_required',
  'authorized',
  'sold',
  'voiding',
  'refunding',
];

/** The ledger has the sale. */
export const SOLD: readonly PaymentState[] = ['sold', 'captured', 'refunding', 'refunded'];
