/**
 * The way of one paid order's sale to the ledger: before the ledger hears of it the exact amount is reserved, and it is on disk which sale was sent. The
 * sale desk knows nothing of it: it offers seats and submits, as ever.
 */
import { decodeStatement, type Payload } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import type { PaymentStore } from './payment-store.js';
import type { ProviderSteps } from './provider-steps.js';
import type { Payment } from './tables.js';

export interface PaidSubmissionOptions {
  readonly store: PaymentStore;
  readonly steps: ProviderSteps;
  /** To the ledger. */
  readonly submitter: Submitter;
  readonly permit: HoldDesk['permit'];
  /** The seats are of the caller's own hold. */
  readonly isHeld: boolean;
  /** Makes the payment on disk, for this sale. */
  readonly begin: (
    sale: string,
    payload: Payload<'sale'>,
    command: Readonly<Record<string, unknown>>,
  ) => Promise<Payment>;
}

export class PaidSubmission implements Submitter {
  readonly #options: PaidSubmissionOptions;
  #payment: Payment | undefined;

  /** @param payment where there is one already */
  constructor(options: PaidSubmissionOptions, payment?: Payment) {
    this.#options = options;
    this.#payment = payment;
  }

  /** As it is now; undefined where nothing was due or nothing begun. */
  get payment(): Payment | undefined {
    return this.#payment;
  }

  /** @throws {GatewayError} PAYMENT_* @throws {ProviderUnavailable | PaymentTaken} */
  async submit(command: Readonly<Record<string, unknown>>): Promise<Committed> {
    const { store, submitter, begin } = this.#options;
    const sale = String(command.sale);
    const { payload } = decodeStatement('sale', sale, 'sale');
    if (!this.#payment && payload.totalMinor === 0) return submitter.submit(command);
    this.#payment ??= await begin(sale, payload, command);
    const wasAuthorized = this.#payment.state === 'authorized';
    await this.#authorize();
    this.#requireAmount(payload);
    if (!wasAuthorized) await this.#permit(this.#payment, payload);
    const payment = await store.note(this.#payment, { sale, submitted_by: store.owner });
    this.#payment = payment;
    return store.asking(payment, () => submitter.submit(command));
  }

  async #authorize(): Promise<void> {
    if (this.#payment?.state === 'created') this.#payment = await this.#options.steps.authorize(this.#payment);
    if (this.#payment?.state === 'authorized') return;
    throw notAuthorized(this.#payment);
  }

  /** The desk has asked for holds before, but a provider takes seconds, and they may have been made meanwhile. */
  async #permit(payment: Payment, { event, seats }: Payload<'sale'>): Promise<void> {
    const { permit, isHeld } = this.#options;
    if (!isHeld) await permit(event, seats, fieldOfSeats(payment));
  }

  /** Other seats may be offered than the first, but for the same money. */
  #requireAmount({ totalMinor, currency }: Payload<'sale'>): void {
    if (totalMinor === this.#payment?.amount_minor && currency === this.#payment.currency) return;
    const details = { field: 'sale.totalMinor', authorizedMinor: this.#payment?.amount_minor ?? 0, totalMinor };
    throw new GatewayError('PAYMENT_MISMATCH', details);
  }
}

/** Where the caller named them, or had them chosen. */
function fieldOfSeats({ sale_given, request }: Payment): string {
  if (sale_given) return 'sale.seats';
  const { seats } = decodeStatement('purchase', request, 'request').payload;
  return seats ? 'request.seats' : 'request.priceClass';
}

/** What the caller is told of a payment that reserves nothing yet, or never will. */
export function notAuthorized(payment: Payment | undefined): GatewayError {
  const [name, field] = [payment?.payment ?? '', 'payment.method'];
  if (payment?.state === 'action_required')
    return new GatewayError('PAYMENT_ACTION_REQUIRED', { field, payment: name });
  return new GatewayError('PAYMENT_DECLINED', { field, payment: name, reason: payment?.reason ?? 'not_accepted' });
}
