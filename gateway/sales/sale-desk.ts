/**
 * Selling: checks what the buyer signed, finds the seats if none are named, has the seller's key sign the sale and submits both. Where the seller
 * signs elsewhere, the ready sale is submitted as it is.
 */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { ticketIdOf } from '../../chaincode/domain/ids.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { Refusal, refuse, require } from '../../chaincode/domain/refusal.js';
import { contains } from '../../chaincode/domain/seats.js';
import { isOnSale } from '../../chaincode/domain/ticket.js';
import type { GatheredReads } from '../gathered-reads.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import { ClassSales } from './class-sales.js';
import type { Contest, ContestedSeats, Won } from './contested-seats.js';
import { isHeld, isUnknown } from './gone.js';
import { HeldSales } from './held-sales.js';
import { readRequest } from './read-request.js';
import {
  memoryOf,
  readSale,
  replayOf,
  SaleMaker,
  toSigner,
  type Request,
  type SaleMakerOptions,
  type Sold,
} from './sale-maker.js';
import type { SeatAllocator } from './seat-allocator.js';

/** Where so many wait for a look-up, the others go to the lanes, which turn away what they can't carry. */
const MAX_LOOKING = 2_000;

export interface SaleDeskOptions extends SaleMakerOptions {
  readonly seller: string;
  readonly allocator: SeatAllocator;
  readonly contested: ContestedSeats;
  readonly records: Pick<GatheredReads, 'read' | 'waiting'>;
  readonly holds: Pick<HoldDesk, 'permit' | 'whileSelling' | 'findLasting' | 'use' | 'used' | 'learn'>;
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

export class SaleDesk {
  readonly #options: SaleDeskOptions;
  readonly #maker: SaleMaker;
  readonly #held: HeldSales;
  readonly #ofClass: ClassSales;

  constructor(options: SaleDeskOptions) {
    this.#options = options;
    this.#maker = new SaleMaker(options);
    this.#held = new HeldSales(this.#maker, options);
    this.#ofClass = new ClassSales(this.#maker, options);
  }

  /** @throws {Refusal | GatewayError} */
  async sell(order: SaleOrder): Promise<Sold> {
    const request = readRequest(order.request);
    const { event, seller } = request.payload;
    if (order.sale === undefined) {
      const { seller: own } = this.#options;
      require(seller === own, 'REQUEST_MISMATCH', { field: 'request.seller', expected: own });
    }
    try {
      if (order.hold === undefined) return await this.#sellFree(order, request);
      requireHolderSignature(request);
      return await this.#held.sell(order, request, order.hold);
    } catch (error) {
      this.#learnFrom(error, event);
      throw error;
    }
  }

  async #sellFree({ request: jws, sale, allotment }: SaleOrder, request: Request): Promise<Sold> {
    if (sale !== undefined) return this.#sellReady(jws, sale, request);
    if (request.payload.seats) return this.#sellNamed(jws, request, allotment);
    // Before the seller's key is used: nobody does that for a request that nobody signed.
    requireHolderSignature(request);
    return this.#ofClass.sell(jws, request, allotment);
  }

