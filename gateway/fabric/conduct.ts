/** What of each client's orders went wrong lately. A client brings many people's orders: a few that conflict are no offence of his. */
import type { Clock } from './clock.js';

const WINDOW_MS = 60_000;
const MAX_CLIENTS = 10_000;
const OFFENCES = 10;
const OFFENSIVE_SHARE = 0.2;

interface Window {
  readonly since: number;
  orders: number;
  offences: number;
}

export class Conduct {
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ordered(client: string): void {
    this.#windowOf(client).orders += 1;
  }

  /** @returns whether he has come to be a nuisance: then his window begins anew */
  offended(client: string): boolean {
    const window = this.#windowOf(client);
    window.offences += 1;
    const isNuisance = window.offences >= OFFENCES && window.offences > OFFENSIVE_SHARE * window.orders;
    if (isNuisance) this.#windows.delete(client);
    return isNuisance;
  }

  #windowOf(client: string): Window {
    const now = this.#clock.now();
    const known = this.#windows.get(client);
    if (known && now - known.since < WINDOW_MS) return known;
    const window = { since: now, orders: 0, offences: 0 };
    this.#windows.delete(client);
    this.#windows.set(client, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > MAX_CLIENTS && oldest !== undefined) this.#windows.delete(oldest);
    return window;
  }
}
