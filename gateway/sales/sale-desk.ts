/**
 * Selling: checks what the buyer signed, finds the seats if none are named, has the seller's key sign the sale and submits both. Where the seller
 * signs elsewhere, the ready sale is submitted as it is.
 */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { paymentKey } from '../../chaincode/domain/keys.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { Refusal, refuse, require } from '../../chaincode/domain/refusal.js';
import { contains } from '../../chaincode/domain/seats.js';
import { decodeStatement, type Payload, type Statement } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import type { Hold } from '../holds/hold.js';
import type { Records } from '../http/ports.js';
import type { KeyRing } from '../signer/key-ring.js';
import { signOne, type SigningKeys } from '../signer/signing-keys.js';
import { composeSale } from './compose-sale.js';
import { PlacesInHand } from './places-in-hand.js';
import { readRequest } from './read-request.js';
import type { Reservation, SeatAllocator } from './seat-allocator.js';

/** How often an order is offered other seats after somebody was faster. */
const MAX_OFFERS = 3;
/** A hold does not end while its seats are being sold. */
const SALE_MS = 60_000;

export interface SaleDeskOptions {
  readonly seller: string;
  readonly submitter: Submitter;
  readonly records: Records;
  readonly signer: SigningKeys;
  readonly keyRing: KeyRing;
  readonly allocator: SeatAllocator;
  readonly holds: Pick<HoldDesk, 'permit' | 'findLasting' | 'use' | 'used' | 'learn'>;
}

export interface SaleOrder {
  /** The buyer's purchase request, compact JWS. */
  readonly request: string;
  /** The seller's sale, where it is signed elsewhere. */
  readonly sale?: string | undefined;
  readonly allotment?: string | undefined;
  /** Of these seats, which are nobody else's meanwhile. */
  readonly hold?: string | undefined;
  /** Whose the hold is. */
  readonly caller?: string | undefined;
}

/** A sale that is on the ledger. */
export interface Sold {
  readonly committed: Committed;
  /** The sale as accepted; undefined for a replay, whose first sale the ledger has. */
  readonly sale: Payload<'sale'> | undefined;
}

type Request = Statement<'purchase'>;

/** A sale to be submitted, and what it says: whoever made or read it knows, and it is not decoded again. */
interface SignedSale {
  readonly jws: string;
  readonly payload: Payload<'sale'>;
}

export class SaleDesk {
  readonly #options: SaleDeskOptions;
  /** Seats that sales by a hold have in hand, by hold. */
  readonly #ofHolds = new PlacesInHand();

  constructor(options: SaleDeskOptions) {
    this.#options = options;
  }

  /** @throws {Refusal | GatewayError} */
  async sell(order: SaleOrder): Promise<Sold> {
    const request = readRequest(order.request);
    const { event, seller } = request.payload;
    if (order.sale === undefined) {
      const { seller: own } = this.#options;
      require(seller === own, 'REQUEST_MISMATCH', { field: 'request.seller', expected: own });
      // Before seats are kept and the seller's key is used: nobody does that with a request that nobody signed.
      requireHolderSignature(request);
    }
    try {
      return await (order.hold === undefined
        ? this.#sellFree(order, request)
        : this.#sellHeld(order, request, order.hold));
    } catch (error) {
      this.#learnFrom(error, event);
      throw error;
    }
  }

  #sellFree({ request: jws, sale, allotment }: SaleOrder, request: Request): Promise<Sold> {
    if (sale !== undefined) return this.#sellReady(jws, sale, request);
    return request.payload.seats ? this.#sellNamed(jws, request, allotment) : this.#sellClass(jws, request, allotment);
  }

