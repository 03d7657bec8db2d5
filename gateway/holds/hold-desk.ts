/**
 * Holds: makes them, ends them, and says to a sale which seats it may have. A hold is a promise of this seller's gateways among themselves: other
 * organizations sell other allotments, and what the ledger says counts. Nothing happens when a hold's time is over; it just counts no more.
 */
import { createHash, randomBytes } from 'node:crypto';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { refuse, Refusal } from '../../chaincode/domain/refusal.js';
import { contains } from '../../chaincode/domain/seats.js';
import { isOnSale } from '../../chaincode/domain/ticket.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import type { Reservation, SeatAllocator } from '../sales/seat-allocator.js';
import type { HeldPlaces } from './held-places.js';
import type { HoldBook } from './hold-book.js';
import { stateOf, type HeldSeat, type Hold, type HoldState } from './hold.js';

const MINUTE_MS = 60_000;
/** How long a hold can last, extended as often as may be. */
export const MAX_MINUTES = 60;
/** How long those that are over are told of. */
const REMEMBERED_MS = 24 * 60 * MINUTE_MS;
const FORGET_EVERY_MS = MINUTE_MS;
/** How often a class order is given other seats when somebody was faster. */
const MAX_OFFERS = 5;

export interface HoldDeskOptions {
  readonly seller: string;
  readonly book: HoldBook;
  readonly held: HeldPlaces;
  readonly allocator: SeatAllocator;
  readonly records: Records;
  readonly nowMs: () => number;
  /** Seats of one event that one caller may hold. */
  readonly maxSeats: number;
}

export interface HoldOrder {
  readonly caller: string;
  readonly id: string;
  readonly event: string;
  readonly seats?: readonly string[] | undefined;
  readonly priceClass?: string | undefined;
  readonly quantity?: number | undefined;
  readonly allotment?: string | undefined;
  readonly minutes: number;
}

export interface Made {
  readonly hold: Hold;
  /** It was made before, under the same id. */
  readonly replayed: boolean;
}

export class HoldDesk {
  readonly #options: HoldDeskOptions;
  #forgotAtMs = 0;

  constructor(options: HoldDeskOptions) {
    this.#options = options;
  }

  /** @throws {Refusal | GatewayError} SEAT_HELD, SEAT_ALREADY_SOLD, NO_SEATS_LEFT, HOLD_LIMIT_REACHED, IDEMPOTENCY_KEY_REUSED */
  async make(order: HoldOrder): Promise<Made> {
    const { book } = this.#options;
    await this.#forget();
    const before = await book.findAsked(order.caller, order.id);
    if (before) return this.#replay(before, order);
    return order.seats ? this.#makeNamed(order, order.seats) : this.#makeOfClass(order);
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
    if (other) throw this.#seatHeld(other, `${field}[${seats.indexOf(other.place)}]`);
  }

  /** Holds that another gateway made since, so that the next offer is not among them. */
  async learn(event: string): Promise<void> {
    const { held, allocator } = this.#options;
    held.forget(event);
    for (const { place, untilMs } of (await held.of(event)).values()) await allocator.held(event, [place], untilMs);
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

  async #makeNamed(order: HoldOrder, seats: readonly string[]): Promise<Made> {
    const { allocator, seller } = this.#options;
    const { event, allotment: named } = order;
    requireDistinct(seats);
    const fits = (record: AllotmentRecord) =>
      seats.every((seat) => contains(record, seat)) && (named === undefined || record.allotment === named);
    const allotment = await allocator.allotmentOf(event, fits);
    if (!allotment) return refuse('SEAT_NOT_IN_ALLOTMENT', { field: 'seats[0]', seat: seats[0] ?? '', seller });
    const kept = await allocator.keep(event, seats);
    if ('busy' in kept) throw seatWanted(order, kept.busy);
    const reservation = { allotment, places: kept.taken };
    try {
      const gone = await this.#firstSold(event, seats);
      if (gone !== undefined)
        refuse('SEAT_ALREADY_SOLD', { field: `seats[${seats.indexOf(gone)}]`, ticket: `${event}:${gone}` });
      const made = await this.#write(order, { allotment, places: seats });
      if (made instanceof GatewayError) throw made;
      if (made.replayed) await allocator.giveBack(event, reservation);
      return made;
    } catch (error) {
      await allocator.giveBack(event, reservation, placeOf(error, event));
      throw error;
    } finally {
      allocator.letGo(event, seats);
    }
  }

