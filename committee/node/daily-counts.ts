/**
 * Counts for each day, UTC, with a limit. In memory: a restart begins a new day, which for a gate is no more than twice its limit. A statement counts once
 * for as long as it is valid: whoever has seen it could else use up the limit of who signed it.
 */
import { demand, type NodeCode } from '../errors.js';

export interface DailyCountsOptions {
  readonly limitPerDay: number;
  readonly code: NodeCode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What is counted. */
export interface Counted {
  readonly digest: string;
  /** NumericDate: from then on it is refused for that. */
  readonly exp: number;
}

interface Count {
  handled: number;
  /** Expiry by digest, oldest first. */
  readonly recent: Map<string, number>;
}

const DAY_MS = 86_400_000;

export class DailyCounts {
  readonly #options: DailyCountsOptions;
  #day = 0;
  readonly #counts = new Map<string, Count>();

  constructor(options: DailyCountsOptions) {
    this.#options = options;
  }

  /** @throws {NodeError} the code, once the limit is reached */
  count(who: string, { digest, exp }: Counted, field: string): void {
    const { limitPerDay, code } = this.#options;
    const counted = this.#countOf(who);
    if (counted.recent.has(digest)) return;
    demand(counted.handled < limitPerDay, code, { field, limitPerDay });
    counted.handled += 1;
    counted.recent.set(digest, exp);
  }

  #countOf(who: string): Count {
    const now = this.#options.now();
    const day = Math.floor(now / DAY_MS);
    if (day !== this.#day) this.#counts.clear();
    this.#day = day;
    const counted = this.#counts.get(who) ?? { handled: 0, recent: new Map<string, number>() };
    this.#counts.set(who, counted);
    for (const [digest, exp] of counted.recent) {
      if (exp * 1000 > now) break;
      counted.recent.delete(digest);
    }
    return counted;
  }
}
