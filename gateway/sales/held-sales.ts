/** Sales of seats that are held for whoever buys: all of a hold's, or some of them. */
import { Refusal, refuse } from '../../chaincode/domain/refusal.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import { isSold, placeOf } from './gone.js';
import { PlacesInHand } from './places-in-hand.js';
import { readSale, type Request, type SaleMaker, type Sold } from './sale-maker.js';
import type { SaleOrder } from './sale-desk.js';
import type { SeatAllocator } from './seat-allocator.js';
import { seatsOfHold } from './seats-of-hold.js';

/** How often an order is offered other seats of its hold after somebody was faster. */
const MAX_OFFERS = 3;
/** A hold does not end while its seats are being sold. */
const SALE_MS = 60_000;

export interface HeldSalesOptions {
  readonly allocator: SeatAllocator;
  readonly holds: Pick<HoldDesk, 'findLasting' | 'use' | 'used' | 'whileSelling'>;
}

export class HeldSales {
  readonly #maker: SaleMaker;
  readonly #options: HeldSalesOptions;
  /** Seats that sales have in hand, by hold. */
  readonly #ofHolds = new PlacesInHand();

  constructor(maker: SaleMaker, options: HeldSalesOptions) {
    this.#maker = maker;
    this.#options = options;
  }

  /** The seats of a hold, or some of them. Nothing else is offered in their place. */
  async sell(order: SaleOrder, request: Request, id: string): Promise<Sold> {
    const lost = new Set<string>();
    for (let offer = 1; ; offer += 1) {
      try {
        return await this.#offer(order, request, id, lost);
      } catch (error) {
        const gone = order.sale === undefined && !request.payload.seats && placeOf(error, request.payload.event);
        if (gone && offer < MAX_OFFERS) lost.add(gone);
        else
          return this.#maker.alreadySold(request, () => {
            throw soldElsewhere(error, id);
          });
      }
    }
  }

  /** @param lost seats of the hold that somebody bought, by what the ledger said */
  async #offer(order: SaleOrder, request: Request, id: string, lost: ReadonlySet<string>): Promise<Sold> {
    const { holds, allocator } = this.#options;
    const { request: jws, sale, caller = '' } = order;
    const { event } = request.payload;
    const ready = sale === undefined ? undefined : readSale(sale);
    const hold = await holds.findLasting(id, caller);
    // What is no sale of the hold is refused before anything is done for it.
    seatsOfHold(hold, request, ready?.payload, lost);
    const allotment = await allocator.allotmentOf(event, (each) => each.allotment === hold.allotment);
    if (!allotment) return refuse('UNKNOWN_ALLOTMENT', { field: 'hold', allotment: hold.allotment });
    // Chosen and marked in one go, or two sales by one hold would choose the same.
    const seats = seatsOfHold(hold, request, ready?.payload, lost, (seat) => this.#ofHolds.has(id, seat));
    this.#ofHolds.begin(id, seats);
    allocator.begin(event, seats);
    try {
      const sold = await holds.whileSelling(event, seats, async () => {
        // Only now: he may have let the hold go until its seats were written to be in hand, and from here on nobody else gets them if he does.
        await holds.use(hold, SALE_MS);
        return this.#maker.submit(jws, ready ?? (await this.#maker.compose(request, allotment, seats)));
      });
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
}

/** A hold binds this seller's gateways, and the ledger decides: where somebody got the seat another way, that is what is said. */
const soldElsewhere = (error: unknown, hold: string): unknown =>
  isSold(error)
    ? new Refusal(error.code, { ...error.details, hold, reason: 'was held, and sold without the hold all the same' })
    : error;
