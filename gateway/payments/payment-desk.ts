/**
 * Paid sales as callers ask for them: the same request again, after whatever failure and at whatever gateway, goes on where the first was left. A payment
 * is the one that the buyer signed, `paymentReference`, so one request is paid once.
 */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { require } from '../../chaincode/domain/refusal.js';
import type { Payload, Statement } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { Report } from '../fabric/clock.js';
import { readRequest } from '../sales/read-request.js';
import type { SaleOrder } from '../sales/sale-desk.js';
import type { Sold } from '../sales/sale-maker.js';
import { ABANDONED_AFTER_MS, type Driven, type DriveOptions, type PaymentDrive } from './drive.js';
import type { Leases } from './leases.js';
import { notAuthorized, PaidSubmission } from './paid-submission.js';
import { PaymentTaken } from './payment-store.js';
import { ProviderUnavailable, type PaymentAction, type PaymentProvider } from './provider.js';
import { ProviderRefused, unavailable } from './provider-steps.js';
import { UNFINISHED } from './states.js';
import type { Payment } from './tables.js';

export interface PaymentDeskOptions extends DriveOptions {
  readonly seller: string;
  readonly provider: PaymentProvider;
  readonly drive: PaymentDrive;
  readonly leases: Leases;
  /** What the ledger would say as it is. @throws {Refusal} */
  readonly rehearsal: (command: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly report: Report;
}

export interface PaidOrder extends SaleOrder {
  /** The provider's token. */
  readonly method: string;
  readonly returnUrl?: string | undefined;
}

export interface PaidSale {
  readonly sold: Sold;
  /** undefined where nothing was due, or the sale was not paid here. */
  readonly payment: Payment | undefined;
}

type Request = Statement<'purchase'>;

export class PaymentDesk {
  readonly #options: PaymentDeskOptions;

  constructor(options: PaymentDeskOptions) {
    this.#options = options;
  }

  get provider(): PaymentProvider {
    return this.#options.provider;
  }

  get store() {
    return this.#options.store;
  }

  /** @throws {Refusal | GatewayError} */
  async sell(order: PaidOrder): Promise<PaidSale> {
    const { seller, store, drive, leases } = this.#options;
    const request = readRequest(order.request);
    this.#requireOurs(request);
    const { paymentReference: name, event } = request.payload;
    const found = await store.find(name);
    requireSame(found, order, request);
    const recorded = await drive.recorded({ seller, event, payment: name, digest: request.digest });
    if (recorded && !(found && UNFINISHED.includes(found.state))) return { sold: recorded, payment: found };
    return this.#told(() => leases.holding(name, () => this.#sell(order, request, found !== undefined)));
  }

  /** What the buyer's page must do. @throws {GatewayError} PAYMENT_PROVIDER_UNAVAILABLE | PAYMENTS_OFF */
  async actionOf(payment: Payment): Promise<PaymentAction | undefined> {
    const { state, reference } = payment;
    if (state !== 'action_required' || reference === null) return undefined;
    this.#options.store.requireOurs(payment);
    const said = await this.#told(() => this.#options.provider.find(reference));
    return said.is === 'action_required' ? said.action : undefined;
  }

  async #sell(order: PaidOrder, request: Request, isKnown: boolean): Promise<PaidSale> {
    const { store } = this.#options;
    const name = request.payload.paymentReference;
    const payment = isKnown ? await store.claim(name) : undefined;
    if (isKnown && !payment) throw new PaymentTaken(name);
    const { payment: driven, sold, refusal } = await this.#drive(order, request, payment);
    const finished = driven && (await this.#finish(driven));
    if (refusal) throw refusal;
    if (!sold) throw new PaymentTaken(name);
    return { sold, payment: finished };
  }

  #drive(order: PaidOrder, request: Request, payment: Payment | undefined): Promise<Partial<Driven>> {
    const { drive } = this.#options;
    switch (payment?.state) {
      case undefined:
      case 'failed':
      case 'voided':
        return this.#first(order, request, payment);
      case 'action_required':
        return this.#confirmed(payment);
      case 'created':
      case 'authorized':
        return drive.sell(payment);
      case 'sold':
        return this.#soldBefore(payment);
      default:
        throw new PaymentTaken(payment?.payment);
    }
  }

