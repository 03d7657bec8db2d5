/**
 * The oblivious function N = k·M with k shared among the nodes: RFC 9497's blinding, evaluation and proof, each node with its share, and Lagrange's
 * interpolation over the answers. A node sees only r·M, a wallet only k·M; any t answers give the same point.
 */
import {
  decodeDleqProof,
  encodeDleqProof,
  EVALUATION_CONTEXT,
  verifyDleq,
  type DleqProof,
} from '../../chaincode/crypto/dleq.js';
import { check } from '../../chaincode/crypto/fault.js';
import { decodePoint, encodePoint, equalPoints, type Point } from '../../chaincode/crypto/point.js';
import { invertScalar, type Scalar } from '../../chaincode/crypto/scalar.js';
import { interpolate } from '../../chaincode/crypto/sharing.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { notIdentity, proveDleq } from './prove.js';

/** The committee's key as wallet and nodes have pinned it: K_i by index. */
export interface EvaluationKey {
  readonly threshold: number;
  readonly publicShares: ReadonlyMap<number, Point>;
}

export interface KeyShare {
  readonly index: number;
  /** k_i */
  readonly secret: Scalar;
  /** K_i */
  readonly publicShare: Point;
}

/** What a node answers: Z_i = k_i·B and the proof that it is. */
export interface Evaluation {
  readonly index: number;
  readonly element: Point;
  readonly proof: DleqProof;
}

/** B = r·M, and R = r·G by which the wallet is held to its r. */
export interface Blinded {
  readonly blinded: Point;
  readonly blindingKey: Point;
}

export function blind(suite: Suite, element: Point, blinding: Scalar): Blinded {
  return {
    blinded: notIdentity(suite.multiply(blinding, element)),
    blindingKey: notIdentity(suite.multiplyBase(blinding)),
  };
}

export function evaluate(suite: Suite, share: KeyShare, blinded: Point, nonce: Scalar): Evaluation {
  const element = notIdentity(suite.multiply(share.secret, blinded));
  const proof = proveDleq(suite, evaluationStatement(share.publicShare, blinded, element), share.secret, nonce);
  return { index: share.index, element, proof };
}

export function verifyEvaluation(suite: Suite, key: EvaluationKey, blinded: Point, evaluation: Evaluation): boolean {
  const publicShare = key.publicShares.get(evaluation.index);
  if (!publicShare) return false;
  return verifyDleq(suite, evaluationStatement(publicShare, blinded, evaluation.element), evaluation.proof);
}

const evaluationStatement = (key: Point, from: Point, to: Point) => ({
  context: EVALUATION_CONTEXT,
  key,
  pairs: [{ from, to }],
});

/** W = k·B, the answers that it was made of, and the nodes that answered wrongly. */
export interface Combination {
  readonly combined: Point;
  readonly used: readonly Evaluation[];
  readonly lying: readonly number[];
}

/**
 * For whoever asked the nodes: takes the first t right answers, whatever the others say. Answers after those are not looked at.
 * @throws {Fault} EVALUATIONS_TOO_FEW, and the caller asks further nodes
 */
export function combine(suite: Suite, key: EvaluationKey, blinded: Point, answers: readonly Evaluation[]): Combination {
  const used = new Map<number, Evaluation>();
  const lying = new Set<number>();
  for (const answer of answers) {
    if (used.size === key.threshold) break;
    if (used.has(answer.index)) continue;
    if (verifyEvaluation(suite, key, blinded, answer)) used.set(answer.index, answer);
    else lying.add(answer.index);
  }
  check(used.size === key.threshold, 'EVALUATIONS_TOO_FEW', 'evaluations');
  return { combined: interpolated(suite, [...used.values()]), used: [...used.values()], lying: [...lying] };
}

/**
 * For a node that is shown somebody's combination: every one of exactly t answers has to be right and W theirs.
 * @throws {Fault} EVALUATIONS_TOO_FEW, INDEX_INVALID for a node twice, EVALUATION_INVALID naming the answer, COMBINATION_MISMATCH
 */
export function verifyCombination(
  suite: Suite,
  key: EvaluationKey,
  blinded: Point,
  { used, combined }: Pick<Combination, 'used' | 'combined'>,
): void {
  check(used.length === key.threshold, 'EVALUATIONS_TOO_FEW', 'evaluations');
  check(new Set(used.map(({ index }) => index)).size === used.length, 'INDEX_INVALID', 'evaluations');
  for (const [at, answer] of used.entries())
    check(verifyEvaluation(suite, key, blinded, answer), 'EVALUATION_INVALID', `evaluations[${at}]`);
  check(equalPoints(interpolated(suite, used), combined), 'COMBINATION_MISMATCH', 'combined');
}

const interpolated = (suite: Suite, answers: readonly Evaluation[]): Point =>
  notIdentity(interpolate(suite, new Map(answers.map(({ index, element }) => [index, element]))));

/** N = W/r = k·M. */
export function unblind(suite: Suite, combined: Point, blinding: Scalar): Point {
  return notIdentity(suite.multiply(invertScalar(blinding), combined));
}

/** An answer as it travels. */
export interface EvaluationJson {
  readonly index: number;
  readonly element: string;
  readonly proof: string;
}

export function encodeEvaluation({ index, element, proof }: Evaluation): EvaluationJson {
  return { index, element: encodePoint(element), proof: encodeDleqProof(proof) };
}

/** @throws {Fault} POINT_INVALID, PROOF_INVALID, SCALAR_INVALID, naming the member below `at` */
export function decodeEvaluation({ index, element, proof }: EvaluationJson, at = ''): Evaluation {
  const field = (member: string) => (at === '' ? member : `${at}.${member}`);
  return { index, element: decodePoint(element, field('element')), proof: decodeDleqProof(proof, field('proof')) };
}

/** Several that were shown together: a wallet's own proof is called `proof` too. @throws {Fault} as of one, which it names */
export const decodeEvaluations = (evaluations: readonly EvaluationJson[]): Evaluation[] =>
  evaluations.map((each, at) => decodeEvaluation(each, `evaluations[${at}]`));
