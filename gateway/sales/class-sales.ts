/** Sales of so many seats of a price class, wherever there are some: others are offered where somebody was faster. */
import { refuse } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import { isHeld, isUnknown, placeOf } from './gone.js';
import type { Request, SaleMaker, Sold } from './sale-maker.js';
import type { Reservation, SeatAllocator } from './seat-allocator.js';

/** How often other seats are offered. */
const MAX_OFFERS = 3;

export interface ClassSalesOptions {
  readonly allocator: SeatAllocator;
  readonly holds: Pick<HoldDesk, 'permit' | 'learn'>;
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
    for (let offer = 1; ; offer += 1) {
      const reservation = await this.#reserve({ event, priceClass, quantity, allotment });
      if (reservation instanceof GatewayError)
        return this.#maker.alreadySold(request, () => {
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
      const sold = await this.#maker.submit(
        jws,
        await this.#maker.compose(request, reservation.allotment, reservation.places),
      );
      // A replayed sale is of the seats it was first answered with; these here were never sold.
      if (sold.committed.replayed) await allocator.release(event, reservation);
      else allocator.sold(event, reservation);
      return sold;
    } catch (error) {
      const gone = isHeld(error) ? String(error.details.place) : placeOf(error, event);
      // Whether it was sold is not known: the seats stay out of reach until the view is loaded again.
      if (isUnknown(error)) allocator.sold(event, reservation);
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
}
