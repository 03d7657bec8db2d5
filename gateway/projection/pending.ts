/** How far behind the read model is: blocks that there are, as far as was heard, and since when the oldest of them is missing. */

export interface Lag {
  readonly blocks: number;
  /** 0 when nothing is missing. */
  readonly ms: number;
}

/** More than any gateway is behind while it runs; at its start it only counts. */
const MAX_TIMED = 10_000;

export class Pending {
  readonly #now: () => number;
  /** By block, in their order. */
  readonly #heardAt = new Map<number, number>();
  #known = 0;

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  get known(): number {
    return this.#known;
  }

  /** There is a block of that number. */
  hear(number: number): void {
    if (number < this.#known) return;
    this.#known = number + 1;
    if (this.#heardAt.size < MAX_TIMED) this.#heardAt.set(number, this.#now());
  }

  /** So many are in. @returns how long each of those that came in was missing */
  settle(next: number): readonly number[] {
    const lags: number[] = [];
    for (const [number, at] of this.#heardAt) {
      if (number >= next) break;
      lags.push(this.#now() - at);
      this.#heardAt.delete(number);
    }
    return lags;
  }

  /** @param next so many are in */
  lag(next: number): Lag {
    const [oldest] = this.#heardAt.values();
    const blocks = Math.max(0, this.#known - next);
    return { blocks, ms: blocks === 0 || oldest === undefined ? 0 : this.#now() - oldest };
  }
}
