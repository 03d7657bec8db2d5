/** Secret scalars: from the system's random numbers, or derived from a seed where the same input has to give the same message again. */
import { integerOf, utf8 } from '../../chaincode/crypto/bytes.js';
import { hashToScalar } from '../../chaincode/crypto/hash-to-scalar.js';
import { ORDER, type Scalar } from '../../chaincode/crypto/scalar.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { transcript, type Part } from '../../chaincode/crypto/transcript.js';

/** 128 bits more than the order has: the bias is negligible (RFC 9497 section 4.7.2). */
const RANDOM_BYTES = 48;
const DERIVE_DST = utf8('guichet/v1/derive-P256-SHA256');

/** Where secret scalars come from; tests put a seeded one in its place. */
export type RandomScalar = () => Scalar;

/** RFC 9497 RandomScalar, from 1 to q - 1, by WebCrypto, which browsers and Node have alike. */
export const randomScalar: RandomScalar = () =>
  (integerOf(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))) % (ORDER - 1n)) + 1n;

/**
 * A scalar that only the seed's owner can know. For a proof's nonce the parts have to hold the whole statement: one nonce under two challenges gives the
 * secret away.
 */
export function deriveScalar(suite: Suite, seed: Uint8Array, ...parts: readonly Part[]): Scalar {
  const scalar = hashToScalar(suite, transcript('derive', seed, ...parts), DERIVE_DST);
  if (scalar === 0n) throw new Error('derived zero, which does not happen');
  return scalar;
}
