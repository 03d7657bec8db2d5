/** Shamir's sharing in the open: Lagrange's coefficients (RFC 9591 section 4.2) and Feldman's commitments (RFC 9591 appendix C.2). */
import { check } from './fault.js';
import { add, multiplySmall, type Point, type Sum } from './point.js';
import { invertScalar, toScalar, type Scalar } from './scalar.js';
import { sumOfProducts, type Suite } from './suite.js';

/** Nodes are counted from 1; at most 255 of them, so that an index is one byte. */
export const MAX_INDEX = 255;

/** l_i at 0 for every index of a set. @throws {Fault} INDEX_INVALID for an index twice, or out of range: at 0 lies the secret */
export function lagrangeAtZero(indexes: readonly number[]): Map<number, Scalar> {
  const sound = indexes.every((index) => Number.isInteger(index) && index >= 1 && index <= MAX_INDEX);
  check(sound && new Set(indexes).size === indexes.length, 'INDEX_INVALID', 'indexes');
  return new Map(indexes.map((index) => [index, coefficientOf(index, indexes)]));
}

function coefficientOf(index: number, indexes: readonly number[]): Scalar {
  let [numerator, denominator] = [1n, 1n];
  for (const other of indexes) {
    if (other === index) continue;
    numerator *= BigInt(other);
    denominator *= BigInt(other - index);
  }
  return toScalar(numerator * invertScalar(denominator));
}

/** Σ l_i·P_i: from the shares of any set of indexes that is large enough, the same point. */
export function interpolate(suite: Suite, shares: ReadonlyMap<number, Point>): Sum {
  const coefficients = lagrangeAtZero([...shares.keys()]);
  return sumOfProducts(
    suite,
    [...shares].map(([index, point]) => [coefficients.get(index) ?? 0n, point]),
  );
}

/** f(j)·G from the commitments A_l = a_l·G: Σ j^l·A_l, by Horner's rule. */
export function evaluateCommitments(commitments: readonly Sum[], index: number): Sum {
  return commitments.reduceRight<Sum>((sum, commitment) => add(multiplySmall(index, sum), commitment), undefined);
}
