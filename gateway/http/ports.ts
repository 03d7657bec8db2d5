/** What the HTTP interface needs of the ledger besides writing (`fabric/ledger.ts`): records as they are now, their history, blocks, the network's state. */
import type { Outcome } from '../../chaincode/domain/batch.js';
import type { Key } from '../../chaincode/domain/keys.js';

export interface Records {
  /** @returns the records in the keys' order, undefined for an absent one */
  read<K extends readonly Key<unknown>[]>(
    keys: readonly [...K],
  ): Promise<{ [I in keyof K]: K[I] extends Key<infer T> ? T | undefined : never }>;

  /** Records whose key begins with `prefix`, in the keys' order, at most `limit` of them, after the key `after`. */
  list(query: ListQuery): Promise<readonly ListedRecord[]>;

  /** Every version of a record, the oldest first. */
  history<T>(key: Key<T>): Promise<readonly Version<T>[]>;
}

export interface ListQuery {
  readonly prefix: string;
  readonly after?: string;
  readonly limit: number;
}

export interface ListedRecord {
  readonly key: string;
  readonly record: unknown;
}

export interface Version<T> {
  readonly tx: string;
  /** RFC 3339 UTC. */
  readonly timestamp: string;
  readonly deleted: boolean;
  readonly record: T | undefined;
}

export interface Blocks {
  info(): Promise<ChainInfo>;
  /** @returns undefined for a block that does not exist yet */
  block(number: number): Promise<Block | undefined>;
  /** @returns undefined for a transaction that is in no block */
  transaction(tx: string): Promise<Transaction | undefined>;
}

export interface ChainInfo {
  /** Number of blocks; the last one's number is one less. */
  readonly height: number;
  /** Hash of the last block's header, hexadecimal. */
  readonly currentHash: string;
}

export interface Block {
  readonly number: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly dataHash: string;
  readonly transactions: readonly Transaction[];
}

export interface Transaction {
  readonly tx: string;
  readonly block: number;
  /** RFC 3339 UTC; the submitter's word. */
  readonly timestamp: string;
  /** MSP of the submitter; undefined for a transaction that is not an endorsed one. */
  readonly mspId: string | undefined;
  /** Fabric's TxValidationCode by name, `VALID` if its writes were applied. */
  readonly code: string;
  /** `BoxOffice:submit`, `config` …; undefined where it is not known. */
  readonly function: string | undefined;
  /** The commands of `BoxOffice:submit` and what was answered to each; empty for everything else. */
  readonly commands: readonly unknown[];
  readonly outcomes: readonly Outcome[];
}

export interface NetworkStatus {
  /** Asks each node; one that does not answer is listed as such. */
  status(): Promise<NodesStatus>;
}

export interface NodesStatus {
  readonly peers: readonly NodeStatus[];
  readonly orderers: readonly NodeStatus[];
}

export interface NodeStatus {
  readonly mspId: string;
  readonly address: string;
  readonly reachable: boolean;
  readonly height?: number;
}
