/** Waits until a time, or until something happens, be it before anybody waits. */
import type { Clock } from '../fabric/clock.js';

export class Wake {
  readonly #clock: Clock;
  #isDue = false;
  #resume: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  up(): void {
    this.#isDue = true;
    this.#resume?.();
  }

  /** @param atMs milliseconds since 1970; Infinity for no time */
  async until(atMs: number): Promise<void> {
    if (!this.#isDue) await this.#rest(atMs);
    this.#isDue = false;
  }

  #rest(atMs: number): Promise<void> {
    return new Promise((resolve) => {
      const stop =
        atMs === Infinity
          ? undefined
          : this.#clock.after(Math.max(0, atMs - this.#clock.now()), () => this.#resume?.());
      this.#resume = () => {
        stop?.();
        this.#resume = undefined;
        resolve();
      };
    });
  }
}
