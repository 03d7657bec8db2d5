/** Reads of a few records each by many who ask about the same ones. */
import type { Key } from '../chaincode/domain/keys.js';
import { Gathered } from './gathered.js';
import type { Records } from './http/ports.js';

/** A query of more would be several, and what one asks for must be of one moment. */
const MAX_KEYS = 1_000;

export class GatheredReads implements Pick<Records, 'read'> {
  readonly #queries: Gathered<Key<unknown>, ReadonlyMap<string, unknown>>;

  constructor(records: Pick<Records, 'read'>) {
    this.#queries = new Gathered(async (keys) => {
      const found = await records.read(keys);
      return new Map(keys.map((key, index) => [key, found[index]]));
    }, MAX_KEYS);
  }

  /** Who waits for an answer. */
  get waiting(): number {
    return this.#queries.waiting;
  }

  /** All of one moment. @param keys at most 1,000 @throws {GatewayError} LEDGER_UNAVAILABLE */
  read: Records['read'] = (async (keys: readonly Key<unknown>[]) => {
    const found = await this.#queries.ask(keys);
    return keys.map((key) => found.get(key));
  }) as Records['read'];
}
