/** Records that are asked for with every request and change seldom: read once for all who ask at a time, and again after a few seconds. */
import type { Key } from '../../chaincode/domain/keys.js';
import type { Records } from '../node/services.js';

export interface CachedRecordsOptions {
  readonly records: Records;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What is revoked is believed so long after. */
  readonly keepMs?: number;
  readonly maxRecords?: number;
}

const KEEP_MS = 3_000;
const MAX_RECORDS = 10_000;

export class CachedRecords implements Records {
  readonly #options: Required<CachedRecordsOptions>;
  readonly #known = new Map<string, { readonly at: number; readonly record: Promise<unknown> }>();

  constructor(options: CachedRecordsOptions) {
    this.#options = { keepMs: KEEP_MS, maxRecords: MAX_RECORDS, ...options };
  }

  read<T>(key: Key<T>): Promise<T | undefined> {
    const { records, now, keepMs } = this.#options;
    const known = this.#known.get(key);
    if (known && now() - known.at < keepMs) return known.record as Promise<T | undefined>;
    const record = records.read(key);
    this.#remember(key, record);
    return record;
  }

  /** A failure is nobody else's answer. Oldest out first. */
  #remember(key: string, record: Promise<unknown>): void {
    const { now, maxRecords } = this.#options;
    const entry = { at: now(), record };
    this.#known.delete(key);
    if (this.#known.size >= maxRecords) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.set(key, entry);
    record.catch(() => {
      if (this.#known.get(key) === entry) this.#known.delete(key);
    });
  }
}