  async #soldBefore(payment: Payment): Promise<Partial<Driven>> {
    const sold = await this.#options.drive.recorded(payment);
    if (!sold)
      throw new GatewayError('LEDGER_UNAVAILABLE', { reason: 'the sale is not readable yet', tx: payment.tx ?? '' });
    return { payment, sold };
  }

  async #confirmed(before: Payment): Promise<Driven> {
    const { steps, drive } = this.#options;
    const payment = await steps.confirm(before);
    if (payment.state === 'authorized') return drive.sell(payment);
    // His page knows the provider's secret of it, and could go on: the provider must forget it.
    throw await this.#withAction(payment.state === 'voiding' ? await this.#finish(payment) : payment);
  }

  async #first(order: PaidOrder, request: Request, before: Payment | undefined): Promise<Partial<Driven>> {
    const { store, steps, submitter, deskOver, drive, permit } = this.#options;
    const begin = (sale: string, payload: Payload<'sale'>, command: Readonly<Record<string, unknown>>) =>
      this.#begin({ order, request, before }, sale, payload, command);
    const isHeld = order.hold !== undefined;
    const way = new PaidSubmission({ store, steps, submitter, permit, isHeld, begin });
    try {
      const sold = await deskOver(way).sell(order);
      return { sold, ...(way.payment && { payment: await drive.sold(way.payment, sold.committed) }) };
    } catch (error) {
      const { payment } = way;
      if (payment?.state === 'action_required') throw await this.#withAction(payment);
      if (payment?.state !== 'authorized') throw error;
      return drive.refused(payment, error);
    }
  }

  /** No card is touched for what the ledger would refuse as it is. */
  async #begin(
    { order, request, before }: { order: PaidOrder; request: Request; before: Payment | undefined },
    sale: string,
    { event, buyer, totalMinor, currency }: Payload<'sale'>,
    command: Readonly<Record<string, unknown>>,
  ): Promise<Payment> {
    const { store, provider, rehearsal } = this.#options;
    requireCounted(provider, currency);
    await rehearsal(command);
    const { method, returnUrl = null, allotment = null, hold = null } = order;
    const asked = {
      request: order.request,
      digest: request.digest,
      sale,
      sale_given: order.sale !== undefined,
      allotment,
      hold,
      hold_caller: hold === null ? null : (order.caller ?? null),
    };
    const money = { provider: provider.name, amount_minor: totalMinor, currency, method, return_url: returnUrl };
    const fresh = { payment: request.payload.paymentReference, event, buyer, ...asked, ...money };
    return before ? store.beginAgain(before, fresh, ABANDONED_AFTER_MS) : store.begin(fresh, ABANDONED_AFTER_MS);
  }

  /** Capture or void, at once if that can be; else the worker does. The answer is what the ledger said. */
  async #finish(payment: Payment): Promise<Payment> {
    try {
      return await this.#options.drive.advance(payment);
    } catch (cause) {
      this.#options.report('warning', 'a payment is finished later', { payment: payment.payment, cause });
      return payment;
    }
  }

  async #withAction(payment: Payment): Promise<GatewayError> {
    const problem = notAuthorized(payment);
    const action = await this.actionOf(payment);
    return new GatewayError(problem.code, { ...problem.details, ...action });
  }

  #requireOurs(request: Request): void {
    const { seller, provider } = this.#options;
    const { seller: asked, paymentReference } = request.payload;
    require(asked === seller, 'REQUEST_MISMATCH', { field: 'request.seller', expected: seller });
    requireHolderSignature(request);
    const expected = `${provider.name}.`;
    if (!paymentReference.startsWith(expected))
      throw new GatewayError('PAYMENT_MISMATCH', { field: 'request.paymentReference', expected: `${expected}…` });
  }

  async #told<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw toldOf(error);
    }
  }
}

function requireCounted({ name, uncounted }: PaymentProvider, currency: string): void {
  if (!uncounted?.has(currency)) return;
  const reason = 'its minor units are not those that the provider counts in';
  throw new GatewayError('PAYMENT_MISMATCH', { field: 'request.currency', provider: name, reason });
}

/** One payment is of one request; while it is not known what became of a method, no other is tried. */
function requireSame(found: Payment | undefined, { method }: PaidOrder, { digest }: Request): void {
  if (found && found.digest !== digest)
    throw new GatewayError('PAYMENT_MISMATCH', { field: 'request.paymentReference', payment: found.payment });
  const isOpen = found?.state === 'created' || found?.state === 'action_required';
  if (isOpen && found.method !== method)
    throw new GatewayError('PAYMENT_MISMATCH', { field: 'payment.method', payment: found.payment });
}

export function toldOf(error: unknown): unknown {
  if (error instanceof ProviderUnavailable) return unavailable(error);
  if (error instanceof ProviderRefused) return new GatewayError('PAYMENT_PROVIDER_REFUSED', {}, { cause: error });
  return error instanceof PaymentTaken ? new GatewayError('PAYMENT_UNDER_WAY', {}, { cause: error }) : error;
}