  /** The seats of a hold, or some of them. Nothing else is offered in their place. */
  async #sellHeld(order: SaleOrder, request: Request, id: string): Promise<Sold> {
    const lost = new Set<string>();
    for (let offer = 1; ; offer += 1) {
      try {
        return await this.#offerHeld(order, request, id, lost);
      } catch (error) {
        const gone = order.sale === undefined && !request.payload.seats && placeOf(error, request.payload.event);
        if (gone && offer < MAX_OFFERS) lost.add(gone);
        else
          return this.#alreadySold(request, () => {
            throw soldElsewhere(error, id);
          });
      }
    }
  }

  /** @param lost seats of the hold that somebody bought, by what the ledger said */
  async #offerHeld(order: SaleOrder, request: Request, id: string, lost: ReadonlySet<string>): Promise<Sold> {
    const { holds, allocator } = this.#options;
    const { request: jws, sale, caller = '' } = order;
    const { event } = request.payload;
    const ready = sale === undefined ? undefined : readSale(sale);
    const found = await holds.findLasting(id, caller);
    // What is no sale of the hold does not make it last longer.
    seatsOfHold(found, request, ready?.payload, lost);
    const hold = await holds.use(found, SALE_MS);
    const allotment = await allocator.allotmentOf(event, (each) => each.allotment === hold.allotment);
    if (!allotment) return refuse('UNKNOWN_ALLOTMENT', { field: 'hold', allotment: hold.allotment });
    // Chosen and marked in one go, or two sales by one hold would choose the same.
    const seats = seatsOfHold(hold, request, ready?.payload, lost, (seat) => this.#ofHolds.has(id, seat));
    this.#ofHolds.begin(id, seats);
    allocator.begin(event, seats);
    try {
      const sold = await this.#submit(jws, ready ?? (await this.#compose(request, allotment, seats)));
      // Of a replay: what it was first answered with.
      const bought = sold.committed.receipt.seats as readonly string[];
      await holds.used(hold, bought);
      await allocator.taken(event, bought);
      return sold;
    } finally {
      allocator.letGo(event, seats);
      this.#ofHolds.letGo(id, seats);
    }
  }

  async #sellReady(jws: string, sale: string, request: Request): Promise<Sold> {
    const ready = readSale(sale);
    const { seats } = ready.payload;
    const { event } = request.payload;
    return this.#inHand(request, seats, 'sale.seats', async () => {
      const sold = await this.#submit(jws, ready);
      await this.#options.allocator.taken(event, seats);
      return sold;
    });
  }

  /** Nobody gets a hold of seats that are being sold, and no seat that somebody holds is sold. */
  async #inHand(request: Request, seats: readonly string[], field: string, sell: () => Promise<Sold>): Promise<Sold> {
    const { allocator, holds } = this.#options;
    const { event } = request.payload;
    allocator.begin(event, seats);
    try {
      await holds.permit(event, seats, field);
      return await sell();
    } catch (error) {
      // Whether they were sold is not known: they stay out of reach until the view is loaded again.
      if (error instanceof GatewayError && error.code === 'OUTCOME_UNKNOWN') await allocator.taken(event, seats);
      if (!isHeld(error)) throw error;
      return await this.#alreadySold(request, () => {
        throw error;
      });
    } finally {
      allocator.letGo(event, seats);
    }
  }

  async #sellNamed(jws: string, request: Request, named: string | undefined): Promise<Sold> {
    const { event, seats = [] } = request.payload;
    const fits = (allotment: AllotmentRecord) =>
      named === undefined ? seats.every((seat) => contains(allotment, seat)) : allotment.allotment === named;
    const allotment = await this.#options.allocator.allotmentOf(event, fits);
    if (allotment)
      return this.#inHand(request, seats, 'request.seats', async () => {
        const sold = await this.#submit(jws, await this.#compose(request, allotment, seats));
        await this.#options.allocator.taken(event, seats);
        return sold;
      });
    return this.#alreadySold(request, () =>
      named === undefined
        ? refuse('SEAT_NOT_IN_ALLOTMENT', {
            field: 'request.seats[0]',
            seat: seats[0] ?? '',
            seller: this.#options.seller,
          })
        : refuse('UNKNOWN_ALLOTMENT', { field: 'allotment', allotment: named }),
    );
  }

  async #sellClass(jws: string, request: Request, allotment: string | undefined): Promise<Sold> {
    const { event, priceClass, quantity } = request.payload;
    if (priceClass === undefined || quantity === undefined) {
      return refuse('INVALID_FIELD', {
        field: 'request.seats',
        reason: 'give either seats, or priceClass with quantity',
      });
    }
    for (let offer = 1; ; offer += 1) {
      const reservation = await this.#reserve({ event, priceClass, quantity, allotment });
      if (reservation instanceof GatewayError)
        return this.#alreadySold(request, () => {
          throw reservation;
        });
      const sold = await this.#offer(jws, request, reservation, offer < MAX_OFFERS);
      if (sold) return sold;
    }
  }

  /** @returns undefined if a seat was gone and another offer is worth making */
  async #offer(jws: string, request: Request, reservation: Reservation, mayRepeat: boolean): Promise<Sold | undefined> {
    const { allocator } = this.#options;
    const { event } = request.payload;
    try {
      await this.#options.holds.permit(event, reservation.places, 'request.priceClass');
      const sold = await this.#submit(jws, await this.#compose(request, reservation.allotment, reservation.places));
      // A replayed sale is of the seats it was first answered with; these here were never sold.
      if (sold.committed.replayed) await allocator.release(event, reservation);
      else allocator.sold(event, reservation);
      return sold;
    } catch (error) {
      const gone = isHeld(error) ? String(error.details.place) : placeOf(error, event);
      // Whether it was sold is not known: the seats stay out of reach until the view is loaded again.
      if (error instanceof GatewayError && error.code === 'OUTCOME_UNKNOWN') allocator.sold(event, reservation);
      else await allocator.release(event, reservation, gone);
      if (isHeld(error)) await this.#options.holds.learn(event);
      if (gone !== undefined && mayRepeat) return undefined;
      throw error;
    }
  }

  async #reserve(order: Parameters<SeatAllocator['reserve']>[0]): Promise<Reservation | GatewayError> {
    try {
      return await this.#options.allocator.reserve(order);
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'NO_SEATS_LEFT') return error;
      throw error;
    }
  }

  /** Nothing can be offered; but if this very request was sold before, the answer is its receipt and not that nothing is left. */
  async #alreadySold(request: Request, otherwise: () => never): Promise<Sold> {
    const { event, seller, paymentReference } = request.payload;
    const [sold] = await this.#options.records.read([paymentKey(event, seller, paymentReference)]);
    if (sold?.digest !== request.digest) return otherwise();
    return {
      committed: { receipt: { tx: sold.tx, ...sold.result }, replayed: true, block: undefined },
      sale: undefined,
    };
  }

  async #compose(request: Request, allotment: AllotmentRecord, seats: readonly string[]): Promise<SignedSale> {
    const { signer, keyRing } = this.#options;
    const payload = composeSale(request, allotment, seats);
    const { jws } = await signOne(signer, { kid: await keyRing.keyFor('seller'), name: 'sale', payload });
    return { jws, payload };
  }

  async #submit(request: string, { jws: sale, payload }: SignedSale): Promise<Sold> {
    const committed = await this.#options.submitter.submit({ kind: 'ticket.sell', request, sale });
    return { committed, sale: committed.replayed ? undefined : payload };
  }

  #learnFrom(error: unknown, event: string): void {
    if (!(error instanceof Refusal)) return;
    if (error.code === 'ALLOTMENT_CLOSED' || error.code === 'UNKNOWN_ALLOTMENT') this.#options.allocator.forget(event);
    if (error.code === 'KEY_NOT_VALID' || error.code === 'UNKNOWN_KEY') this.#options.keyRing.forget();
  }
}