  async #sellReady(jws: string, sale: string, request: Request): Promise<Sold> {
    const ready = readSale(sale);
    const { seats } = ready.payload;
    return this.#inHand(request, seats, 'sale.seats', () => this.#maker.submit(jws, ready));
  }

  /** Nobody gets a hold of seats that are being sold, and no seat that somebody holds is sold. */
  async #inHand(request: Request, seats: readonly string[], field: string, sell: () => Promise<Sold>): Promise<Sold> {
    const { allocator, holds } = this.#options;
    const { event } = request.payload;
    allocator.begin(event, seats);
    const order = async () => {
      const sold = await sell();
      await allocator.taken(event, seats);
      return sold;
    };
    const permit = () => holds.permit(event, seats, field);
    // One that names no seats, or others, may have been sold those, in a transaction of which nobody has heard yet: only the ledger can say no to it.
    const mayContend = isNamed(request, seats);
    try {
      if (!mayContend) requireHolderSignature(request);
      const gone = mayContend ? await this.#soldBefore(request, seats) : undefined;
      if (gone) return gone.to ? toSigner(request, gone.to) : refuseGone(request, seats, gone.seat);
      return await holds.whileSelling(event, seats, async () => {
        await permit();
        if (!mayContend) return order();
        return this.#contend(request, seats, async (hasWaited) => {
          if (hasWaited) await permit();
          return order();
        });
      });
    } catch (error) {
      // Whether they were sold is not known: they stay out of reach until the view is loaded again.
      if (isUnknown(error)) await allocator.taken(event, seats);
      if (!isHeld(error)) throw error;
      return await this.#maker.alreadySold(request, () => {
        throw error;
      });
    } finally {
      allocator.letGo(event, seats);
    }
  }

  /** Of those who want the same seats one at a time goes to the ledger, and who comes too late is told without it. */
  async #contend(request: Request, seats: readonly string[], order: Contest['order']): Promise<Sold> {
    const { digest } = request;
    const { event } = request.payload;
    return this.#options.contested.sell(
      { event, seats, digest },
      {
        check: () => requireHolderSignature(request),
        order,
        lose: (seat, to) => this.#lose(request, seats, seat, to),
      },
    );
  }

  /** @param to who got the seat this moment */
  async #lose(request: Request, seats: readonly string[], seat: string, to: Won): Promise<Sold> {
    if (to.digest === request.digest) return toSigner(request, replayed(to.sold));
    const refused = () => refuseGone(request, seats, seat);
    return isFirstSale(to.sold, seat) ? refused() : this.#maker.alreadySold(request, refused);
  }

  /**
   * What seems to be sold is looked up: that costs a fraction of an order that the ledger refuses.
   * @returns a seat that is sold, and to whom if it is this request's
   */
  async #soldBefore(request: Request, seats: readonly string[]) {
    const { allocator, records } = this.#options;
    const { event } = request.payload;
    const notFree = await allocator.notFree(event, seats);
    if (notFree.length === 0 || records.waiting >= MAX_LOOKING) return undefined;
    const keys = notFree.map((seat) => ticketKey(event, seat));
    const [remembered, ...tickets] = await records.read([memoryOf(request), ...keys]);
    // Another request under the same payment: the ledger says so.
    if (remembered && remembered.digest !== request.digest) return undefined;
    const seat = notFree.find((_, index) => !isOnSale(tickets[index]));
    return seat === undefined ? undefined : { seat, to: replayOf(request, remembered) };
  }

  async #sellNamed(jws: string, request: Request, named: string | undefined): Promise<Sold> {
    const { event, seats = [] } = request.payload;
    const fits = (allotment: AllotmentRecord) =>
      named === undefined ? seats.every((seat) => contains(allotment, seat)) : allotment.allotment === named;
    const allotment = await this.#options.allocator.allotmentOf(event, fits);
    if (allotment)
      return this.#inHand(request, seats, 'request.seats', async () =>
        this.#maker.submit(jws, await this.#maker.compose(request, allotment, seats)),
      );
    return this.#maker.alreadySold(request, () =>
      named === undefined
        ? refuse('SEAT_NOT_IN_ALLOTMENT', {
            field: 'request.seats[0]',
            seat: seats[0] ?? '',
            seller: this.#options.seller,
          })
        : refuse('UNKNOWN_ALLOTMENT', { field: 'allotment', allotment: named }),
    );
  }

  #learnFrom(error: unknown, event: string): void {
    if (!(error instanceof Refusal)) return;
    if (error.code === 'ALLOTMENT_CLOSED' || error.code === 'UNKNOWN_ALLOTMENT') this.#options.allocator.forget(event);
    if (error.code === 'KEY_NOT_VALID' || error.code === 'UNKNOWN_KEY') this.#options.keyRing.forget();
  }
}

function isNamed({ payload: { seats: named = [] } }: Request, seats: readonly string[]): boolean {
  return named.length === seats.length && named.every((seat, index) => seat === seats[index]);
}

function refuseGone({ payload: { event } }: Request, seats: readonly string[], seat: string): never {
  return refuse('SEAT_ALREADY_SOLD', { field: `sale.seats[${seats.indexOf(seat)}]`, ticket: ticketIdOf(event, seat) });
}

/** Of a seat that was nobody's before. So no request that names it was sold before this, and whoever lost against it need not be looked for. */
function isFirstSale({ committed: { receipt } }: Sold, seat: string): boolean {
  const [seats, issues] = [receipt.seats as readonly string[], receipt.issues as readonly number[]];
  return issues[seats.indexOf(seat)] === 1;
}

/** What somebody is answered whose request was sold with another sending of it. */
const replayed = ({ committed, sale }: Sold): Sold => ({ committed: { ...committed, replayed: true }, sale });
