/** Which records a command reads and may write, and whether two commands may be in flight in different transactions at the same time. */
import type { Prepared } from '../../chaincode/domain/rule.js';

export interface Footprint {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** A command is remembered whatever it does, so its memory is written. */
export function footprintOf({ memory, reads, writes }: Pick<Prepared, 'memory' | 'reads' | 'writes'>): Footprint {
  return { reads, writes: [memory, ...writes] };
}

/** The records that a set of commands touches. One that reads what another writes would be judged on a record that is about to change. */
export class Footprints {
  readonly #readers = new Map<string, number>();
  readonly #writers = new Map<string, number>();

  add({ reads, writes }: Footprint): void {
    for (const key of reads) increase(this.#readers, key);
    for (const key of writes) increase(this.#writers, key);
  }

  /** @param footprint one that was added */
  remove({ reads, writes }: Footprint): void {
    for (const key of reads) decrease(this.#readers, key);
    for (const key of writes) decrease(this.#writers, key);
  }

  /** Two that only read the same record do not meet. */
  meets({ reads, writes }: Footprint): boolean {
    return (
      writes.some((key) => this.#writers.has(key) || this.#readers.has(key)) ||
      reads.some((key) => this.#writers.has(key))
    );
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0 && this.#writers.size === 0;
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function decrease(counts: Map<string, number>, key: string): void {
  const count = counts.get(key);
  if (count === undefined) throw new Error(`${key} was not added`);
  if (count === 1) counts.delete(key);
  else counts.set(key, count - 1);
}
