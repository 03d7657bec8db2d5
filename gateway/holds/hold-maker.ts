/** Makes holds: seats that nobody has sold, holds or is about to sell, written down before anybody is told. */
import { createHash, randomBytes } from 'node:crypto';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { refuse, Refusal } from '../../chaincode/domain/refusal.js';
import { contains } from '../../chaincode/domain/seats.js';
import { isOnSale } from '../../chaincode/domain/ticket.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import { placeOf } from '../sales/gone.js';
import type { Reservation } from '../sales/seat-allocator.js';
import type { HoldBook } from './hold-book.js';
import { fieldOf, seatHeld, seatWanted, type HoldOrder } from './hold-answers.js';
import { MAX_MINUTES, MINUTE_MS, type Hold } from './hold.js';
import type { SeatViews, SeatViewsOptions } from './seat-views.js';

/** How long those that are over are told of. */
const REMEMBERED_MS = 24 * 60 * MINUTE_MS;
const FORGET_EVERY_MS = MINUTE_MS;
/** How often a class order is given other seats when somebody was faster. */
const MAX_OFFERS = 5;

export interface HoldMakerOptions extends SeatViewsOptions {
  readonly seller: string;
  readonly book: HoldBook;
  readonly records: Records;
  readonly nowMs: () => number;
  /** Seats of one event that one caller may hold. */
  readonly maxSeats: number;
}

export interface Made {
  readonly hold: Hold;
  /** It was made before, under the same id. */
  readonly replayed: boolean;
}

/** A place that somebody is about to buy, or bought since it was looked up, or may have; where another gateway may know more, until when that counts. */
interface Wanted {
  readonly place: string;
  readonly untilMs?: number;
}

export class HoldMaker {
  readonly #options: HoldMakerOptions;
  readonly #views: SeatViews;
  /** By caller and id. */
  readonly #making = new Map<string, Promise<Made>>();
  #forgotAtMs = 0;

  constructor(options: HoldMakerOptions, views: SeatViews) {
    this.#options = options;
    this.#views = views;
  }

  /** @throws {Refusal | GatewayError} SEAT_HELD, SEAT_ALREADY_SOLD, NO_SEATS_LEFT, HOLD_LIMIT_REACHED, IDEMPOTENCY_KEY_REUSED */
  async make(order: HoldOrder): Promise<Made> {
    const name = `${order.caller} ${order.id}`;
    // Until it is certain nobody is told of it here, who asked twice neither.
    while (this.#making.has(name)) await this.#making.get(name)?.catch(() => undefined);
    const making = this.#make(order).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    return making;
  }

  async #make(order: HoldOrder): Promise<Made> {
    const { book } = this.#options;
    await this.#forget();
    const before = await book.findAsked(order.caller, order.id);
    if (before) return this.#replay(before, order);
    return order.seats ? this.#makeNamed(order, order.seats) : this.#makeOfClass(order);
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
    const offered = { event, priceClass, quantity, allotment };
    for (let offer = 1; ; offer += 1) {
      const reservation = await allocator.reserve(offered, 'priceClass');
      const made = await this.#offer(order, reservation);
      if (!(made instanceof Error)) return made;
      if (offer === MAX_OFFERS) throw made;
      if (made instanceof Refusal) await allocator.catchUp(offered);
      else await this.#views.learn(event);
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
    if (added.as === 'held') return seatHeld(added.seat, nowMs(), fieldOf(order, added.seat.place));
    if (added.as === 'limited')
      throw new GatewayError('HOLD_LIMIT_REACHED', { field: fieldOf(order), limit: maxSeats, held: added.seats });
    if (added.as === 'known') return this.#replay(added.hold, order);
    await this.#views.told(hold);
    let wanted: Wanted | undefined;
    try {
      wanted = await this.#wanted(event, places);
    } catch (error) {
      await this.#takeBack(hold);
      throw error;
    }
    if (!wanted) return { hold, replayed: false };
    await this.#takeBack(hold);
    if (wanted.untilMs !== undefined) await allocator.held(event, [wanted.place], wanted.untilMs);
    return seatWanted(order, wanted.place);
  }

  /** A sale marks its seats before it looks for holds, and a hold is written before it looks for marks: one of them sees the other. */
  async #wanted(event: string, places: readonly string[]): Promise<Wanted | undefined> {
    const { allocator, book, nowMs } = this.#options;
    const place = allocator.wanted(event, places);
    if (place !== undefined) return { place };
    if (!book.isShared) return undefined;
    const asked = places.map((each) => ({ event, place: each }));
    const [selling] = await book.sellingAmong(asked, nowMs());
    return selling;
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

  async #firstSold(event: string, places: readonly string[]): Promise<string | undefined> {
    const tickets = await this.#options.records.read(places.map((place) => ticketKey(event, place)));
    return places.find((_, index) => !isOnSale(tickets[index]));
  }

  async #forget(): Promise<void> {
    const { book, nowMs } = this.#options;
    if (nowMs() - this.#forgotAtMs < FORGET_EVERY_MS) return;
    this.#forgotAtMs = nowMs();
    await book.forget(nowMs() - REMEMBERED_MS);
  }
}

function requireDistinct(seats: readonly string[]): void {
  const again = seats.findIndex((seat, index) => seats.indexOf(seat) < index);
  if (again >= 0) refuse('SEAT_REPEATED', { field: `seats[${again}]`, seat: seats[again] ?? '' });
}

function askedOf({ event, seats, priceClass, quantity, allotment, minutes }: HoldOrder): string {
  const asked = JSON.stringify([event, seats, priceClass, quantity, allotment, minutes]);
  return createHash('sha256').update(asked).digest('base64url');
}
