/** Shamir's polynomial of a dealer (RFC 9591 appendix C.1): its shares and the commitments to its coefficients. */
import type { Point } from '../../chaincode/crypto/point.js';
import { toScalar, type Scalar } from '../../chaincode/crypto/scalar.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { notIdentity } from './prove.js';

/** Constant first: it is the secret. */
export type Polynomial = readonly Scalar[];

/** f(j), which for j = 0 is the secret. */
export function shareAt(polynomial: Polynomial, index: number): Scalar {
  return polynomial.reduceRight((sum, coefficient) => toScalar(sum * BigInt(index) + coefficient), 0n);
}

export function commitTo(suite: Suite, polynomial: Polynomial): Point[] {
  return polynomial.map((coefficient) => notIdentity(suite.multiplyBase(coefficient)));
}
