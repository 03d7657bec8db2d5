/**
 * Proof of possession of a key: Schnorr's proof as the key generation of FROST has it (RFC 9591 with the PedPoP of its ciphersuites), without which a dealer
 * could offer a polynomial that it took from others' (a rogue key). The context says for what, where and by whom.
 */
import { concat, fromBase64url, toBase64url, utf8 } from './bytes.js';
import { check } from './fault.js';
import { hashToScalar } from './hash-to-scalar.js';
import { add, equalPoints, POINT_BYTES, pointBytes, pointFrom, type Point } from './point.js';
import { scalarBytes, scalarFrom, type Scalar } from './scalar.js';
import type { Suite } from './suite.js';

export interface PossessionStatement {
  readonly context: Uint8Array;
  readonly key: Point;
  /** Another than ours only for the vectors of others. */
  readonly dst?: Uint8Array;
}

export interface PossessionProof {
  /** R = k·G */
  readonly commitment: Point;
  /** k + c·secret */
  readonly response: Scalar;
}

const DST = utf8('guichet/v1/possession-P256-SHA256');

export function possessionChallenge(
  suite: Suite,
  { context, key, dst = DST }: PossessionStatement,
  commitment: Point,
): Scalar {
  return hashToScalar(suite, concat(context, pointBytes(key), pointBytes(commitment)), dst);
}

export function verifyPossession(suite: Suite, statement: PossessionStatement, proof: PossessionProof): boolean {
  const challenge = possessionChallenge(suite, statement, proof.commitment);
  const expected = add(proof.commitment, suite.multiply(challenge, statement.key));
  return equalPoints(suite.multiplyBase(proof.response), expected);
}

/** R || z, 65 bytes, base64url. */
export function encodePossession({ commitment, response }: PossessionProof): string {
  return toBase64url(concat(pointBytes(commitment), scalarBytes(response)));
}

/** @throws {Fault} PROOF_INVALID for another length, POINT_INVALID, SCALAR_INVALID */
export function decodePossession(text: string, field: string): PossessionProof {
  const bytes = fromBase64url(text);
  check(bytes?.length === POINT_BYTES + 32, 'PROOF_INVALID', field);
  return {
    commitment: pointFrom(bytes.subarray(0, POINT_BYTES), field),
    response: scalarFrom(bytes.subarray(POINT_BYTES), field),
  };
}
