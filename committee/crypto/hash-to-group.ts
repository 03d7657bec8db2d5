/** M: an identity as a point of which nobody knows the logarithm. RFC 9380 P256_XMD:SHA-256_SSWU_RO_ under the tag of RFC 9497's verifiable mode. */
import { p256_hasher } from '@noble/curves/nist.js';
import { concat, utf8 } from '../../chaincode/crypto/bytes.js';
import { EVALUATION_CONTEXT } from '../../chaincode/crypto/dleq.js';
import type { Point } from '../../chaincode/crypto/point.js';
import { fromNoble } from './noble-suite.js';

const DST = concat(utf8('HashToGroup-'), EVALUATION_CONTEXT);

/** @param dst another one only for the vectors of RFC 9380 */
export function hashToGroup(input: Uint8Array, dst: Uint8Array = DST): Point {
  return fromNoble(p256_hasher.hashToCurve(input, { DST: dst }));
}

/** @param identity canonical: `issuer || scheme || number` */
export const elementOf = (identity: string): Point => hashToGroup(utf8(identity));
