/**
 * Proofs that one secret w is behind several points, key = w·G and every to = w·from: RFC 9497 section 2.2, with A = G. Verifying and what it shares with
 * proving. The node's evaluations use the RFC's own context string, ours for the rest have the digest of what they bind in theirs.
 */
import { concat, fromBase64url, integerBytes, toBase64url, utf8 } from './bytes.js';
import { check } from './fault.js';
import { hashToScalar } from './hash-to-scalar.js';
import { GENERATOR, pointBytes, type Point } from './point.js';
import { scalarBytes, scalarFrom, toScalar, type Scalar } from './scalar.js';
import { sumOfProducts, type Suite } from './suite.js';
import { hash, type Part, type Tag } from './transcript.js';

export interface DleqStatement {
  readonly context: Uint8Array;
  readonly key: Point;
  readonly pairs: readonly { readonly from: Point; readonly to: Point }[];
}

export interface DleqProof {
  readonly challenge: Scalar;
  readonly response: Scalar;
}

/** The sums of all pairs' sides, each pair with a weight that nobody could choose. */
export interface Composites {
  readonly from: Point;
  readonly to: Point;
}

/** RFC 9497 section 4.3: context string of the verifiable mode. */
export const EVALUATION_CONTEXT: Uint8Array = concat(utf8('OPRFV1-'), Uint8Array.of(1), utf8('-P256-SHA256'));

/** A context string of our own, which binds the proof to what the parts say. */
export function dleqContext(suite: Suite, tag: Tag, ...parts: readonly Part[]): Uint8Array {
  return concat(utf8(`guichet/v1/${tag}-`), hash(suite, tag, ...parts));
}

const withLength = (bytes: Uint8Array): Uint8Array => concat(integerBytes(bytes.length, 2), bytes);
const sized = (parts: readonly Uint8Array[]): Uint8Array => concat(...parts.map(withLength));
const scalarTag = (context: Uint8Array): Uint8Array => concat(utf8('HashToScalar-'), context);

/** RFC 9497 section 2.2.1, ComputeComposites: d_i of each pair. */
export function weightsOf(suite: Suite, { context, key, pairs }: DleqStatement): Scalar[] {
  const seed = suite.sha256(sized([pointBytes(key), concat(utf8('Seed-'), context)]));
  return pairs.map(({ from, to }, index) => {
    const ends = sized([pointBytes(from), pointBytes(to)]);
    const input = concat(withLength(seed), integerBytes(index, 2), ends, utf8('Composite'));
    return hashToScalar(suite, input, scalarTag(context));
  });
}

/** RFC 9497 section 2.2.1: the challenge to the commitments t2 = r·G and t3 = r·M. */
export function challengeOf(
  suite: Suite,
  { context, key }: DleqStatement,
  { from, to }: Composites,
  [t2, t3]: readonly [Point, Point],
): Scalar {
  const input = concat(sized([key, from, to, t2, t3].map(pointBytes)), utf8('Challenge'));
  return hashToScalar(suite, input, scalarTag(context));
}

/** RFC 9497 section 2.2.2, VerifyProof. */
export function verifyDleq(suite: Suite, statement: DleqStatement, proof: DleqProof): boolean {
  const { challenge, response } = proof;
  const weights = weightsOf(suite, statement);
  const weighted = (side: 'from' | 'to') =>
    sumOfProducts(
      suite,
      statement.pairs.map((pair, index) => [weights[index] ?? 0n, pair[side]]),
    );
  const [from, to] = [weighted('from'), weighted('to')];
  if (!from || !to) return false;
  const t2 = sumOfProducts(suite, [
    [response, GENERATOR],
    [challenge, statement.key],
  ]);
  const t3 = sumOfProducts(suite, [
    [response, from],
    [challenge, to],
  ]);
  return t2 !== undefined && t3 !== undefined && challengeOf(suite, statement, { from, to }, [t2, t3]) === challenge;
}

/** c || s, 64 bytes, base64url (RFC 9497 section 2.2.1). */
export function encodeDleqProof({ challenge, response }: DleqProof): string {
  return toBase64url(concat(scalarBytes(challenge), scalarBytes(toScalar(response))));
}

/** @throws {Fault} PROOF_INVALID for another length, SCALAR_INVALID for what is not below the order */
export function decodeDleqProof(text: string, field: string): DleqProof {
  const bytes = fromBase64url(text);
  check(bytes?.length === 64, 'PROOF_INVALID', field);
  return { challenge: scalarFrom(bytes.subarray(0, 32), field), response: scalarFrom(bytes.subarray(32), field) };
}
