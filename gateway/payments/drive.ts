/** Takes a payment as far as it goes now, from whatever state it was left in. Whether the sale is, the ledger says. */
import { commandKey, paymentKey } from '../../chaincode/domain/keys.js';
import type { CommandRecord } from '../../chaincode/domain/records.js';
import { Refusal, type RefusalCode } from '../../chaincode/domain/refusal.js';
import { decodeStatement } from '../../chaincode/domain/statements.js';
import { GatewayError, type GatewayCode } from '../errors.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import type { Records } from '../http/ports.js';
import { isHeld, isSold } from '../sales/gone.js';
import type { SaleDesk, SaleOrder } from '../sales/sale-desk.js';
import type { Sold } from '../sales/sale-maker.js';
import { PaidSubmission } from './paid-submission.js';
import { PaymentTaken, type PaymentStore } from './payment-store.js';
import { payoutOf } from './payout-book.js';
import type { ProviderSteps } from './provider-steps.js';
import type { Payment, Refund } from './tables.js';

/** A caller who was told to try again has so long, before what he perhaps reserved is let go of. */
export const ABANDONED_AFTER_MS = 30_000;

export interface DriveOptions {
  readonly store: PaymentStore;
  readonly steps: ProviderSteps;
  readonly submitter: Submitter;
  readonly records: Records;
  /** A sale desk that submits that way. */
  readonly deskOver: (submitter: Submitter) => Pick<SaleDesk, 'sell'>;
  readonly permit: HoldDesk['permit'];
  readonly now: () => number;
}

/** The payment as it is now, and the sale or the final refusal if this brought it about. */
export interface Driven {
  readonly payment: Payment;
  readonly sold?: Sold;
  readonly refusal?: Error;
}

/** Of the gateway's own refusals, those that stand. */
const FINAL: ReadonlySet<GatewayCode> = new Set<GatewayCode>([
  'NO_SEATS_LEFT',
  'SEAT_HELD',
  'HOLD_MISMATCH',
  'PAYMENT_MISMATCH',
]);
/** Nobody has these seats any more because of the hold. */
const OVER: ReadonlySet<GatewayCode> = new Set<GatewayCode>(['HOLD_OVER', 'UNKNOWN_HOLD']);

export class PaymentDrive {
  readonly #options: DriveOptions;

  constructor(options: DriveOptions) {
    this.#options = options;
  }

  /** Until it is done or waits. @throws what kept it from going on; it is on disk as far as it came */
  async advance(payment: Payment): Promise<Payment> {
    let now = payment;
    for (let next = await this.#step(now); next.state !== now.state; next = await this.#step(now)) now = next;
    return now;
  }

  /** Has the ledger judge a payment's sale; where its refusal is final, the payment is `voiding`. @throws what may be otherwise the next time */
  async sell(payment: Payment): Promise<Driven> {
    const recorded = await this.recorded(payment);
    if (recorded) return { payment: await this.sold(payment, recorded.committed), sold: recorded };
    const { request, sale, allotment } = payment;
    try {
      return await this.#submit(payment, { request, sale });
    } catch (error) {
      if (!isSeatGone(error) || !mayOfferOthers(payment)) return this.refused(payment, error);
    }
    try {
      return await this.#submit(payment, { request, allotment: allotment ?? undefined });
    } catch (error) {
      return this.refused(payment, error);
    }
  }

  /** The sale of a payment as the ledger has it. */
  async recorded({ seller, event, payment, digest }: Pick<Payment, 'seller' | 'event' | 'payment' | 'digest'>) {
    const [found] = await this.#options.records.read([paymentKey(event, seller, payment)]);
    return found?.digest === digest ? soldBefore(found) : undefined;
  }

  sold(payment: Payment, { receipt }: Committed): Promise<Payment> {
    return this.#options.store.move(payment, 'sold', { tx: receipt.tx, problem: null, submitted_by: null });
  }

  /** What a failed submission means: a refusal is final unless a transaction that was sent before may still come. */
  async refused(before: Payment, error: unknown): Promise<Driven> {
    const { store, now } = this.#options;
    const payment = (await store.find(before.payment)) ?? before;
    const refusal = refusalIn(error);
    if (payment.state !== 'authorized' || !refusal) throw error;
    const recorded = await this.recorded(payment);
    if (recorded) return { payment: await this.sold(payment, recorded.committed), sold: recorded };
    if (now() < payment.doubt_until) throw inDoubt(payment, error);
    const change = { problem: JSON.stringify(refusal), reason: 'sale_refused', method: null };
    return { payment: await store.move(payment, 'voiding', change), refusal: error as Error };
  }

  /** A hold may be over when its payment goes on: then the seats are whoever's is first, as without one. */
  async #submit(before: Payment, order: SaleOrder): Promise<Driven> {
    const { hold, hold_caller } = before;
    if (hold === null) return this.#submitBy(this.#way(before, false), order);
    const way = this.#way(before, true);
    try {
      return await this.#submitBy(way, { ...order, hold, caller: hold_caller ?? '' });
    } catch (error) {
      if (!(error instanceof GatewayError && OVER.has(error.code))) throw error;
      return this.#submitBy(this.#way(way.payment ?? before, false), order);
    }
  }

