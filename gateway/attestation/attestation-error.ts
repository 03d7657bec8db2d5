/**
 * Why nothing is attested: a document that can't be read or is not accepted, or handles that are not its holder's. Codes are the committee's own; an error
 * names a place and never what stands there, so it may be logged.
 */
import { Fault } from '../../chaincode/crypto/fault.js';
import { REFUSAL_CODES, Refusal, type RefusalCode } from '../../chaincode/domain/refusal.js';
import { ClientError } from '../../committee/client/client-error.js';
import { IDENTITY_ERROR_CODES, IdentityError } from '../../committee/identity/identity-error.js';

export const ATTESTATION_CODES = [
  ...IDENTITY_ERROR_CODES,
  // What the wallet shows
  'COMMITMENT_MISMATCH',
  'BLINDING_PROOF_INVALID',
  'UNBLINDING_PROOF_INVALID',
  'INDEX_INVALID',
  'EVALUATION_INVALID',
  'EVALUATIONS_TOO_FEW',
  'COMBINATION_MISMATCH',
  'HANDLE_REPEATED',
  'RECEIPT_INVALID',
  'RECEIPTS_TOO_FEW',
  'KEY_NOT_TRUSTED',
] as const;
export type AttestationCode = (typeof ATTESTATION_CODES)[number];

export type AttestationDetails = Readonly<Record<string, string | number>>;

export class AttestationError extends Error {
  override readonly name = 'AttestationError';

  constructor(
    readonly code: AttestationCode,
    readonly details: AttestationDetails,
  ) {
    super(`${code} ${JSON.stringify(details)}`);
  }
}

/** Does the committee's part of it, and tells in the interface's words what it said no to. @throws {AttestationError | Refusal} */
export async function tellingWhy<T>(attest: () => Promise<T>): Promise<T> {
  try {
    return await attest();
  } catch (error) {
    throw toldOf(error);
  }
}

function toldOf(error: unknown): unknown {
  if (error instanceof IdentityError)
    return new AttestationError(error.code, { field: `document.${error.field}`, ...error.place });
  if (!(error instanceof Fault || error instanceof ClientError)) return error;
  const { code, field = '' } = error;
  const details = { field: `request.${field}` };
  if (isAttestationCode(code)) return new AttestationError(code, details);
  return isRefusalCode(code) ? new Refusal(code, details) : error;
}

const isAttestationCode = (code: string): code is AttestationCode =>
  (ATTESTATION_CODES as readonly string[]).includes(code);
const isRefusalCode = (code: string): code is RefusalCode => (REFUSAL_CODES as readonly string[]).includes(code);
