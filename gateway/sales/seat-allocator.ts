/**
 * Finds free places for orders that name a class and not seats. It keeps a view of this seller's allotments, loaded from the ledger when first
 * asked for, and reserves what is in flight, so that two orders at once are not offered one seat. The view may be behind; the ledger decides.
 */
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import { FreePlaces } from './free-places.js';
import { listAllotments, takenPlaces } from './places.js';

/** When nothing is left, the ledger is asked again, but not more often than this: places come back by returns. */
const REFRESH_AFTER_MS = 2_000;

export interface SeatAllocatorOptions {
  readonly seller: string;
  readonly records: Records;
  /** Milliseconds, monotonic. */
  readonly now?: () => number;
}

export interface Order {
  readonly event: string;
  readonly priceClass: string;
  readonly quantity: number;
  /** Only from this allotment. */
  readonly allotment: string | undefined;
}

/** Places kept for one order until it is sold or given up. */
export interface Reservation {
  readonly allotment: AllotmentRecord;
  readonly places: readonly string[];
}

interface View {
  readonly allotment: AllotmentRecord;
  readonly free: FreePlaces;
}

interface Loaded {
  readonly views: Promise<readonly View[]>;
  readonly atMs: number;
}

export class SeatAllocator {
  readonly #options: SeatAllocatorOptions;
  readonly #now: () => number;
  readonly #events = new Map<string, Loaded>();
  /** Ticket places in flight, by event: a fresh view must not offer them. */
  readonly #reserved = new Map<string, Set<string>>();

  constructor(options: SeatAllocatorOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws {GatewayError} NO_SEATS_LEFT */
  async reserve(order: Order): Promise<Reservation> {
    const found =
      this.#take(order, await this.#viewsOf(order.event)) ??
      this.#take(order, await this.#fresherViewsOf(order.event, (allotment) => serves(allotment, order)));
    if (!found)
      throw new GatewayError('NO_SEATS_LEFT', {
        field: 'request.priceClass',
        priceClass: order.priceClass,
        quantity: order.quantity,
      });
    const reserved = this.#reserved.get(order.event) ?? new Set();
    for (const place of found.places) reserved.add(place);
    this.#reserved.set(order.event, reserved);
    return found;
  }

  /** The open allotment of this seller that holds all these places. */
  async allotmentOf(
    event: string,
    holds: (allotment: AllotmentRecord) => boolean,
  ): Promise<AllotmentRecord | undefined> {
    const search = (views: readonly View[]) => views.find(({ allotment }) => holds(allotment))?.allotment;
    return search(await this.#viewsOf(event)) ?? search(await this.#fresherViewsOf(event, holds));
  }

  /** The order is sold: its places stay taken. */
  sold(event: string, { places }: Pick<Reservation, 'places'>): void {
    this.#forget(event, places);
  }

  /** Places that went another way, so that they are not offered here. */
  async taken(event: string, places: readonly string[]): Promise<void> {
    const views = (await this.#events.get(event)?.views) ?? [];
    for (const { free } of views) for (const place of places) free.take(place);
  }

  /** The order was given up: its places are free again, but for one that somebody else has. */
  async release(event: string, { allotment, places }: Reservation, taken?: string): Promise<void> {
    this.#forget(event, places);
    const views = await this.#viewsOf(event);
    const view = views.find((each) => each.allotment.allotment === allotment.allotment);
    for (const place of places) if (place !== taken) view?.free.release(place);
    if (taken !== undefined) view?.free.take(taken);
  }

  /** Something about the event's allotments is not what the view says. */
  forget(event: string): void {
    this.#events.delete(event);
  }

  #forget(event: string, places: readonly string[]): void {
    for (const place of places) this.#reserved.get(event)?.delete(place);
  }

  /** Side by side if any allotment of the class can, apart if not. */
  #take(order: Order, views: readonly View[]): Reservation | undefined {
    const eligible = views.filter(({ allotment }) => serves(allotment, order));
    for (const how of ['takeAdjacent', 'takeAnywhere'] as const) {
      for (const { allotment, free } of eligible) {
        const places = free[how](order.quantity);
        if (places) return { allotment, places };
      }
    }
    return undefined;
  }

  #viewsOf(event: string): Promise<readonly View[]> {
    return (this.#events.get(event) ?? this.#load(event)).views;
  }

  /** For an order that the view can't serve. A view that has no allotment for it is asked about at any age: one may have been made a moment ago. */
  async #fresherViewsOf(event: string, serving: (allotment: AllotmentRecord) => boolean): Promise<readonly View[]> {
    const loaded = this.#events.get(event);
    if (!loaded || this.#now() - loaded.atMs >= REFRESH_AFTER_MS) return this.#load(event).views;
    const views = await loaded.views;
    if (views.some(({ allotment }) => serving(allotment))) return views;
    return (await this.#listOpen(event)).some(serving) ? this.#load(event).views : views;
  }

  #load(event: string): Loaded {
    const views = this.#loadViews(event);
    const loaded = { views, atMs: this.#now() };
    this.#events.set(event, loaded);
    const drop = () => {
      if (this.#events.get(event) === loaded) this.#events.delete(event);
    };
    // Nothing is kept of an event where this seller has nothing: anybody can ask for any event. An error goes to whoever waits for the view.
    views.then((found) => found.length === 0 && drop(), drop);
    return loaded;
  }

  async #loadViews(event: string): Promise<readonly View[]> {
    const { records } = this.#options;
    const open = await this.#listOpen(event);
    const taken = await Promise.all(open.map((allotment) => takenPlaces(records, event, allotment)));
    return open.map((allotment, index) => {
      const free = new FreePlaces(allotment);
      for (const place of [...(taken[index] ?? []), ...(this.#reserved.get(event) ?? [])]) free.take(place);
      return { allotment, free };
    });
  }

  async #listOpen(event: string): Promise<readonly AllotmentRecord[]> {
    const { records, seller } = this.#options;
    const allotments = await listAllotments(records, event);
    return allotments.filter((allotment) => allotment.seller === seller && allotment.state === 'open');
  }
}

function serves({ priceClass, allotment }: AllotmentRecord, order: Order): boolean {
  return priceClass === order.priceClass && (order.allotment === undefined || allotment === order.allotment);
}
