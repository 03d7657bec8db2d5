/**
 * Faults: the one closed list of reasons for which the committee's cryptography says no. The ledger's rules turn them into refusals of the same code,
 * nodes and wallets into problems.
 */

/** What can be wrong with a message of a key generation that somebody posts on the ledger. */
export const POSTED_FAULT_CODES = [
  // Encodings
  'SCALAR_INVALID',
  'POINT_INVALID',
  'PROOF_INVALID',
  // Key generation
  'WRONG_ROUND',
  'ROUND_NOT_OVER',
  'NOT_A_DEALER',
  'NOT_A_RECIPIENT',
  'ALREADY_POSTED',
  'DIGEST_MISMATCH',
  'COMMITMENTS_WRONG',
  'POSSESSION_INVALID',
  'PUBLIC_SHARE_MISMATCH',
  'RECIPIENTS_MISMATCH',
  'UNKNOWN_DEALING',
  'COMPLAINT_REPEATED',
  'GROUP_KEY_MISMATCH',
] as const;

export const FAULT_CODES = [
  ...POSTED_FAULT_CODES,
  'MESSAGE_INVALID',
  'NOT_MY_MESSAGE',
  // Threshold evaluation
  'INDEX_INVALID',
  'EVALUATION_INVALID',
  'EVALUATIONS_TOO_FEW',
  'COMBINATION_MISMATCH',
  // The client's proofs
  'COMMITMENT_MISMATCH',
  'BLINDING_PROOF_INVALID',
  'UNBLINDING_PROOF_INVALID',
] as const;

export type FaultCode = (typeof FAULT_CODES)[number];

/** Thrown by whatever decodes or verifies. It names the field at fault and never holds a value: that could be a secret. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly code: FaultCode,
    readonly field: string,
  ) {
    super(`${code} ${field}`);
  }
}

/** Throws unless the condition holds. */
export function check(condition: boolean, code: FaultCode, field: string): asserts condition {
  if (!condition) throw new Fault(code, field);
}
