/** Why a document is not accepted. The error names a place and never what stands there: it may be logged. */

export const IDENTITY_ERROR_CODES = [
  // The zone
  'MRZ_UNKNOWN_FORMAT',
  'MRZ_CHARACTER',
  'MRZ_CHECK_DIGIT',
  'MRZ_FIELD',
  // The consortium's policy
  'DOCUMENT_EXPIRED',
  'DOCUMENT_NOT_ACCEPTED',
  'SPECIMEN_NOT_ACCEPTED',
  'PERSONAL_NUMBER_NOT_DOCUMENTED',
  'PERSONAL_NUMBER_INVALID',
  'NAME_TRUNCATED',
  'BIRTH_DATE_INCOMPLETE',
] as const;

export type IdentityErrorCode = (typeof IDENTITY_ERROR_CODES)[number];

export type IdentityField =
  | 'mrz'
  | 'documentCode'
  | 'issuer'
  | 'documentNumber'
  | 'nationality'
  | 'birthDate'
  | 'sex'
  | 'expiryDate'
  | 'name'
  | 'optionalData'
  | 'personalNumber'
  | 'composite'
  | 'policy.accepted';

/** Counted from 1, as a clerk counts. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
}

export class IdentityError extends Error {
  override readonly name = 'IdentityError';

  constructor(
    readonly code: IdentityErrorCode,
    readonly field: IdentityField,
    readonly place: Place = {},
  ) {
    super(`${code}: ${field}${place.line === undefined ? '' : `, line ${place.line}`}`);
  }
}

/** @throws {IdentityError} */
export function check(
  condition: boolean,
  code: IdentityErrorCode,
  field: IdentityField,
  place?: Place,
): asserts condition {
  if (!condition) throw new IdentityError(code, field, place);
}
