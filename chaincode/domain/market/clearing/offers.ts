/** The asks of one price class that are still free, the cheapest first. Taking one costs nothing: each names the next. */
import type { CountedAsk } from './book.js';

/** An ask at what it would cost its buyer. */
export interface Offer {
  readonly ask: CountedAsk;
  readonly priceMinor: number;
  readonly totalMinor: number;
}

/** What a bid would take. */
export interface Wish {
  readonly count: number;
  /** The most for one. */
  readonly limitMinor: number;
  readonly allOrNothing: boolean;
  /** Whose tickets it does not take. */
  readonly own: ReadonlySet<string>;
}

export class Offers {
  readonly #offers: readonly Offer[];
  /** At i + 1 the first free one after i, at 0 the first of all. */
  readonly #next: Int32Array;

  /** @param offers the totals ascending */
  constructor(offers: readonly Offer[]) {
    this.#offers = offers;
    this.#next = Int32Array.from({ length: offers.length + 1 }, (_, index) => index);
  }

  /** Takes the first that suit; fewer than are wished for only where that is allowed. */
  take({ count, limitMinor, allOrNothing, own }: Wish): readonly Offer[] {
    const found: { readonly before: number; readonly offer: Offer }[] = [];
    for (let before = 0; found.length < count;) {
      const at = this.#next[before] ?? this.#offers.length;
      const offer = this.#offers[at];
      if (!offer || offer.totalMinor > limitMinor) break;
      if (!own.has(offer.ask.seller)) found.push({ before, offer });
      before = at + 1;
    }
    if (allOrNothing && found.length < count) return [];
    // From the last, so that what stands before each is still where it was found.
    for (const { before } of found.toReversed()) {
      const at = this.#next[before] ?? 0;
      this.#next[before] = this.#next[at + 1] ?? this.#offers.length;
    }
    return found.map(({ offer }) => offer);
  }
}