/** The seat that the ledger says is sold. */
function placeOf(error: unknown, event: string): string | undefined {
  if (!(error instanceof Refusal) || error.code !== 'SEAT_ALREADY_SOLD') return undefined;
  const { ticket } = error.details;
  return typeof ticket === 'string' ? ticket.slice(event.length + 1) : undefined;
}

const isHeld = (error: unknown): error is GatewayError => error instanceof GatewayError && error.code === 'SEAT_HELD';

/** A hold binds this seller's gateways, and the ledger decides: where somebody got the seat another way, that is what is said. */
const soldElsewhere = (error: unknown, hold: string): unknown =>
  error instanceof Refusal && error.code === 'SEAT_ALREADY_SOLD'
    ? new Refusal(error.code, { ...error.details, hold, reason: 'was held, and sold without the hold all the same' })
    : error;

const readSale = (jws: string): SignedSale => ({ jws, payload: decodeStatement('sale', jws, 'sale').payload });

/** Those that the sale or the request names, else the first of the hold that nobody has. @throws {GatewayError} HOLD_MISMATCH, SEAT_HELD */
function seatsOfHold(
  hold: Hold,
  { payload }: Request,
  sale: Payload<'sale'> | undefined,
  lost: ReadonlySet<string>,
  isInHand: (seat: string) => boolean = () => false,
): readonly string[] {
  const mismatch = (field: string) => new GatewayError('HOLD_MISMATCH', { field, hold: hold.hold });
  if (payload.event !== hold.event) throw mismatch('request.event');
  const named = sale === undefined ? payload.seats : sale.seats;
  const foreign = named?.findIndex((seat) => !hold.seats.includes(seat)) ?? -1;
  if (foreign >= 0) throw mismatch(`${sale === undefined ? 'request' : 'sale'}.seats[${foreign}]`);
  if (named) return named;
  if (payload.priceClass !== hold.priceClass) throw mismatch('request.priceClass');
  return seatsOfClass(hold, payload.quantity ?? 0, lost, isInHand);
}

/** The first that nobody has. */
function seatsOfClass(
  hold: Hold,
  quantity: number,
  lost: ReadonlySet<string>,
  isInHand: (seat: string) => boolean,
): readonly string[] {
  const left = hold.seats.filter((seat) => !lost.has(seat));
  const [gone] = lost;
  if (gone !== undefined && quantity > left.length)
    return refuse('SEAT_ALREADY_SOLD', { field: 'request.quantity', ticket: `${hold.event}:${gone}` });
  if (quantity < 1 || quantity > left.length)
    throw new GatewayError('HOLD_MISMATCH', { field: 'request.quantity', hold: hold.hold });
  const free = left.filter((seat) => !isInHand(seat));
  if (free.length >= quantity) return free.slice(0, quantity);
  const reason = 'another sale by this hold has it in hand';
  throw new GatewayError('SEAT_HELD', {
    ...{ field: 'request.quantity', place: left.find(isInHand) ?? '' },
    ...{ retryAfterS: 1, reason },
  });
}
