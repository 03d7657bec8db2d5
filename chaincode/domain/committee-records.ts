/** Records of the committee's keys, of how each came about, and of whom the committee vouches for. README.md has their keys. */
import type { Failure } from '../crypto/generation/board.js';
import type { Ruling } from '../crypto/generation/complaint.js';
import type { Generation, SharedKey } from '../crypto/generation/generation.js';
import type { Message } from '../crypto/generation/messages.js';
import type { Outcome } from '../crypto/generation/outcome.js';
import type { Awaited } from '../crypto/generation/rounds.js';
import type { PublicJwk } from '../crypto/jwk.js';

/** A key as it may be used now, and by whom. */
export interface UsableKey extends SharedKey {
  readonly generation: number;
  readonly epoch: number;
  /** The own keys of the committee's nodes; the first has the index 1. */
  readonly nodes: readonly PublicJwk[];
}

/** The dedup key, the key of one event, or of one sealed market. */
export interface KeyRecord {
  /** The newest; `state` is its state. */
  readonly generation: number;
  readonly epoch: number;
  readonly threshold: number;
  readonly state: 'generating' | 'usable' | 'failed' | 'destroyed';
  /** Why the newest generation failed. */
  readonly failure?: Failure | 'MARKET_NOT_OPEN';
  /** Stays while another generation moves it to a new committee, and where that fails. */
  readonly key?: UsableKey;
}

export interface GenerationRecord {
  readonly generation: Generation;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** The own keys of the nodes that get shares; the first has the index 1. */
  readonly recipients: readonly PublicJwk[];
  /** Those of the nodes that deal, where others hold the key until now. */
  readonly dealers?: readonly PublicJwk[];
  /** Once the key is usable. */
  readonly outcome?: Outcome;
}

/** What one node posted in one round. Verified then, and never again. */
export interface MessageRecord {
  readonly message: Message;
  /** Of the statement that it came in. */
  readonly digest: string;
  /** Seconds since 1970. */
  readonly at: number;
  /** Who was named by the complaints of a verdict. */
  readonly rulings?: readonly Ruling[];
  /** The statement itself, of those who are ready: a wallet believes t of them, not the ledger. */
  readonly statement?: string;
}

/** Somebody ended the round: a message that is held back across it conflicts. */
export interface ClosedRecord {
  /** Seconds since 1970. */
  readonly at: number;
  /** Who had not posted by then. */
  readonly awaited: Awaited;
}

/** Whose key somebody's is, by thumbprint. */
export interface BoundKey {
  readonly key: string;
  /** Adds one with every replacement, and with every one that was vetoed. */
  readonly sequence: number;
  readonly pending?: PendingKey;
}

/** A replacement without the old key's word: its time comes at `activatesAt` (RFC 3339 UTC), unless the old key vetoes. */
export interface PendingKey {
  readonly key: string;
  readonly sequence: number;
  readonly activatesAt: string;
  /** By attestors of two organizations. */
  readonly approved?: true;
}

/** A person's master key. */
export interface PersonRecord extends BoundKey {
  /** Of the committee whose nodes vouched for it last. */
  readonly epoch: number;
}

/** A credential's holder key at its event. */
export type EnrolmentRecord = BoundKey;
