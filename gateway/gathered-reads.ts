/**
 * Reads of a few records each, one query at a time: whoever comes meanwhile is in the next, with all who ask for the same. So a crowd costs the ledger no more
 * than one who asks again and again.
 */
import type { Key } from '../chaincode/domain/keys.js';
import type { Records } from './http/ports.js';

/** A query of more would be several, and what one asks for must be of one moment. */
const MAX_KEYS = 1_000;

interface Query {
  readonly keys: Set<Key<unknown>>;
  readonly answer: Promise<ReadonlyMap<string, unknown>>;
}

export class GatheredReads implements Pick<Records, 'read'> {
  readonly #records: Pick<Records, 'read'>;
  #next: Query | undefined;
  #reading: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(records: Pick<Records, 'read'>) {
    this.#records = records;
  }

  /** Who waits for an answer. */
  get waiting(): number {
    return this.#waiting;
  }

  /** All of one moment. @param keys at most 1,000 @throws {GatewayError} LEDGER_UNAVAILABLE */
  read: Records['read'] = (async (keys: readonly Key<unknown>[]) => {
    const isRoom = this.#next && this.#next.keys.size + keys.length <= MAX_KEYS;
    const query = isRoom && this.#next ? this.#next : (this.#next = this.#plan());
    for (const key of keys) query.keys.add(key);
    this.#waiting += 1;
    try {
      const found = await query.answer;
      return keys.map((key) => found.get(key));
    } finally {
      this.#waiting -= 1;
    }
  }) as Records['read'];

  #plan(): Query {
    const keys = new Set<Key<unknown>>();
    const answer = this.#reading.then(async () => {
      if (this.#next === query) this.#next = undefined;
      const asked = [...keys];
      const records = await this.#records.read(asked);
      return new Map(asked.map((key, index) => [key, records[index]]));
    });
    // Whoever asked is told of its failure; the next query has nothing to do with it.
    this.#reading = answer.catch(() => undefined);
    const query = { keys, answer };
    return query;
  }
}
