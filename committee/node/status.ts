/** What a node says of itself to anybody. */
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';

export interface KeyStatus {
  /** `dedup`, an event's id or a market's. */
  readonly owner: string;
  readonly generation: number;
  readonly epoch: number;
  readonly state: 'generating' | 'usable' | 'failed' | 'destroyed';
  /** Whether this node has a share of it. */
  readonly held: boolean;
}

export interface NodeStatus {
  readonly mspId: string;
  readonly node: string;
  readonly jwk: PublicJwk;
  /** The present committee's epoch and this node's index in it, where it has one. */
  readonly epoch: number | undefined;
  readonly index: number | undefined;
  readonly keys: readonly KeyStatus[];
  /** Reaches the ledger. @throws {NodeError} LEDGER_UNAVAILABLE, LEDGER_DISAGREES */
  ready(): Promise<void>;
}
