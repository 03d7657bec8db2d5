/** What a generation comes to: who is qualified, the group's key, each node's public share. Everybody computes the same from the ledger. */
import { check } from '../fault.js';
import { nodeSuite } from '../node-suite.js';
import { encodePoint, type Point, type Sum } from '../point.js';
import { decodePossession, verifyPossession } from '../possession.js';
import type { Scalar } from '../scalar.js';
import { evaluateCommitments, lagrangeAtZero } from '../sharing.js';
import { sumOfProducts } from '../suite.js';
import type { Ruling } from './complaint.js';
import { commitmentsOf } from './dealing.js';
import { possessionContext, type Generation, type SharedKey } from './generation.js';
import type { Dealing, MessageOf } from './messages.js';
import { decodePublic } from './public-point.js';

export interface Outcome extends SharedKey {
  /** The dealers whose polynomials make up the key, ascending. */
  readonly qualified: readonly number[];
}

/** Those who dealt and were not found to have cheated. A false complaint is named, but leaves its author's dealing as good as it was. */
export function qualifiedSet(dealers: readonly number[], rulings: readonly Ruling[]): number[] {
  const guilty = new Set(rulings.filter(({ guilty }) => guilty === 'dealer').map(({ index }) => index));
  return dealers.filter((dealer) => !guilty.has(dealer));
}

/** What each dealer's polynomial counts: 1, or Lagrange's coefficient where the polynomials hide shares of an old key. */
export function weightsIn({ from }: Generation, qualified: readonly number[]): Map<number, Scalar> {
  return from ? lagrangeAtZero(qualified) : new Map(qualified.map((dealer) => [dealer, 1n]));
}

/** Commitments to the group's polynomial: C_l = Σ w_i·A_il. The first is the group's key. */
export function combinedCommitments(generation: Generation, dealings: readonly Dealing[]): Sum[] {
  const weights = weightsIn(
    generation,
    dealings.map(({ dealer }) => dealer),
  );
  const decoded = dealings.map((dealing) => [weights.get(dealing.dealer) ?? 0n, commitmentsOf(dealing)] as const);
  return Array.from({ length: generation.threshold }, (_, degree) =>
    sumOfProducts(
      nodeSuite,
      decoded.flatMap(([weight, points]) => points.slice(degree, degree + 1).map((point) => [weight, point] as const)),
    ),
  );
}

/**
 * @param dealings of the qualified dealers, ascending
 * @param holders those who have a receiving key
 * @returns undefined for a key or public share that is the identity: chance does not make it
 */
export function outcomeOf(
  generation: Generation,
  dealings: readonly Dealing[],
  holders: readonly number[],
): Outcome | undefined {
  const commitments = combinedCommitments(generation, dealings);
  const groupKey = commitments[0];
  const shares = holders.map((holder) => [holder, evaluateCommitments(commitments, holder)] as const);
  const known = shares.filter((entry): entry is readonly [number, Point] => entry[1] !== undefined);
  if (!groupKey || known.length < shares.length) return undefined;
  return {
    threshold: generation.threshold,
    groupKey: encodePoint(groupKey),
    publicShares: Object.fromEntries(known.map(([holder, point]) => [holder, encodePoint(point)])),
    qualified: dealings.map(({ dealer }) => dealer),
  };
}

/** @throws {Fault} NOT_A_RECIPIENT, GROUP_KEY_MISMATCH, POSSESSION_INVALID where the node doesn't know its share, PROOF_INVALID, POINT_INVALID, SCALAR_INVALID */
export function verifyReady(generation: Generation, outcome: SharedKey, message: MessageOf<'ready'>): void {
  const { recipient, groupKey, possession } = message;
  const publicShare = outcome.publicShares[recipient];
  check(publicShare !== undefined, 'NOT_A_RECIPIENT', 'recipient');
  check(groupKey === outcome.groupKey, 'GROUP_KEY_MISMATCH', 'groupKey');
  const statement = {
    context: possessionContext(generation, 'ready', recipient),
    key: decodePublic(publicShare, 'publicShare'),
  };
  const proof = decodePossession(possession, 'possession');
  check(verifyPossession(nodeSuite, statement, proof), 'POSSESSION_INVALID', 'possession');
}
