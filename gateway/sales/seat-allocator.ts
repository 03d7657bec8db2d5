/**
 * Finds free places for orders that name a class and not seats. It keeps a view of this seller's allotments, loaded from the ledger when first
 * asked for, and reserves what is in flight, so that two orders at once are not offered one seat. The view may be behind; the ledger decides.
 */
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { contains } from '../../chaincode/domain/seats.js';
import { isOnSale } from '../../chaincode/domain/ticket.js';
import { GatewayError } from '../errors.js';
import type { HeldPlaces } from '../holds/held-places.js';
import type { Records } from '../http/ports.js';
import { FreePlaces } from './free-places.js';
import { PlacesInHand } from './places-in-hand.js';
import { listAllotments, takenPlaces } from './places.js';

/** When nothing is left, the ledger is asked again, but not more often than this: places come back by returns. */
const REFRESH_AFTER_MS = 2_000;
/** How often places come back whose holds are over. */
const SWEEP_EVERY_MS = 500;
/** How many places are looked up at once by who finds that the view is behind. */
const LOOK_AHEAD = 200;
const MAX_LOOKS = 3;

export interface SeatAllocatorOptions {
  readonly seller: string;
  readonly records: Records;
  /** Places that others hold or have in hand, which are not offered. */
  readonly holds?: Pick<HeldPlaces, 'outOfReach'>;
  /** Milliseconds, monotonic. */
  readonly now?: () => number;
  /** Milliseconds since 1970, as holds end. */
  readonly nowMs?: () => number;
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

/** What of named places could be kept: a place that an order has in hand, or those that were free by the view. */
export type Kept = { readonly busy: string } | { readonly taken: readonly string[] };

interface View {
  readonly allotment: AllotmentRecord;
  readonly free: FreePlaces;
}

interface Loaded {
  readonly views: Promise<readonly View[]>;
  /** Places on hold that would be free, and until when. */
  readonly held: Map<string, number>;
  /** When those that were over were last looked for. */
  sweptMs: number;
  readonly atMs: number;
}

export class SeatAllocator {
  readonly #options: SeatAllocatorOptions;
  readonly #now: () => number;
  readonly #nowMs: () => number;
  readonly #events = new Map<string, Loaded>();
  /** Ticket places in flight, by event: a fresh view must not offer them. */
  readonly #reserved = new PlacesInHand();
  /** By order: one look-up does for all who find at once that the view is behind. */
  readonly #catchingUp = new Map<string, Promise<void>>();

  constructor(options: SeatAllocatorOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#nowMs = options.nowMs ?? Date.now;
  }

  /** @param field where the class is named @throws {GatewayError} NO_SEATS_LEFT */
  async reserve(order: Order, field = 'request.priceClass'): Promise<Reservation> {
    await this.#freeExpired(order.event);
    const found =
      this.#take(order, await this.#viewsOf(order.event)) ??
      this.#take(order, await this.#fresherViewsOf(order.event, (allotment) => serves(allotment, order)));
    if (!found)
      throw new GatewayError('NO_SEATS_LEFT', {
        field,
        priceClass: order.priceClass,
        quantity: order.quantity,
      });
    this.begin(order.event, found.places);
    return found;
  }

  /** Named places are about to be sold, whoever has them in hand too. Whoever began them lets them go. */
  begin(event: string, places: readonly string[]): void {
    this.#reserved.begin(event, places);
  }

  letGo(event: string, places: readonly string[]): void {
    this.#reserved.letGo(event, places);
  }

  /** Of places kept or reserved. @returns one that somebody is about to buy by name, or bought meanwhile */
  wanted(event: string, places: readonly string[]): string | undefined {
    return this.#reserved.wanted(event, places);
  }

