/** How fast the queue is worked off, measured: what tells whoever is turned away when it is worth coming back. */
import type { Clock, Random } from './clock.js';

const MEMORY_MS = 5_000;
const MAX_WAIT_S = 30;

export class DrainRate {
  readonly #clock: Clock;
  readonly #random: Random;
  #settled = 0;
  #at: number;

  constructor({ clock, random }: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = clock;
    this.#random = random;
    this.#at = clock.now();
  }

  settle(orders: number): void {
    this.#settled = this.#remembered() + orders;
    this.#at = this.#clock.now();
  }

  get perSecond(): number {
    return (this.#remembered() * 1_000) / MEMORY_MS;
  }

  /** Until so many are worked off; not the same for everybody, or all come back at once. */
  retryAfterS(waiting: number): number {
    const rate = this.perSecond;
    // Nothing has been worked off yet, or not for long: there is nothing to reckon with.
    const seconds = rate < 1 ? 1 + 4 * this.#random() : (waiting / rate) * (0.75 + 0.5 * this.#random());
    return Math.min(MAX_WAIT_S, Math.max(1, Math.ceil(seconds)));
  }

  #remembered(): number {
    return this.#settled * Math.exp((this.#at - this.#clock.now()) / MEMORY_MS);
  }
}
