/**
 * Which seats are held, for sales that must ask before each. Where this gateway alone has the book, what it wrote itself is all there is, so a sale
 * costs no query. Where others have it too the book is asked for every sale, for all sales at once that wait meanwhile.
 */
import { Gathered } from '../gathered.js';
import type { HoldBook } from './hold-book.js';
import type { HeldSeat } from './hold.js';
import type { SalesUnderWay } from './sales-under-way.js';

/** Of a shared book: how old may be what is only shown or offered. */
const FRESH_MS = 1_000;
const MAX_EVENTS = 1_000;

interface Known {
  readonly seats: Promise<Map<string, HeldSeat>>;
  readonly atMs: number;
}

export interface HeldPlacesOptions {
  readonly book: HoldBook;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly underWay: Pick<SalesUnderWay, 'elsewhere'>;
}

export class HeldPlaces {
  readonly #book: HoldBook;
  readonly #nowMs: () => number;
  readonly #underWay: HeldPlacesOptions['underWay'];
  readonly #events = new Map<string, Known>();
  /** Of a shared book. */
  readonly #looks: Gathered<Pick<HeldSeat, 'event' | 'place'>, readonly HeldSeat[]>;

  constructor({ book, nowMs, underWay }: HeldPlacesOptions) {
    this.#book = book;
    this.#underWay = underWay;
    this.#nowMs = nowMs;
    this.#looks = new Gathered((places) => book.heldAmong(places, nowMs()));
  }

  /** Of an event, by place. */
  async of(event: string): Promise<ReadonlyMap<string, HeldSeat>> {
    const known = this.#events.get(event);
    const isFresh = known && (!this.#book.isShared || this.#nowMs() - known.atMs < FRESH_MS);
    const seats = await (isFresh ? known : this.#load(event)).seats;
    return new Map([...seats].filter(([, { untilMs }]) => untilMs > this.#nowMs()));
  }

  /** Of an event: places that are held, or that sales of other gateways have in hand, and until when. */
  async outOfReach(event: string): Promise<ReadonlyMap<string, number>> {
    const untilMs = new Map<string, number>();
    for (const each of [...(await this.of(event)).values(), ...(await this.#underWay.elsewhere(event))])
      untilMs.set(each.place, Math.max(each.untilMs, untilMs.get(each.place) ?? 0));
    return untilMs;
  }

  /** @returns one of the places that is held */
  async heldAmong(event: string, places: readonly string[]): Promise<HeldSeat | undefined> {
    const held = this.#book.isShared
      ? await this.#looks.ask(places.map((place) => ({ event, place })))
      : await this.#remembered(event, places);
    return held.find((each) => each.event === event && places.includes(each.place));
  }

  /** Was written to the book a moment ago. */
  async add(held: readonly HeldSeat[]): Promise<void> {
    for (const seat of held) (await this.#events.get(seat.event)?.seats)?.set(seat.place, seat);
  }

  /** Was taken from the book a moment ago. */
  async remove(event: string, places: readonly string[], hold: string): Promise<void> {
    const seats = await this.#events.get(event)?.seats;
    for (const place of places) if (seats?.get(place)?.hold === hold) seats.delete(place);
  }

  /** What it knows of the event may be old: it is asked for again. */
  forget(event: string): void {
    if (this.#book.isShared) this.#events.delete(event);
  }

  async #remembered(event: string, places: readonly string[]): Promise<readonly HeldSeat[]> {
    const seats = await (this.#events.get(event) ?? this.#load(event)).seats;
    const nowMs = this.#nowMs();
    return places.flatMap((place) => {
      const held = seats.get(place);
      return held && held.untilMs > nowMs ? [held] : [];
    });
  }

  #load(event: string): Known {
    const seats = this.#book
      .heldOf(event, this.#nowMs())
      .then((held) => new Map(held.map((each) => [each.place, each])));
    const known = { seats, atMs: this.#nowMs() };
    const [oldest] = this.#events.keys();
    if (this.#events.size >= MAX_EVENTS && oldest !== undefined) this.#events.delete(oldest);
    this.#events.set(event, known);
    seats.catch(() => this.#events.get(event) === known && this.#events.delete(event));
    return known;
  }
}
