/** Sales of so many seats of a price class, wherever there are some: others are offered where somebody was faster. */
import { refuse, type Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import { isHeld, isSold, isUnknown, placeOf } from './gone.js';
import type { Request, SaleMaker, Sold } from './sale-maker.js';
import type { Reservation, SeatAllocator } from './seat-allocator.js';

/** How often other seats are offered. */
const MAX_OFFERS = 3;

export interface ClassSalesOptions {
  readonly allocator: SeatAllocator;
  readonly holds: Pick<HoldDesk, 'permit' | 'learn' | 'whileSelling'>;
}

export class ClassSales {
  readonly #maker: SaleMaker;
  readonly #options: ClassSalesOptions;

  constructor(maker: SaleMaker, options: ClassSalesOptions) {
    this.#maker = maker;
    this.#options = options;
  }

  async sell(jws: string, request: Request, allotment: string | undefined): Promise<Sold> {
    const { event, priceClass, quantity } = request.payload;
    if (priceClass === undefined || quantity === undefined) {
      return refuse('INVALID_FIELD', {
        field: 'request.seats',
        reason: 'give either seats, or priceClass with quantity',
      });
    }
    const order = { event, priceClass, quantity, allotment };
    for (let offer = 1; ; offer += 1) {
      const reservation = await this.#reserve(order);
      if (reservation instanceof GatewayError)
        return this.#maker.alreadySold(request, () => {
          throw reservation;
        });
      const sold = await this.#offer(jws, request, reservation);
      if (!(sold instanceof Error)) return sold;
      if (offer === MAX_OFFERS) throw sold;
      if (isHeld(sold)) await this.#options.holds.learn(event);
      else await this.#options.allocator.catchUp(order);
    }
  }

  /** @returns what was wrong if a seat was gone: another offer may be worth making */
  async #offer(jws: string, request: Request, reservation: Reservation): Promise<Sold | GatewayError | Refusal> {
    const { allocator, holds } = this.#options;
    const { event } = request.payload;
    try {
      const sold = await holds.whileSelling(event, reservation.places, async () => {
        await holds.permit(event, reservation.places, 'request.priceClass');
        const sale = await this.#maker.compose(request, reservation.allotment, reservation.places);
        return this.#maker.submit(jws, sale);
      });
      // A replayed sale is of the seats it was first answered with; these here were never sold.
      if (sold.committed.replayed) await allocator.release(event, reservation);
      else allocator.sold(event, reservation);
      return sold;
    } catch (error) {
      // Whether it was sold is not known: the seats stay out of reach until the view is loaded again.
      if (isUnknown(error)) allocator.sold(event, reservation);
      else await allocator.release(event, reservation, placeOf(error, event));
      if (isHeld(error) || isSold(error)) return error;
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
}