  async #makeOfClass(order: HoldOrder): Promise<Made> {
    const { allocator } = this.#options;
    const { event, priceClass, quantity, allotment } = order;
    if (priceClass === undefined || quantity === undefined)
      return refuse('INVALID_FIELD', { field: 'seats', reason: 'give either seats, or priceClass with quantity' });
    for (let offer = 1; ; offer += 1) {
      const reservation = await allocator.reserve({ event, priceClass, quantity, allotment }, 'priceClass');
      const made = await this.#offer(order, reservation);
      if (!(made instanceof Error)) return made;
      if (offer === MAX_OFFERS) throw made;
    }
  }

  /** @returns an error that other seats may not have */
  async #offer(order: HoldOrder, reservation: Reservation): Promise<Made | GatewayError | Refusal> {
    const { allocator } = this.#options;
    const { event } = order;
    try {
      const gone = await this.#firstSold(event, reservation.places);
      if (gone !== undefined) {
        await allocator.release(event, reservation, gone);
        return new Refusal('SEAT_ALREADY_SOLD', { field: 'priceClass', ticket: `${event}:${gone}` });
      }
      const made = await this.#write(order, reservation);
      if (made instanceof GatewayError || made.replayed) await allocator.release(event, reservation);
      else allocator.sold(event, reservation);
      if (made instanceof GatewayError) await this.learn(event);
      return made;
    } catch (error) {
      await allocator.release(event, reservation);
      throw error;
    }
  }

  /** @returns SEAT_HELD; what else is wrong it throws */
  async #write(order: HoldOrder, { allotment, places }: Reservation): Promise<Made | GatewayError> {
    const { book, nowMs, maxSeats, allocator } = this.#options;
    const { event, caller, id, minutes } = order;
    const createdAtMs = nowMs();
    const hold: Hold = {
      ...{ hold: randomBytes(32).toString('base64url'), caller, id, asked: askedOf(order), event },
      ...{ allotment: allotment.allotment, priceClass: allotment.priceClass, seats: places, sold: [], released: false },
      ...{ createdAtMs, expiresAtMs: createdAtMs + minutes * MINUTE_MS },
      latestAtMs: createdAtMs + MAX_MINUTES * MINUTE_MS,
    };
    const added = await book.add(hold, maxSeats);
    if (added.as === 'held') return this.#seatHeld(added.seat, fieldOf(order, added.seat.place));
    if (added.as === 'limited')
      throw new GatewayError('HOLD_LIMIT_REACHED', { field: fieldOf(order), limit: maxSeats, held: added.seats });
    if (added.as === 'known') return this.#replay(added.hold, order);
    await this.#told(hold);
    // A sale marks its seats before it looks for holds, and this is written before it looks for marks: one of them sees the other.
    const wanted = allocator.wanted(event, places);
    if (wanted === undefined) return { hold, replayed: false };
    await this.#takeBack(hold);
    return seatWanted(order, wanted);
  }

  /** Nobody was told of it. */
  async #takeBack({ hold, event, seats }: Hold): Promise<void> {
    const { book, held, allocator } = this.#options;
    await book.takeBack(hold);
    await held.remove(event, seats, hold);
    await allocator.freed(event, seats);
  }

  #replay(hold: Hold, order: HoldOrder): Made {
    if (hold.asked === askedOf(order)) return { hold, replayed: true };
    throw new GatewayError('IDEMPOTENCY_KEY_REUSED', { field: 'id', key: order.id });
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
    await this.#told(hold);
    return hold;
  }

  /** What was written is known here at once. */
  async #told({ event, hold, seats, expiresAtMs: untilMs }: Hold): Promise<void> {
    const { held, allocator } = this.#options;
    await held.add(seats.map((place) => ({ event, place, hold, untilMs })));
    await allocator.held(event, seats, untilMs);
  }

  async #firstSold(event: string, places: readonly string[]): Promise<string | undefined> {
    const tickets = await this.#options.records.read(places.map((place) => ticketKey(event, place)));
    return places.find((_, index) => !isOnSale(tickets[index]));
  }

  #seatHeld({ place, untilMs }: HeldSeat, field: string): GatewayError {
    const retryAfterS = Math.max(1, Math.ceil((untilMs - this.#options.nowMs()) / 1000));
    return new GatewayError('SEAT_HELD', { field, place, expiresAt: new Date(untilMs).toISOString(), retryAfterS });
  }

  async #forget(): Promise<void> {
    const { book, nowMs } = this.#options;
    if (nowMs() - this.#forgotAtMs < FORGET_EVERY_MS) return;
    this.#forgotAtMs = nowMs();
    await book.forget(nowMs() - REMEMBERED_MS);
  }
}

function seatWanted(order: HoldOrder, place: string): GatewayError {
  const reason = 'somebody is about to have it';
  return new GatewayError('SEAT_HELD', { field: fieldOf(order, place), place, retryAfterS: 1, reason });
}

function holdOver({ expiresAtMs }: Hold, state: HoldState): GatewayError {
  return new GatewayError('HOLD_OVER', { field: 'hold', state, expiresAt: new Date(expiresAtMs).toISOString() });
}

function requireDistinct(seats: readonly string[]): void {
  const again = seats.findIndex((seat, index) => seats.indexOf(seat) < index);
  if (again >= 0) refuse('SEAT_REPEATED', { field: `seats[${again}]`, seat: seats[again] ?? '' });
}

const fieldOf = ({ seats }: HoldOrder, place?: string): string => {
  if (!seats) return 'priceClass';
  return place === undefined ? 'seats' : `seats[${seats.indexOf(place)}]`;
};

function askedOf({ event, seats, priceClass, quantity, allotment, minutes }: HoldOrder): string {
  const asked = JSON.stringify([event, seats, priceClass, quantity, allotment, minutes]);
  return createHash('sha256').update(asked).digest('base64url');
}

/** The seat that the ledger says is sold. */
function placeOf(error: unknown, event: string): string | undefined {
  if (!(error instanceof Refusal) || typeof error.details.ticket !== 'string') return undefined;
  return error.details.ticket.slice(event.length + 1);
}
