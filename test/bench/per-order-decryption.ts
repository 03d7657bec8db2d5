/**
 * What the sealed market is held against: a committee that decrypts every order, in this benchmark only. Orders are sealed to the same kind of key, but its
 * secret never comes out: each node answers every enc with x_i·enc and a proof (RFC 9497's, as of its evaluations), for each order or for many at once;
 * whoever combines verifies t nodes' answers and interpolates. All on node:crypto, with the nodes' own code, encoded as the nodes' answers are.
 */
import {
  decodeDleqProof,
  encodeDleqProof,
  EVALUATION_CONTEXT,
  verifyDleq,
  type DleqStatement,
} from '../../chaincode/crypto/dleq.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { decodePoint, encodePoint, type Point } from '../../chaincode/crypto/point.js';
import { interpolate } from '../../chaincode/crypto/sharing.js';
import type { EvaluationKey, KeyShare } from '../../committee/crypto/oprf.js';
import { shareAt } from '../../committee/crypto/polynomial.js';
import { notIdentity, proveDleq } from '../../committee/crypto/prove.js';
import { randomScalar } from '../../committee/crypto/secrets.js';

export interface SharedKey extends EvaluationKey {
  readonly groupKey: Point;
  readonly shares: readonly KeyShare[];
}

/** By one dealer: how the key came about is not measured. */
export function dealKey(nodes: number, threshold: number): SharedKey {
  const polynomial = Array.from({ length: threshold }, randomScalar);
  const pointOf = (secret: bigint) => notIdentity(nodeSuite.multiplyBase(secret));
  const shares = Array.from({ length: nodes }, (_, at) => {
    const secret = shareAt(polynomial, at + 1);
    return { index: at + 1, secret, publicShare: pointOf(secret) };
  });
  const publicShares = new Map(shares.map(({ index, publicShare }) => [index, publicShare]));
  return { threshold, publicShares, groupKey: pointOf(shareAt(polynomial, 0)), shares };
}

/** A node's answer for some orders under one proof, as it travels. */
export interface Answer {
  readonly index: number;
  readonly elements: readonly string[];
  readonly proof: string;
}

const statementOf = (key: Point, encs: readonly Point[], elements: readonly Point[]): DleqStatement => ({
  context: EVALUATION_CONTEXT,
  key,
  pairs: encs.map((from, at) => ({ from, to: notIdentity(elements[at]) })),
});

/** A node's work for some orders. */
export function answerFor(encs: readonly Point[], { index, secret, publicShare }: KeyShare): Answer {
  const elements = encs.map((enc) => notIdentity(nodeSuite.multiply(secret, enc)));
  const proof = proveDleq(nodeSuite, statementOf(publicShare, encs, elements), secret, randomScalar());
  return { index, elements: elements.map(encodePoint), proof: encodeDleqProof(proof) };
}

/** @returns x·enc of each order. @throws {Error} naming the node whose answer is wrong */
export function combineAnswers(
  encs: readonly Point[],
  answers: readonly Answer[],
  { publicShares, threshold }: EvaluationKey,
): readonly Point[] {
  if (answers.length !== threshold) throw new Error(`${answers.length} answers are not ${threshold}`);
  const decoded = answers.map(({ index, elements, proof }) => {
    const points = elements.map((element) => decodePoint(element, 'element'));
    const publicShare = notIdentity(publicShares.get(index));
    const right =
      points.length === encs.length &&
      verifyDleq(nodeSuite, statementOf(publicShare, encs, points), decodeDleqProof(proof, 'proof'));
    if (!right) throw new Error(`node ${index} answers wrongly`);
    return { index, points };
  });
  return encs.map((_, at) => {
    const shares = decoded.map(({ index, points }) => [index, notIdentity(points[at])] as const);
    return notIdentity(interpolate(nodeSuite, new Map(shares)));
  });
}
