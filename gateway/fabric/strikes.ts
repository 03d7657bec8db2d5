/** Who offends repeatedly is held for a while, twice as long each time, and forgotten when he has stopped. Bounded: the oldest names go first. */
import type { Clock } from './clock.js';

export interface StrikesOptions {
  readonly clock: Clock;
  /** So many within so long. */
  readonly most: number;
  readonly withinMs: number;
  readonly firstMs: number;
}

const DOUBLINGS = 4;
const MAX_NAMES = 10_000;

interface Record {
  readonly struckAt: readonly number[];
  readonly timesHeld: number;
  readonly until: number;
}

export class Strikes {
  readonly #options: StrikesOptions;
  readonly #records = new Map<string, Record>();

  constructor(options: StrikesOptions) {
    this.#options = options;
  }

  /** @returns for how long he is held from now on; undefined if that is nothing new */
  raise(name: string): number | undefined {
    const { most, withinMs, firstMs } = this.#options;
    const now = this.#options.clock.now();
    const before = this.#known(name, now);
    if (before && before.until > now) return undefined;
    const struckAt = [...(before?.struckAt ?? []).filter((at) => now - at < withinMs), now];
    const timesHeld = before?.timesHeld ?? 0;
    if (struckAt.length < most) {
      this.#keep(name, { struckAt, timesHeld, until: before?.until ?? 0 });
      return undefined;
    }
    const forMs = firstMs * 2 ** Math.min(timesHeld, DOUBLINGS);
    this.#keep(name, { struckAt: [], timesHeld: timesHeld + 1, until: now + forMs });
    return forMs;
  }

  isHeld(name: string): boolean {
    return (this.#records.get(name)?.until ?? 0) > this.#options.clock.now();
  }

  /** How many are held. */
  get held(): number {
    const now = this.#options.clock.now();
    return [...this.#records.values()].filter(({ until }) => until > now).length;
  }

  /** Whoever has been free as long as he was held last, and a window more, begins anew. */
  #known(name: string, now: number): Record | undefined {
    const known = this.#records.get(name);
    const { withinMs, firstMs } = this.#options;
    const lastMs = firstMs * 2 ** Math.min((known?.timesHeld ?? 0) - 1, DOUBLINGS);
    return known && now < Math.max(known.until + lastMs, ...known.struckAt) + withinMs ? known : undefined;
  }

  #keep(name: string, record: Record): void {
    this.#records.delete(name);
    this.#records.set(name, record);
    const [oldest] = this.#records.keys();
    if (this.#records.size > MAX_NAMES && oldest !== undefined) this.#records.delete(oldest);
  }
}
