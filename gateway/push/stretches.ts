/** Older blocks, read from our own peer a few at a time: few readers at once, and a bounded number of others that wait for them. */
import { GatewayError } from '../errors.js';
import type { EventBlocks } from './event-blocks.js';
import type { EventBlock } from './ledger-event.js';

/** What a reader holds at most. */
export const MAX_STRETCH = 16;
const AT_ONCE = 3;
const MAX_WAITING = 1_200;

export class Stretches {
  readonly #blocks: Pick<EventBlocks, 'read'>;
  readonly #waiting: (() => void)[] = [];
  #reading = 0;

  constructor(blocks: Pick<EventBlocks, 'read'>) {
    this.#blocks = blocks;
  }

  /** Blocks from `from` on, at most so many and none beyond `to`. @throws {GatewayError} QUEUE_FULL, LEDGER_UNAVAILABLE */
  async read(from: number, to: number): Promise<readonly EventBlock[]> {
    await this.#enter();
    try {
      const found: EventBlock[] = [];
      for await (const block of this.#blocks.read(from, Math.min(to, from + MAX_STRETCH))) found.push(block);
      return found;
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#reading < AT_ONCE) {
      this.#reading += 1;
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) throw new GatewayError('QUEUE_FULL', { field: 'from' });
    // Whoever leaves hands his place over.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#reading -= 1;
  }
}
