/**
 * Older blocks, read from our own peer a stretch at a time: few readings at once, each for all who want that stretch, and what was read is known for a while. So
 * it costs nothing to ask for the same again and again; and a reading that nobody waits for any more ends where it is.
 */
import type { EventBlocks } from './event-blocks.js';
import { KnownBlocks } from './known-blocks.js';
import type { EventBlock } from './ledger-event.js';
import { Places, type PlacesOptions } from './places.js';

/** What is read at once; stretches begin at its multiples, so that readers share them. */
export const MAX_STRETCH = 16;
const BOUNDS: PlacesOptions = { atOnce: 3, waiting: 1_200 };

interface Reading {
  readonly over: AbortController;
  readonly blocks: Promise<readonly EventBlock[]>;
  readers: number;
}

export class Stretches {
  readonly #blocks: Pick<EventBlocks, 'read'>;
  readonly #known: KnownBlocks;
  readonly #places: Places;
  readonly #readings = new Map<number, Reading>();

  constructor(blocks: Pick<EventBlocks, 'read'>, known = new KnownBlocks(), bounds = BOUNDS) {
    this.#blocks = blocks;
    this.#known = known;
    this.#places = new Places(bounds);
  }

  /** How many readings wait for a place. */
  get waiting(): number {
    return this.#places.waiting;
  }

  /**
   * Blocks from `from` on, at most so many and none beyond `to`.
   * @returns none once the signal is aborted
   * @throws {GatewayError} QUEUE_FULL, LEDGER_UNAVAILABLE
   */
  async read(from: number, to: number, signal?: AbortSignal): Promise<readonly EventBlock[]> {
    const key = from - (from % MAX_STRETCH);
    const end = Math.min(to, key + MAX_STRETCH);
    while (from < end && !isOver(signal)) {
      const known = this.#known.run(from, end);
      if (known.length > 0) return known;
      const reading = this.#readings.get(key) ?? this.#begin(key, from, end);
      // One that others began may begin later, or end before; then it is asked for again.
      const own = (await this.#join(key, reading, signal)).filter(({ number }) => number >= from && number < end);
      if (own[0]?.number === from) return own;
    }
    return [];
  }

  #begin(key: number, from: number, end: number): Reading {
    const over = new AbortController();
    const blocks = this.#readAlone(from, end, over.signal).finally(() => this.#forget(key, reading));
    const reading: Reading = { over, blocks, readers: 0 };
    this.#readings.set(key, reading);
    return reading;
  }

  #forget(key: number, reading: Reading): void {
    if (this.#readings.get(key) === reading) this.#readings.delete(key);
  }

  #join(key: number, reading: Reading, signal: AbortSignal | undefined): Promise<readonly EventBlock[]> {
    reading.readers += 1;
    return new Promise((resolve, reject) => {
      const left = () => {
        resolve([]);
        if ((reading.readers -= 1) > 0) return;
        this.#forget(key, reading);
        reading.over.abort();
      };
      signal?.addEventListener('abort', left, { once: true });
      const done = () => signal?.removeEventListener('abort', left);
      reading.blocks.then(resolve, reject).finally(done);
    });
  }

  async #readAlone(from: number, end: number, over: AbortSignal): Promise<readonly EventBlock[]> {
    if (!(await this.#places.enter(over))) return [];
    try {
      const found: EventBlock[] = [];
      for await (const block of this.#blocks.read(from, this.#known.first(from, end))) {
        found.push(block);
        this.#known.add(block);
        if (isOver(over)) break;
      }
      return found;
    } finally {
      this.#places.leave();
    }
  }
}

/** A function, because what others change must not be taken for constant. */
const isOver = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;
