/** Records that are written once or hardly ever change, so that not every request reads the ledger. Bounded, oldest out first; an absent record is not kept. */
import type { Key } from '../../chaincode/domain/keys.js';

const MAX_RECORDS = 10_000;

export class RecordCache {
  readonly #kept = new Map<string, unknown>();
  readonly #limit: number;

  constructor(limit = MAX_RECORDS) {
    this.#limit = limit;
  }

  get<T>(key: Key<T>): T | undefined {
    return this.#kept.get(key) as T | undefined;
  }

  keep<T>(key: Key<T>, record: T | undefined): void {
    if (record === undefined) return;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= this.#limit && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, record);
  }
}
