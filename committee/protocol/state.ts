/** What a node keeps of one key generation. JSON, so that a restart goes on where it was; the two secrets stand apart from the rest. */
import type { Board, Round } from '../../chaincode/crypto/generation/board.js';

export interface NodeState {
  readonly board: Board;
  readonly role: Role;
  /** SECRET. Gone as soon as the key is usable or the generation has failed. */
  readonly dealing?: DealingSecret | undefined;
  /** SECRET, base64url: this node's share k_j. Gone when it is destroyed. */
  readonly share?: string | undefined;
  /** The round whose deadline this node's own peer has seen pass. */
  readonly overdue?: Round;
  readonly destroyed?: true;
}

/** A node's place: where a key moves it may have one among the old nodes, one among the new ones, or both, and they differ. */
export interface Role {
  readonly dealer?: number;
  readonly recipient?: number;
}

/** From the seed come receiving key, polynomial, ephemeral keys and nonces: the same input makes the same message, also after a restart. */
export interface DealingSecret {
  /** 32 random bytes, base64url. */
  readonly seed: string;
  /** The old share k_i, base64url, which the polynomial hides where a key moves. */
  readonly constant?: string;
}
