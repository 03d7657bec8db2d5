/** Counts for each day, UTC, with a limit. In memory: a restart begins a new day, which for a gate is no more than twice its limit. */
import { demand, type NodeCode } from '../errors.js';

export interface DailyCountsOptions {
  readonly limitPerDay: number;
  readonly code: NodeCode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;

export class DailyCounts {
  readonly #options: DailyCountsOptions;
  #day = 0;
  readonly #counts = new Map<string, number>();

  constructor(options: DailyCountsOptions) {
    this.#options = options;
  }

  /** @throws {NodeError} the code, once the limit is reached */
  count(who: string, field: string): void {
    const { limitPerDay, code, now } = this.#options;
    const day = Math.floor(now() / DAY_MS);
    if (day !== this.#day) this.#counts.clear();
    this.#day = day;
    const counted = this.#counts.get(who) ?? 0;
    demand(counted < limitPerDay, code, { field, limitPerDay });
    this.#counts.set(who, counted + 1);
  }
}
