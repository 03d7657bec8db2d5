/** What the gateway keeps of payments. No card, no name: tokens, the ledger's own statements, amounts. Times are milliseconds since 1970. */
import type { Selectable, Updateable } from 'kysely';
import type { PaymentState } from './states.js';

interface PaymentTable {
  seller: string;
  /** The `paymentReference` that the buyer signed. */
  payment: string;
  provider: string;
  /** How often it was tried: each has keys of its own at the provider. */
  attempt: number;
  state: PaymentState;
  event: string;
  buyer: string;
  /** The purchase request, and what the ledger knows it by. */
  request: string;
  digest: string;
  /** The sale as it is, or was, submitted. */
  sale: string;
  /** The caller brought it: no other may be made. */
  sale_given: boolean;
  allotment: string | null;
  /** Of whose hold its seats are, and who has it. */
  hold: string | null;
  hold_caller: string | null;
  amount_minor: number;
  currency: string;
  /** The provider's token; forgotten as soon as it is not needed. */
  method: string | null;
  return_url: string | null;
  /** The provider's name of it. */
  reference: string | null;
  reason: string | null;
  /** Why the ledger refused: `{ code, details }`. */
  problem: string | null;
  tx: string | null;
  refunded_minor: number;
  /** The refund under way, a `Refund`; and those that are done, as a list. */
  refund: string | null;
  refunds: string;
  created_at: number;
  /** When its state changed. */
  changed_at: number;
  /** When somebody should look at it again; null: never. */
  due_at: number | null;
  /** Looked at in vain, since its state changed. */
  failures: number;
  /** The process that is at it, and until when unless it says that it still is. */
  owner: string;
  lease_until: number;
  /** The process that last had the ledger asked for what this state awaits. */
  submitted_by: string | null;
  /** Until then a transaction that was sent before may still come: no refusal is final. */
  doubt_until: number;
}

/** Of which payment a payout is the refund: a payout says what a holder is paid, and not of which payment. */
interface PayoutTable {
  seller: string;
  event: string;
  holder: string;
  jti: string;
  digest: string;
  payment: string;
}

/** The test provider's own books. */
interface TestChargeTable {
  key: string;
  reference: string;
  state: 'action_required' | 'authorized' | 'declined' | 'captured' | 'voided';
  amount_minor: number;
  currency: string;
  method: string;
  /** Answers that it has kept to itself. */
  silences: number;
  asked_at: number;
}

interface TestRefundTable {
  key: string;
  reference: string;
  amount_minor: number;
}

export interface PaymentTables {
  payment: PaymentTable;
  payment_payout: PayoutTable;
  payment_test_charge: TestChargeTable;
  payment_test_refund: TestRefundTable;
}

export type Payment = Readonly<Selectable<PaymentTable>>;
export type RefundedPayout = Readonly<Selectable<PayoutTable>>;
export type PaymentChange = Updateable<PaymentTable>;

/** Money that the ledger has the seller pay out, on its way back to the card. */
export interface Refund {
  readonly id: string;
  readonly payout: string;
  readonly amountMinor: number;
}
