/**
 * Holds: makes them, ends them, and says to a sale which seats it may have. A hold is a promise of this seller's gateways among themselves: other
 * organizations sell other allotments, and what the ledger says counts. Nothing happens when a hold's time is over; it just counts no more.
 */
import { ticketKey } from '../../chaincode/domain/keys.js';
import { isOnSale } from '../../chaincode/domain/ticket.js';
import { GatewayError } from '../errors.js';
import type { Sold } from '../sales/sale-maker.js';
import { holdOver, seatHeld, type HoldOrder } from './hold-answers.js';
import { HoldMaker, type HoldMakerOptions, type Made } from './hold-maker.js';
import { MINUTE_MS, stateOf, type Hold } from './hold.js';
import type { SalesUnderWay } from './sales-under-way.js';
import { SeatViews } from './seat-views.js';

export interface HoldDeskOptions extends HoldMakerOptions {
  readonly underWay: Pick<SalesUnderWay, 'during'>;
}

export class HoldDesk {
  readonly #options: HoldDeskOptions;
  readonly #views: SeatViews;
  readonly #maker: HoldMaker;

  constructor(options: HoldDeskOptions) {
    this.#options = options;
    this.#views = new SeatViews(options);
    this.#maker = new HoldMaker(options, this.#views);
  }

  /** @throws {Refusal | GatewayError} SEAT_HELD, SEAT_ALREADY_SOLD, NO_SEATS_LEFT, HOLD_LIMIT_REACHED, IDEMPOTENCY_KEY_REUSED */
  make(order: HoldOrder): Promise<Made> {
    return this.#maker.make(order);
  }

  learn(event: string): Promise<void> {
    return this.#views.learn(event);
  }

  /** @throws {GatewayError} UNKNOWN_HOLD: also for another caller's */
  async find(id: string, caller: string): Promise<Hold> {
    const hold = await this.#options.book.find(id);
    if (hold?.caller !== caller) throw new GatewayError('UNKNOWN_HOLD', { field: 'hold' });
    return hold;
  }

  /** @returns those of its seats that somebody bought who does not have the hold */
  async lost({ event, seats }: Hold): Promise<readonly string[]> {
    const tickets = await this.#options.records.read(seats.map((seat) => ticketKey(event, seat)));
    return seats.filter((_, index) => !isOnSale(tickets[index]));
  }

  /** From now for so many minutes, if it would not last so long anyway. @throws {GatewayError} UNKNOWN_HOLD, HOLD_OVER, HOLD_TOO_LONG */
  async extend(id: string, minutes: number, caller: string): Promise<Hold> {
    const { nowMs } = this.#options;
    const hold = await this.findLasting(id, caller);
    const untilMs = nowMs() + minutes * MINUTE_MS;
    if (untilMs > hold.latestAtMs)
      throw new GatewayError('HOLD_TOO_LONG', { field: 'minutes', latestAt: new Date(hold.latestAtMs).toISOString() });
    return this.#prolong(hold, untilMs);
  }

  /** Its seats are free again. @throws {GatewayError} UNKNOWN_HOLD */
  async release(id: string, caller: string): Promise<Hold> {
    const { book, held, allocator } = this.#options;
    const hold = await this.find(id, caller);
    if (hold.released) return hold;
    await book.release(id);
    await held.remove(hold.event, hold.seats, id);
    if (stateOf(hold, this.#options.nowMs()) === 'held') await allocator.freed(hold.event, hold.seats);
    return { ...hold, released: true };
  }

  /** @param field where the seats are named @throws {GatewayError} SEAT_HELD where another hold has one of them */
  async permit(event: string, seats: readonly string[], field: string): Promise<void> {
    const other = await this.#options.held.heldAmong(event, seats);
    if (other) throw seatHeld(other, this.#options.nowMs(), `${field}[${seats.indexOf(other.place)}]`);
  }

  /** From before `sell` begins until it ends nobody is given a hold of these; those of before it has to ask for itself. */
  whileSelling(event: string, seats: readonly string[], sell: () => Promise<Sold>): Promise<Sold> {
    return this.#options.underWay.during(event, seats, sell);
  }

  /** @throws {GatewayError} UNKNOWN_HOLD, HOLD_OVER */
  async findLasting(id: string, caller: string): Promise<Hold> {
    return this.#requireLasting(await this.find(id, caller));
  }

  /**
   * Of a sale that names it: it lasts until the ledger has answered, but sales one after the other don't make it last for ever.
   * @throws {GatewayError} HOLD_OVER
   */
  use(hold: Hold, atLeastMs: number): Promise<Hold> {
    return this.#prolong(hold, Math.min(this.#options.nowMs(), hold.latestAtMs) + atLeastMs);
  }

  /** The ledger has sold these by it. */
  async used({ hold, event, seats }: Hold, sold: readonly string[]): Promise<void> {
    await this.#options.book.sold(hold, sold);
    await this.#options.held.remove(
      event,
      seats.filter((seat) => sold.includes(seat)),
      hold,
    );
  }

  #requireLasting(hold: Hold): Hold {
    const state = stateOf(hold, this.#options.nowMs());
    if (state === 'held') return hold;
    throw holdOver(hold, state);
  }

  /** Asks the book even if it lasts so long: that alone knows whether somebody took over seats of it. */
  async #prolong({ hold: id, caller }: Hold, untilMs: number): Promise<Hold> {
    const { book, nowMs } = this.#options;
    const hold = await book.extend(id, untilMs, nowMs());
    if (!hold) {
      const over = await this.find(id, caller);
      const state = stateOf(over, nowMs());
      throw holdOver(over, state === 'held' ? 'expired' : state);
    }
    await this.#views.told(hold);
    return hold;
  }
}
