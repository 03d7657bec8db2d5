/** The newest blocks, for everybody who follows them: bounded by blocks and by events. */
import type { EventBlock } from './ledger-event.js';

export const MAX_BLOCKS = 1_000;
export const MAX_EVENTS = 20_000;

export class RecentBlocks {
  readonly #blocks = new Map<number, EventBlock>();
  #first: number;
  #next: number;
  #events = 0;

  /** @param next number of the block that comes first */
  constructor(next: number) {
    this.#first = next;
    this.#next = next;
  }

  /** Blocks before this one must be read from a peer. */
  get first(): number {
    return this.#first;
  }

  /** The block that comes next. */
  get next(): number {
    return this.#next;
  }

  get(number: number): EventBlock | undefined {
    return this.#blocks.get(number);
  }

  add(block: EventBlock): void {
    if (block.number !== this.#next) throw new Error(`block ${block.number} came in place of ${this.#next}`);
    this.#blocks.set(block.number, block);
    this.#next += 1;
    this.#events += block.events.length;
    // The newest stays, however many events it has.
    while (this.#blocks.size > 1 && (this.#blocks.size > MAX_BLOCKS || this.#events > MAX_EVENTS)) this.#forgetFirst();
  }

  #forgetFirst(): void {
    this.#events -= this.#blocks.get(this.#first)?.events.length ?? 0;
    this.#blocks.delete(this.#first);
    this.#first += 1;
  }
}
