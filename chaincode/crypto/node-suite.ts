/**
 * P-256 on node:crypto. ECDH gives only the x of k·P; asked a second time for x of (k+1)·P, the y follows from the addition law. So the secret scalar is
 * used by OpenSSL alone, in constant time, at a seventh of the time that BigInt takes (COMMITTEE protocol, "Speed of one operation").
 */
import { createECDH, createHash, type ECDH } from 'node:crypto';
import { integerOf } from './bytes.js';
import { invert, mod } from './modular.js';
import { A, B, FIELD, isOnCurve, negate, uncompressedBytes, type Point, type Sum } from './point.js';
import { ORDER, scalarBytes, type Scalar } from './scalar.js';
import type { Suite } from './suite.js';

/** Making one costs more than using it. Each call sets its own key, and nothing here is asynchronous. */
const ecdh: ECDH = createECDH('prime256v1');

export const nodeSuite: Suite = {
  multiply(scalar: Scalar, point: Point): Sum {
    if (scalar === 0n) return undefined;
    // k + 1 would be no key.
    if (scalar === ORDER - 1n) return negate(point);
    const encoded = uncompressedBytes(point);
    return recover(point, sharedX(scalar, encoded), sharedX(scalar + 1n, encoded));
  },

  multiplyBase(scalar: Scalar): Sum {
    if (scalar === 0n) return undefined;
    ecdh.setPrivateKey(scalarBytes(scalar));
    const encoded = ecdh.getPublicKey();
    return { x: integerOf(encoded.subarray(1, 33)), y: integerOf(encoded.subarray(33)) };
  },

  sha256: (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest(),
};

function sharedX(scalar: Scalar, point: Uint8Array): bigint {
  ecdh.setPrivateKey(scalarBytes(scalar));
  return integerOf(ecdh.computeSecret(point));
}

/**
 * k·P = (x1, y1) from P = (x, y), x1 and the x2 of k·P + P. By the addition law (y1 - y)² = (x2 + x1 + x)(x1 - x)²; the squares of y and y1 are put in
 * from the curve's equation, and what is left is linear in y1. It holds for k = 1 too, where x1 = x.
 */
function recover({ x, y }: Point, x1: bigint, x2: bigint): Point {
  const difference = x - x1;
  const doubled = 2n * B + (A + x * x1) * (x + x1) - x2 * difference * difference;
  const result = { x: x1, y: mod(mod(doubled, FIELD) * invert(2n * y, FIELD), FIELD) };
  // A faulty multiplication would give away something about k.
  if (!isOnCurve(result)) throw new Error('the multiplication left the curve');
  return result;
}
