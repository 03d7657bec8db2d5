/** Reads records from a peer's world state. What it answers is what that peer has committed; the read model serves everything else. */
import type { Key } from '../../chaincode/domain/keys.js';
import type { Connection } from './connection.js';
import { readFailure } from './failures.js';
import { evaluate } from './queries.js';

/** The most that the ledger takes or gives at once. */
const MAX_PAGE = 1_000;

export interface Page<T> {
  readonly records: readonly { readonly key: string; readonly record: T }[];
  /** Where the next page begins: give it as `after`. */
  readonly next?: string;
}

export interface Version<T> {
  readonly tx: string;
  /** Seconds since 1970, the transaction's own word. */
  readonly timestamp: number;
  readonly deleted: boolean;
  readonly record: T | null;
}

/** Every method @throws {Refusal} for a key that can't be, {GatewayError} LEDGER_UNAVAILABLE if no peer answers. */
export interface RecordsReader {
  read<T>(key: Key<T>): Promise<T | undefined>;
  /** @returns one record for each key, in their order */
  readAll<T>(keys: readonly Key<T>[]): Promise<readonly (T | undefined)[]>;
  list<T>(prefix: string, options?: { readonly after?: string; readonly limit?: number }): Promise<Page<T>>;
  /** Newest first; at most 1,000 versions. */
  history<T>(key: Key<T>): Promise<readonly Version<T>[]>;
}

export class FabricRecords implements RecordsReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async read<T>(key: Key<T>): Promise<T | undefined> {
    const [record] = await this.readAll<T>([key]);
    return record;
  }

  async readAll<T>(keys: readonly Key<T>[]): Promise<readonly (T | undefined)[]> {
    const records: (T | undefined)[] = [];
    for (let from = 0; from < keys.length; from += MAX_PAGE) {
      const page = await this.#query<{ records: readonly (T | null)[] }>('read', {
        keys: keys.slice(from, from + MAX_PAGE),
      });
      records.push(...page.records.map((record) => record ?? undefined));
    }
    return records;
  }

  list<T>(
    prefix: string,
    { after, limit = MAX_PAGE }: { readonly after?: string; readonly limit?: number } = {},
  ): Promise<Page<T>> {
    return this.#query('list', { prefix, ...(after !== undefined && { after }), limit });
  }

  async history<T>(key: Key<T>): Promise<readonly Version<T>[]> {
    const { versions } = await this.#query<{ versions: readonly Version<T>[] }>('history', { key });
    return versions;
  }

  /** The answer's shape is the contract's promise; it comes from a peer that we have chosen to believe. */
  async #query<A>(name: 'read' | 'list' | 'history', argument: object): Promise<A> {
    const { chaincode } = this.#connection.profile;
    let answer: Uint8Array;
    try {
      answer = await evaluate(this.#connection, {
        chaincode,
        transaction: `Records:${name}`,
        arguments: [JSON.stringify(argument)],
      });
    } catch (error) {
      throw readFailure(error);
    }
    return JSON.parse(Buffer.from(answer).toString('utf8')) as A;
  }
}
