/**
 * P-256 with SHA-256: the three operations that everything else is made of, so that proofs and protocol exist once and run on node:crypto (chaincode,
 * nodes) and on @noble/curves (browsers, and the oracle of the tests).
 */
import { add, GENERATOR, type Point, type Sum } from './point.js';
import type { Scalar } from './scalar.js';

export interface Suite {
  /** k·P, the identity for k = 0. @param scalar below the order @param point checked when it was decoded */
  multiply(scalar: Scalar, point: Point): Sum;
  /** k·G */
  multiplyBase(scalar: Scalar): Sum;
  sha256(bytes: Uint8Array): Uint8Array;
}

/** Σ k·P. */
export function sumOfProducts(suite: Suite, terms: readonly (readonly [Scalar, Point])[]): Sum {
  return terms.reduce<Sum>((sum, [scalar, point]) => add(sum, product(suite, scalar, point)), undefined);
}

/** Many sums weigh every point the same. */
function product(suite: Suite, scalar: Scalar, point: Point): Sum {
  if (scalar === 1n) return point;
  return point === GENERATOR ? suite.multiplyBase(scalar) : suite.multiply(scalar, point);
}
