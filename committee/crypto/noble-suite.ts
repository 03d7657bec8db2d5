/** P-256 on @noble/curves: for browsers, which have no ECDH that gives a whole point, and as the oracle that node:crypto is held against. */
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Point, Sum } from '../../chaincode/crypto/point.js';
import type { Scalar } from '../../chaincode/crypto/scalar.js';
import type { Suite } from '../../chaincode/crypto/suite.js';

type NoblePoint = typeof p256.Point.BASE;

export const nobleSuite: Suite = {
  multiply: (scalar: Scalar, point: Point): Sum => times(scalar, p256.Point.fromAffine({ x: point.x, y: point.y })),
  multiplyBase: (scalar: Scalar): Sum => times(scalar, p256.Point.BASE),
  sha256: (bytes: Uint8Array): Uint8Array => sha256(bytes),
};

/** Noble's constant-time multiplication takes no zero. */
function times(scalar: Scalar, point: NoblePoint): Sum {
  return scalar === 0n ? undefined : fromNoble(point.multiply(scalar));
}

export function fromNoble(point: NoblePoint): Point {
  const { x, y } = point.toAffine();
  return { x, y };
}
