/** So many at once, and a bounded number of others that wait for them in their order. Whoever gives up waiting leaves the queue. */
import { GatewayError } from '../errors.js';

export interface PlacesOptions {
  readonly atOnce: number;
  readonly waiting: number;
}

export class Places {
  readonly #options: PlacesOptions;
  readonly #waiting = new Set<(entered: boolean) => void>();
  #taken = 0;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** @returns false, without a place, if the signal was aborted first. @throws {GatewayError} QUEUE_FULL */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#taken < this.#options.atOnce) {
      this.#taken += 1;
      return true;
    }
    if (this.#waiting.size >= this.#options.waiting) throw new GatewayError('QUEUE_FULL', { field: 'from' });
    return new Promise((resolve) => {
      const called = (entered: boolean) => {
        this.#waiting.delete(called);
        signal.removeEventListener('abort', left);
        resolve(entered);
      };
      const left = () => called(false);
      this.#waiting.add(called);
      signal.addEventListener('abort', left);
    });
  }

  /** Whoever leaves hands his place over. */
  leave(): void {
    const [next] = this.#waiting;
    if (next) next(true);
    else this.#taken -= 1;
  }
}
