/** How far the read model has come, and who waits for it to come further. */
import type { Clock } from '../fabric/clock.js';

/** More waiters than that are told at once that it is behind. */
const MAX_WAITERS = 10_000;

interface Waiter {
  readonly next: number;
  readonly reached: () => void;
}

export class Heights {
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();
  #next = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many blocks are in. */
  get next(): number {
    return this.#next;
  }

  /** So many are in, which may be fewer than before: somebody makes the tables again. */
  restart(next: number): void {
    this.#next = 0;
    this.advance(next);
  }

  advance(next: number): void {
    this.#next = Math.max(this.#next, next);
    for (const waiter of this.#waiters) if (waiter.next <= this.#next) waiter.reached();
  }

  /** @returns whether so many blocks are in before the time is up */
  reach(next: number, withinMs: number): Promise<boolean> {
    if (next <= this.#next) return Promise.resolve(true);
    if (this.#waiters.size >= MAX_WAITERS) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (reached: boolean) => {
        stop();
        this.#waiters.delete(waiter);
        resolve(reached);
      };
      const stop = this.#clock.after(withinMs, () => settle(false));
      const waiter: Waiter = { next, reached: () => settle(true) };
      this.#waiters.add(waiter);
    });
  }
}