  async #submitBy(way: PaidSubmission, order: SaleOrder): Promise<Driven> {
    const sold = await this.#options.deskOver(way).sell(order);
    if (!way.payment) throw new Error('a payment is not there any more');
    return { payment: await this.sold(way.payment, sold.committed), sold };
  }

  #way(payment: Payment, isHeld: boolean): PaidSubmission {
    const { store, steps, submitter, permit } = this.#options;
    const begin = () => Promise.reject(new Error('a payment is there already'));
    return new PaidSubmission({ store, steps, submitter, permit, isHeld, begin }, payment);
  }

  async #step(payment: Payment): Promise<Payment> {
    const { steps, store, now } = this.#options;
    switch (payment.state) {
      case 'created':
        if (now() - payment.changed_at < ABANDONED_AFTER_MS) return payment;
        return store.move(payment, 'voiding', { reason: 'abandoned' });
      case 'action_required':
        return steps.confirm(payment);
      case 'authorized':
        return (await this.sell(payment)).payment;
      case 'sold':
        return steps.capture(payment);
      case 'voiding':
        return steps.void(payment);
      case 'refunding':
        return (await this.refund(payment)).payment;
      default:
        return payment;
    }
  }

  /** The ledger takes down what it owed the holder; then, and only then, the money goes back. */
  async refund(before: Payment): Promise<Driven> {
    const { store, steps, submitter, now } = this.#options;
    const refund = JSON.parse(before.refund ?? '') as Refund;
    const payment = await store.note(before, { submitted_by: store.owner });
    try {
      await store.asking(payment, () => submitter.submit({ kind: 'account.payout', payout: refund.payout }));
    } catch (error) {
      if (!refusalIn(error)) throw error;
      if (now() < payment.doubt_until || (await this.paidOut(refund))) throw inDoubt(payment, error);
      const kept = payoutOf(payment.seller, payment.payment, decodeStatement('payout', refund.payout, 'payout'));
      return { payment: await store.giveUpRefund(payment, kept), refusal: error as Error };
    }
    return { payment: await steps.refund(payment, refund) };
  }

  /** Whether the ledger has a payout. */
  async paidOut({ payout }: Pick<Refund, 'payout'>): Promise<boolean> {
    const { signer, payload, digest } = decodeStatement('payout', payout, 'payout');
    const [found] = await this.#options.records.read([commandKey(payload.event, signer, payload.jti)]);
    return found?.digest === digest;
  }
}

/** Refused, and a transaction that was sent before may still make it so: nobody may be told that it is not. */
const inDoubt = ({ payment }: Payment, cause: unknown): PaymentTaken =>
  new PaymentTaken(`what became of payment ${payment} is not known yet`, { cause });

const soldBefore = ({ tx, result }: CommandRecord): Sold => ({
  committed: { receipt: { tx, ...result }, replayed: true, block: undefined },
  sale: undefined,
});

interface FinalRefusal {
  readonly code: RefusalCode | GatewayCode;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What won't be otherwise when it is asked again; all else is. */
function refusalIn(error: unknown): FinalRefusal | undefined {
  if (error instanceof Refusal) return { code: error.code, details: error.details };
  if (!(error instanceof GatewayError)) return undefined;
  const { code, details } = error;
  return FINAL.has(code) ? { code, details } : undefined;
}

/** Somebody was faster, or holds it. */
const isSeatGone = (error: unknown): boolean => isSold(error) || isHeld(error);

/** Who named his seats wants these, and who signs his sales himself has signed this one. */
function mayOfferOthers({ request, sale_given }: Payment): boolean {
  return !sale_given && decodeStatement('purchase', request, 'request').payload.seats === undefined;
}