  /** Keeps named places, all or none. */
  async keep(event: string, places: readonly string[]): Promise<Kept> {
    const views = await this.#viewsOf(event);
    const busy = places.find((place) => this.#reserved.has(event, place));
    if (busy !== undefined) return { busy };
    this.begin(event, places);
    return { taken: places.filter((place) => views.some(({ free }) => free.take(place))) };
  }

  /** Somebody has these on hold until then. */
  async held(event: string, places: readonly string[], untilMs: number): Promise<void> {
    const loaded = this.#events.get(event);
    if (!loaded) return;
    for (const { free } of await loaded.views) for (const place of places) free.take(place);
    for (const place of places) loaded.held.set(place, untilMs);
  }

  /** Others have these until then. What is not free for another reason does not become free when that is over. */
  async learn(event: string, outOfReach: ReadonlyMap<string, number>): Promise<void> {
    const loaded = this.#events.get(event);
    if (!loaded) return;
    setAside(await loaded.views, loaded.held, outOfReach);
  }

  /** These are on hold no more, and were not sold. */
  async freed(event: string, places: readonly string[]): Promise<void> {
    const loaded = this.#events.get(event);
    if (loaded)
      putBack(
        await loaded.views,
        places.filter((place) => loaded.held.delete(place) && !this.#reserved.isGone(event, place)),
      );
  }

  /** The open allotment of this seller that holds all these places. */
  async allotmentOf(
    event: string,
    holds: (allotment: AllotmentRecord) => boolean,
  ): Promise<AllotmentRecord | undefined> {
    const search = (views: readonly View[]) => views.find(({ allotment }) => holds(allotment))?.allotment;
    return search(await this.#viewsOf(event)) ?? search(await this.#fresherViewsOf(event, holds));
  }

  /** Places of this seller's that are not free by the view, which may be behind, if there is one. */
  async notFree(event: string, places: readonly string[]): Promise<readonly string[]> {
    const views = await this.#loadedViewsOf(event);
    return places.filter((place) =>
      views.some(({ allotment, free }) => contains(allotment, place) && !free.has(place)),
    );
  }

  /** The order is sold: its places stay taken. */
  sold(event: string, { places }: Pick<Reservation, 'places'>): void {
    this.#reserved.letGo(event, places);
  }

  /** Places that went another way, so that they are not offered here. */
  async taken(event: string, places: readonly string[]): Promise<void> {
    this.#reserved.gone(event, places);
    const loaded = this.#events.get(event);
    for (const { free } of await this.#loadedViewsOf(event)) for (const place of places) free.take(place);
    for (const place of places) loaded?.held.delete(place);
  }

  /** The order was given up: its places are free again, but for one that somebody else has. */
  async release(event: string, reservation: Reservation, taken?: string): Promise<void> {
    try {
      await this.giveBack(event, reservation, taken);
    } finally {
      this.#reserved.letGo(event, reservation.places);
    }
  }

  /** As `release`, of places that were kept: whoever keeps them lets them go. */
  async giveBack(event: string, { allotment, places }: Reservation, taken?: string): Promise<void> {
    const views = await this.#viewsOf(event);
    const view = views.find((each) => each.allotment.allotment === allotment.allotment);
    for (const place of places) if (place !== taken && !this.#reserved.isGone(event, place)) view?.free.release(place);
    if (taken !== undefined) view?.free.take(taken);
  }

  /** A place that this order was offered is sold: those that it would be offered next are looked up, until it would be offered what is free. */
  async catchUp(order: Order): Promise<void> {
    const name = JSON.stringify([order.event, order.priceClass, order.quantity, order.allotment]);
    const underWay = this.#catchingUp.get(name) ?? this.#catchUp(order).finally(() => this.#catchingUp.delete(name));
    this.#catchingUp.set(name, underWay);
    await underWay;
  }

  /** Something about the event's allotments is not what the view says. */
  forget(event: string): void {
    this.#events.delete(event);
  }

  async #catchUp(order: Order): Promise<void> {
    const { event } = order;
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      const views = await this.#viewsOf(event);
      const offer = takeFree(order, views);
      if (!offer) return;
      putBack(views, offer.places);
      const free = views.find(({ allotment }) => allotment === offer.allotment)?.free;
      const next = new Set([...offer.places, ...(free?.from(offer.places[0] ?? '', LOOK_AHEAD) ?? [])]);
      const tickets = await this.#options.records.read([...next].map((place) => ticketKey(event, place)));
      const sold = [...next].filter((_, index) => !isOnSale(tickets[index]));
      for (const place of sold) free?.take(place);
      if (!offer.places.some((place) => sold.includes(place))) return;
    }
    // So much of it is sold that the whole of it is sooner read.
    await this.#load(event).views;
  }

  /** Holds end without telling anybody. */
  async #freeExpired(event: string): Promise<void> {
    const nowMs = this.#nowMs();
    const loaded = this.#events.get(event);
    if (!loaded || nowMs - loaded.sweptMs < SWEEP_EVERY_MS) return;
    loaded.sweptMs = nowMs;
    const over = [...loaded.held].filter(([, untilMs]) => untilMs <= nowMs);
    if (over.length > 0)
      await this.freed(
        event,
        over.map(([place]) => place),
      );
  }

  /** Past places that somebody is about to buy by name: they are free by the view until they are sold. */
  #take(order: Order, views: readonly View[]): Reservation | undefined {
    const aside: string[] = [];
    const inHand = (place: string) => this.#reserved.has(order.event, place);
    try {
      for (;;) {
        const found = takeFree(order, views);
        if (!found?.places.some(inHand)) return found;
        aside.push(...found.places.filter(inHand));
        putBack(
          views,
          found.places.filter((place) => !inHand(place)),
        );
      }
    } finally {
      putBack(views, aside);
    }
  }

  /** None where there is no view, or it can't be loaded: that is told to those who need one. */
  async #loadedViewsOf(event: string): Promise<readonly View[]> {
    return (await this.#events.get(event)?.views.catch(() => undefined)) ?? [];
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
    const held = new Map<string, number>();
    const views = this.#loadViews(event, held);
    const loaded = { views, held, sweptMs: this.#nowMs(), atMs: this.#now() };
    this.#events.set(event, loaded);
    const drop = () => {
      if (this.#events.get(event) === loaded) this.#events.delete(event);
    };
    // Nothing is kept of an event where this seller has nothing: anybody can ask for any event. An error goes to whoever waits for the view.
    views.then((found) => found.length === 0 && drop(), drop);
    return loaded;
  }

  async #loadViews(event: string, held: Map<string, number>): Promise<readonly View[]> {
    const { records, holds } = this.#options;
    const open = await this.#listOpen(event);
    const taken = await Promise.all(open.map((allotment) => takenPlaces(records, event, allotment)));
    const onHold = open.length === 0 ? undefined : await holds?.outOfReach(event);
    const views = open.map((allotment, index) => {
      const free = new FreePlaces(allotment);
      for (const place of [...(taken[index] ?? []), ...this.#reserved.in(event)]) free.take(place);
      return { allotment, free };
    });
    setAside(views, held, onHold ?? new Map<string, number>());
    return views;
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

/** Side by side if any allotment of the class can, apart if not. */
function takeFree(order: Order, views: readonly View[]): Reservation | undefined {
  const eligible = views.filter(({ allotment }) => serves(allotment, order));
  for (const how of ['takeAdjacent', 'takeAnywhere'] as const) {
    for (const { allotment, free } of eligible) {
      const places = free[how](order.quantity);
      if (places) return { allotment, places };
    }
  }
  return undefined;
}

/** What is free, or was but for the same reason, is not until then. */
function setAside(views: readonly View[], held: Map<string, number>, outOfReach: ReadonlyMap<string, number>): void {
  for (const [place, untilMs] of outOfReach)
    if (views.some(({ free }) => free.take(place)) || held.has(place)) held.set(place, untilMs);
}

/** Each into the allotment that has it. */
function putBack(views: readonly View[], places: readonly string[]): void {
  for (const { allotment, free } of views)
    for (const place of places) if (contains(allotment, place)) free.release(place);
}
