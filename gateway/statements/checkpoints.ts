/**
 * Checkpoints of the book, every so many blocks. When there are too many, every second one goes and the distance doubles: the longer the chain, the
 * sparser they are, and there are never more than the limit.
 */
import { BEGINNING, type Book, type Checkpoint } from './book.js';

const LIMIT = 1_024;
const FIRST_SPACING = 8;

export class Checkpoints {
  readonly #limit: number;
  #spacing: number;
  /** In the order of the chain, the beginning first. */
  #kept: readonly Checkpoint[] = [BEGINNING];

  constructor({ limit = LIMIT, spacing = FIRST_SPACING }: { readonly limit?: number; readonly spacing?: number } = {}) {
    this.#limit = limit;
    this.#spacing = spacing;
  }

  get count(): number {
    return this.#kept.length;
  }

  /** To be called after each block of the chain. */
  keep(book: Book): void {
    if (book.next % this.#spacing !== 0) return;
    this.#kept = [...this.#kept, book.checkpoint()];
    if (this.#kept.length <= this.#limit) return;
    this.#spacing *= 2;
    this.#kept = this.#kept.filter(({ next }) => next % this.#spacing === 0);
  }

  /** The last one that has no block from `block` on. */
  at(block: number): Checkpoint {
    return this.#last(({ next }) => next <= block);
  }

  /** The last one before `block` whose blocks were all booked before that time. */
  before(timeMs: number, block: number): Checkpoint {
    return this.#last(({ next, bookedAtMs }) => next <= block && bookedAtMs < timeMs);
  }

  /** The first one that has more blocks than that one. */
  after({ next }: Checkpoint): Checkpoint | undefined {
    return this.#kept[this.#search((each) => each.next <= next)];
  }

  #last(holds: (checkpoint: Checkpoint) => boolean): Checkpoint {
    return this.#kept[this.#search(holds) - 1] ?? BEGINNING;
  }

  /** How many hold, where all that hold come first. */
  #search(holds: (checkpoint: Checkpoint) => boolean): number {
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const checkpoint = this.#kept[middle];
      if (checkpoint && holds(checkpoint)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
