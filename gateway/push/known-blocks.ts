/** Older blocks that were read lately, for whoever asks next: bounded by what they hold, and what was not asked for longest goes first. */
import type { EventBlock } from './ledger-event.js';

/** Events, and a block counts as one more. */
const MAX_WEIGHT = 10_000;

export class KnownBlocks {
  readonly #limit: number;
  /** What was asked for longest ago comes first. */
  readonly #blocks = new Map<number, EventBlock>();
  #weight = 0;

  constructor(limit = MAX_WEIGHT) {
    this.#limit = limit;
  }

  /** Those that follow each other from `from` on, before `to`. */
  run(from: number, to: number): readonly EventBlock[] {
    const found: EventBlock[] = [];
    for (let block = this.#blocks.get(from); block && block.number < to; block = this.#blocks.get(block.number + 1)) {
      this.#blocks.delete(block.number);
      this.#blocks.set(block.number, block);
      found.push(block);
    }
    return found;
  }

  /** The first one from `from` on, or `to` if there is none before. */
  first(from: number, to: number): number {
    let number = from;
    while (number < to && !this.#blocks.has(number)) number += 1;
    return number;
  }

  /** One alone stays, however many events it has. */
  add(block: EventBlock): void {
    this.#forget(block.number);
    this.#blocks.set(block.number, block);
    this.#weight += weightOf(block);
    for (const number of this.#blocks.keys()) {
      if (this.#weight <= this.#limit || this.#blocks.size === 1) return;
      this.#forget(number);
    }
  }

  #forget(number: number): void {
    const block = this.#blocks.get(number);
    if (!block) return;
    this.#blocks.delete(number);
    this.#weight -= weightOf(block);
  }
}

const weightOf = ({ events }: EventBlock): number => events.length + 1;
