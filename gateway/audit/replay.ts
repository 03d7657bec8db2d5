/** The world state as the blocks make it, and over it what one transaction should have written. */
import type { Key } from '../../chaincode/domain/keys.js';
import type { State } from '../../chaincode/domain/state.js';
import { decodeRecord } from '../../chaincode/ledger/codec.js';
import type { AuditedTransaction } from './transactions.js';

export class Replay {
  readonly #records = new Map<string, Uint8Array>();
  readonly #event: string;

  /** @param event of its records and the consortium's only; a record of another event decides about nothing here */
  constructor(event: string) {
    this.#event = event;
  }

  get<T>(key: Key<T>): T | undefined {
    return decodeRecord(this.#records.get(key)) as T | undefined;
  }

  apply(writes: AuditedTransaction['writes']): void {
    for (const { key, value } of writes) {
      if (!key.startsWith(`${this.#event}/`) && !key.startsWith('consortium/')) continue;
      if (value.length === 0) this.#records.delete(key);
      else this.#records.set(key, value);
    }
  }

  /** @returns the records below a key, by the rest of their keys */
  below<T>(prefix: string): ReadonlyMap<string, T> {
    const keys = [...this.#records.keys()].filter((key) => key.startsWith(prefix));
    return new Map(keys.map((key) => [key.slice(prefix.length), decodeRecord(this.#records.get(key)) as T]));
  }
}

/** What a transaction's commands come to, one after the other. */
export class Expected implements State {
  readonly #before: Replay;
  readonly #written = new Map<string, unknown>();

  constructor(before: Replay) {
    this.#before = before;
  }

  get<T>(key: Key<T>): T | undefined {
    return this.#written.has(key) ? (this.#written.get(key) as T | undefined) : this.#before.get(key);
  }

  put<T>(key: Key<T>, record: T): void {
    this.#written.set(key, record);
  }

  /** Of what was there before the transaction, and is never taken away. */
  below<T>(prefix: string): ReadonlyMap<string, T> {
    const written = [...this.#written].filter(([key]) => key.startsWith(prefix));
    const over = written.map(([key, record]) => [key.slice(prefix.length), record as T] as const);
    return new Map([...this.#before.below<T>(prefix), ...over]);
  }

  get written(): ReadonlyMap<string, unknown> {
    return this.#written;
  }
}
