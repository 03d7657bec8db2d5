/**
 * Money back to the card. The ledger says what is owed to whom; a payout, signed by the holder, takes that down and has the seller pay it. The refund is how he
 * does: no payout, no refund, and each payout is refunded once.
 */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { decodeStatement, holderIn, type Statement } from '../../chaincode/domain/statements.js';
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { GatewayError } from '../errors.js';
import type { PaymentDrive } from './drive.js';
import type { Leases } from './leases.js';
import { toldOf } from './payment-desk.js';
import { PaymentTaken, type PaymentStore } from './payment-store.js';
import { OTHERWISE, paidOtherwise, payoutOf, requireSamePayout } from './payout-book.js';
import type { Payment, Refund, RefundedPayout } from './tables.js';

export interface RefundDeskOptions {
  readonly seller: string;
  readonly store: PaymentStore;
  readonly drive: PaymentDrive;
  readonly leases: Leases;
}

export interface Refunded {
  readonly payment: Payment;
  readonly isReplayed: boolean;
}

export class RefundDesk {
  readonly #options: RefundDeskOptions;

  constructor(options: RefundDeskOptions) {
    this.#options = options;
  }

  /** @throws {Refusal | GatewayError} */
  async refund(name: string, jws: string): Promise<Refunded> {
    const { store, seller, leases } = this.#options;
    const payout = decodeStatement('payout', jws, 'payout');
    requireHolderSignature(payout);
    const found = await store.find(name);
    if (!found) throw new GatewayError('UNKNOWN_PAYMENT', { field: 'payment', payment: name });
    const { event, payer, currency, jti, amountMinor } = payout.payload;
    const match = (given: string, expected: string, field: string) => {
      if (given !== expected) throw new GatewayError('PAYMENT_MISMATCH', { field, expected });
    };
    const kept = payoutOf(seller, name, payout);
    match(event, found.event, 'payout.event');
    match(payer, seller, 'payout.payer');
    match(currency, found.currency, 'payout.currency');
    match(holderIn(payout), found.buyer, 'payout.header.jwk');
    store.requireOurs(found);
    requireSamePayout(await store.payout(kept), kept);
    if (isDone(found, jti)) return { payment: found, isReplayed: true };
    try {
      return await leases.holding(name, () => this.#refund({ id: jti, payout: jws, amountMinor }, kept));
    } catch (error) {
      throw toldOf(error);
    }
  }

  /**
   * Has the ledger take down a payout whose money goes another way. Before it is sent it is on disk that no card gets it, for it may come late.
   * @throws {GatewayError} PAYMENT_MISMATCH where it is the refund of a payment, STORE_UNAVAILABLE
   */
  async paidOtherwise<T>(payout: Statement<'payout'>, submit: () => Promise<T>): Promise<T> {
    const { store, seller } = this.#options;
    const kept = payoutOf(seller, OTHERWISE, payout);
    const isNew = await answered(store.keepOtherwise(kept));
    try {
      return await submit();
    } catch (error) {
      // One that was sent before may still come.
      const refusal = error instanceof Refusal ? error : undefined;
      if (isNew && (refusal || isUnsent(error))) await answered(store.forgetOtherwise(kept), refusal);
      throw error;
    }
  }

  async #refund(refund: Refund, kept: RefundedPayout): Promise<Refunded> {
    const { store, drive } = this.#options;
    const { payment: name, jti } = kept;
    const claimed = await store.claim(name);
    if (!claimed) throw new PaymentTaken(name);
    if (isDone(claimed, jti)) return { payment: claimed, isReplayed: true };
    const { payment, refusal } = await drive.refund(await this.#begun(claimed, refund, kept));
    if (refusal) throw refusal;
    return { payment, isReplayed: false };
  }

  async #begun(payment: Payment, refund: Refund, kept: RefundedPayout): Promise<Payment> {
    if (payment.state === 'refunding') {
      if ((JSON.parse(payment.refund ?? '') as Refund).id !== refund.id) throw new PaymentTaken(payment.payment);
      return payment;
    }
    const { state, amount_minor, refunded_minor } = payment;
    const refundableMinor = state === 'captured' || state === 'refunded' ? amount_minor - refunded_minor : undefined;
    if (refundableMinor === undefined) throw new GatewayError('PAYMENT_NOT_CAPTURED', { field: 'payment', state });
    if (refund.amountMinor > refundableMinor)
      throw new GatewayError('PAYMENT_MISMATCH', { field: 'payout.amountMinor', refundableMinor });
    if (await this.#options.drive.paidOut(refund)) throw paidOtherwise();
    const change = { refund: JSON.stringify(refund), submitted_by: null, doubt_until: 0 };
    return this.#options.store.beginRefund(payment, kept, change);
  }
}

/** Turned away before it had a place in a lane. */
const UNSENT = ['QUEUE_FULL', 'OVERLOADED', 'SHUTTING_DOWN'];
const isUnsent = (error: unknown): boolean => error instanceof GatewayError && UNSENT.includes(error.code);

/** @param refusal what the ledger said, and says again to who asks again */
async function answered<T>(work: Promise<T>, refusal?: Refusal): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError('STORE_UNAVAILABLE', {}, { cause: refusal ? new AggregateError([refusal, error]) : error });
  }
}

const isDone = ({ refunds }: Payment, id: string): boolean =>
  (JSON.parse(refunds) as Refund[]).some((each) => each.id === id);
