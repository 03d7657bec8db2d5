/** What the handlers of requests need of the rest of the node. */
import type { Generation } from '../../chaincode/crypto/generation/generation.js';
import type { verifyJws } from '../../chaincode/crypto/jws.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import type { Key } from '../../chaincode/domain/keys.js';
import type { EvaluationKey, KeyShare } from '../crypto/oprf.js';
import type { Bindings } from '../storage/bindings.js';
import type { SigningKey } from '../storage/signing-key.js';
import type { DailyCounts } from './daily-counts.js';

/** A usable key of which this node holds a share. */
export interface HeldKey {
  readonly generation: Generation;
  readonly share: KeyShare;
  readonly key: EvaluationKey;
}

export interface HeldKeys {
  /**
   * @param owner `dedup`, an event's id or a market's
   * @throws {NodeError} KEY_NOT_USABLE where there is no usable key, NO_SHARE where this node has none of it
   */
  of(owner: string): Promise<HeldKey>;
}

export interface Records {
  /** What this node believes that the ledger holds; may be a few seconds old. @throws {NodeError} LEDGER_UNAVAILABLE, LEDGER_DISAGREES */
  read<T>(key: Key<T>): Promise<T | undefined>;
}

/** The curve's arithmetic, apart from the signer's: so that another one can be measured against it. */
export interface Arithmetic {
  readonly suite: Suite;
  /** ES256 */
  readonly verifySignature: typeof verifyJws;
}

export interface NodeServices extends Arithmetic {
  readonly mspId: string;
  /** The node's name, unique in its organization. */
  readonly node: string;
  readonly channel: string;
  readonly records: Records;
  /** The same, never of before: a wallet asks again as soon as its person is on the ledger. */
  readonly persons: Records;
  readonly keys: HeldKeys;
  readonly bindings: Pick<Bindings, 'bind'>;
  readonly checksOfDevices: DailyCounts;
  readonly signer: Pick<SigningKey, 'sign' | 'kid'>;
  /** Milliseconds since 1970, by this node's own clock. */
  readonly now: () => number;
}
