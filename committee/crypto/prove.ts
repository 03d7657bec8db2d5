/** Proving what chaincode/crypto verifies: equal logarithms (RFC 9497 section 2.2.1, GenerateProof, with A = G) and possession of a key. */
import { challengeOf, weightsOf, type DleqProof, type DleqStatement } from '../../chaincode/crypto/dleq.js';
import type { Point, Sum } from '../../chaincode/crypto/point.js';
import {
  possessionChallenge,
  type PossessionProof,
  type PossessionStatement,
} from '../../chaincode/crypto/possession.js';
import { toScalar, type Scalar } from '../../chaincode/crypto/scalar.js';
import { sumOfProducts, type Suite } from '../../chaincode/crypto/suite.js';

/** @param nonce random, or derived from secret and statement; never twice */
export function proveDleq(suite: Suite, statement: DleqStatement, secret: Scalar, nonce: Scalar): DleqProof {
  const weights = weightsOf(suite, statement);
  const sum = sumOfProducts(
    suite,
    statement.pairs.map(({ from }, index) => [weights[index] ?? 0n, from]),
  );
  const from = notIdentity(sum);
  const to = notIdentity(suite.multiply(secret, from));
  const commitments = [suite.multiplyBase(nonce), suite.multiply(nonce, from)].map(notIdentity) as [Point, Point];
  const challenge = challengeOf(suite, statement, { from, to }, commitments);
  return { challenge, response: toScalar(nonce - challenge * secret) };
}

/** @param nonce as of proveDleq */
export function provePossession(
  suite: Suite,
  statement: PossessionStatement,
  secret: Scalar,
  nonce: Scalar,
): PossessionProof {
  const commitment = notIdentity(suite.multiplyBase(nonce));
  const challenge = possessionChallenge(suite, statement, commitment);
  return { commitment, response: toScalar(nonce + challenge * secret) };
}

/** A secret and a nonce are not zero, and no point here is the identity. */
export function notIdentity(sum: Sum): Point {
  if (!sum) throw new RangeError('the identity is not a point');
  return sum;
}
