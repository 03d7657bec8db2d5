/**
 * P-256 with SHA-256: the three operations that everything else is made of, so that proofs and protocol exist once and run on node:crypto (chaincode,
 * nodes) and on @noble/curves (browsers, and the oracle of the tests).
 */
import { add, GENERATOR, multiplySmall, negate, type Point, type Sum } from './point.js';
import { ORDER, type Scalar } from './scalar.js';

export interface Suite {
  /** k·P, the identity for k = 0. @param scalar below the order @param point checked when it was decoded */
  multiply(scalar: Scalar, point: Point): Sum;
  /** k·G */
  multiplyBase(scalar: Scalar): Sum;
  sha256(bytes: Uint8Array): Uint8Array;
}

/** Σ k·P, with factors that everybody may know. */
export function sumOfProducts(suite: Suite, terms: readonly (readonly [Scalar, Point])[]): Sum {
  return terms.reduce<Sum>((sum, [scalar, point]) => add(sum, product(suite, scalar, point)), undefined);
}

/** Up to here a few additions are quicker than any suite. */
const FEW = 8n;

/** Lagrange's coefficients of low indexes are mostly small, and many sums weigh every point the same. */
function product(suite: Suite, scalar: Scalar, point: Point): Sum {
  if (scalar <= FEW) return multiplySmall(Number(scalar), point);
  if (scalar >= ORDER - FEW) return multiplySmall(Number(ORDER - scalar), negate(point));
  return point === GENERATOR ? suite.multiplyBase(scalar) : suite.multiply(scalar, point);
}
