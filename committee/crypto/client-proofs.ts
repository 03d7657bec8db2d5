/**
 * The wallet's two proofs, by which it is held to the document that the attestor saw without showing it to a node (COMMITTEE protocol, A).
 *   blinding    p_j = DLEQ(r_j; G,R_j; M,B_j): to the attestor, who knows M. The handle hides M and no other.
 *   unblinding  DLEQ(r_j; G,R_j; N,W): to the nodes, who know W. N is what the same r_j leaves of it, for this holder key and no other.
 */
import { dleqContext, verifyDleq, type DleqProof } from '../../chaincode/crypto/dleq.js';
import { check } from '../../chaincode/crypto/fault.js';
import type { Point } from '../../chaincode/crypto/point.js';
import type { Scalar } from '../../chaincode/crypto/scalar.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { commitmentTo, type Salt } from './credential.js';
import { verifyCombination, type Blinded, type Evaluation, type EvaluationKey } from './oprf.js';
import { proveDleq } from './prove.js';

/** What the attestor signs. */
export interface Handle extends Blinded {
  /** com_j */
  readonly commitment: string;
}

export function proveBlinding(
  suite: Suite,
  handle: Handle,
  { element, blinding }: { readonly element: Point; readonly blinding: Scalar },
  nonce: Scalar,
): DleqProof {
  return proveDleq(suite, blindingStatement(suite, handle, element), blinding, nonce);
}

/** What an attestor knows of a person whose document it holds. */
export interface Attested {
  readonly identity: string;
  /** M, computed once for all handles of a person. */
  readonly element: Point;
}

/** The attestor's check before it signs. @throws {Fault} COMMITMENT_MISMATCH, BLINDING_PROOF_INVALID */
export function verifyHandle(
  suite: Suite,
  { identity, element }: Attested,
  handle: Handle,
  { salt, proof }: { readonly salt: Salt; readonly proof: DleqProof },
): void {
  check(commitmentTo(suite, salt, identity) === handle.commitment, 'COMMITMENT_MISMATCH', 'commitment');
  check(verifyDleq(suite, blindingStatement(suite, handle, element), proof), 'BLINDING_PROOF_INVALID', 'proof');
}

function blindingStatement(suite: Suite, { blinded, blindingKey, commitment }: Handle, element: Point) {
  const context = dleqContext(suite, 'blinding', commitment);
  return { context, key: blindingKey, pairs: [{ from: element, to: blinded }] };
}

/** What an unblinding is good for. A proof for one does not serve for another. */
export interface Scope {
  readonly channel: string;
  readonly keyId: string;
  /** Of the key's committee. */
  readonly epoch: number;
  /** The event's id; empty for the person itself. */
  readonly event: string;
  /** Thumbprint of the new master or holder key. */
  readonly holder: string;
  readonly commitment: string;
  readonly sequence: number;
}

export interface Unblinding {
  readonly blindingKey: Point;
  /** W */
  readonly combined: Point;
  /** N */
  readonly unblinded: Point;
}

export function proveUnblinding(
  suite: Suite,
  unblinding: Unblinding,
  scope: Scope,
  { blinding, nonce }: { readonly blinding: Scalar; readonly nonce: Scalar },
): DleqProof {
  return proveDleq(suite, unblindingStatement(suite, unblinding, scope), blinding, nonce);
}

function unblindingStatement(suite: Suite, { blindingKey, combined, unblinded }: Unblinding, scope: Scope) {
  const { channel, keyId, epoch, event, holder, commitment, sequence } = scope;
  const context = dleqContext(suite, 'unblinding', channel, keyId, epoch, event, holder, commitment, sequence);
  return { context, key: blindingKey, pairs: [{ from: unblinded, to: combined }] };
}

/** All that a wallet shows a node: the handle's values, t nodes' answers and what it made of them. */
export interface Enrolment extends Blinded, Unblinding {
  readonly used: readonly Evaluation[];
  readonly proof: DleqProof;
}

/**
 * A node's check before it signs a person or a credential: the answers, not other nodes' word for them. `personIdOf` or `credentialIdOf` of
 * `unblinded` is then this person's.
 * @throws {Fault} what verifyCombination throws, UNBLINDING_PROOF_INVALID
 */
export function verifyEnrolment(suite: Suite, key: EvaluationKey, enrolment: Enrolment, scope: Scope): void {
  verifyCombination(suite, key, enrolment.blinded, enrolment);
  const statement = unblindingStatement(suite, enrolment, scope);
  check(verifyDleq(suite, statement, enrolment.proof), 'UNBLINDING_PROOF_INVALID', 'proof');
}
