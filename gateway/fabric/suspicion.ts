/** Suspects: who has just failed is asked last for a while, twice as long each time until it answers again. */
import type { Clock } from './clock.js';

const FIRST_MS = 5_000;
const DOUBLINGS = 4;

export class Suspicion {
  readonly #clock: Clock;
  readonly #strikes = new Map<string, { readonly count: number; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  raise(name: string): void {
    const now = this.#clock.now();
    const before = this.#strikes.get(name);
    // Calls that were under way together fail together: they are one strike.
    if (before && before.until > now) return;
    const count = before?.count ?? 0;
    this.#strikes.set(name, { count: count + 1, until: now + FIRST_MS * 2 ** Math.min(count, DOUBLINGS) });
  }

  clear(name: string): void {
    this.#strikes.delete(name);
  }

  isSuspect(name: string): boolean {
    return (this.#strikes.get(name)?.until ?? 0) > this.#clock.now();
  }
}
