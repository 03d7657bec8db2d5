/** Problems (RFC 9457): the one table that maps every code, the ledger's and the gateway's, to an HTTP status, and the document that tells it. */
import { REFUSAL_CODES, Refusal, type RefusalCode, type RefusalDetails } from '../../chaincode/domain/refusal.js';
import type { z } from 'zod';
import { problemSchemaOf, titleOf } from '../../committee/service/problem-document.js';
import { ATTESTATION_CODES, AttestationError, type AttestationCode } from '../attestation/attestation-error.js';
import { GATEWAY_CODES, GatewayError, type GatewayCode } from '../errors.js';

export type ProblemCode = RefusalCode | GatewayCode | AttestationCode;
const PROBLEM_CODES = [...REFUSAL_CODES, ...GATEWAY_CODES, ...ATTESTATION_CODES] as const;

/** A new code does not compile until it has its status here. */
export const STATUS: Readonly<Record<ProblemCode, number>> = {
  // The bytes
  MALFORMED_BATCH: 400,
  MALFORMED_STATEMENT: 400,
  UNKNOWN_COMMAND: 400,
  INVALID_FIELD: 400,
  UNKNOWN_FIELD: 400,
  TOO_LARGE: 413,
  // Who says it
  NOT_AUTHORISED: 403,
  UNKNOWN_ORGANIZATION: 404,
  ORGANIZATION_NOT_ACTIVE: 403,
  ROLE_MISSING: 403,
  SIGNATURE_INVALID: 403,
  UNKNOWN_KEY: 403,
  KEY_NOT_VALID: 403,
  KEY_ALREADY_REGISTERED: 409,
  TOO_MANY_KEYS: 409,
  WRONG_CHANNEL: 422,
  WRONG_EVENT: 422,
  STATEMENT_EXPIRED: 422,
  COMMAND_ID_REUSED: 409,
  // Consortium
  ALREADY_FOUNDED: 409,
  NOT_FOUNDED: 409,
  FOUNDING_MISMATCH: 409,
  // Governance
  ALREADY_A_MEMBER: 409,
  TOO_MANY_ORGANIZATIONS: 409,
  CONSORTIUM_INCOMPLETE: 409,
  INVALID_COMMITTEE: 422,
  UNKNOWN_PROPOSAL: 404,
  PROPOSAL_MISMATCH: 422,
  PROPOSAL_DECIDED: 409,
  PROPOSAL_EXPIRED: 409,
  NOT_A_VOTER: 403,
  ALREADY_VOTED: 409,
  // Events
  EVENT_EXISTS: 409,
  UNKNOWN_EVENT: 404,
  EVENT_CANCELLED: 409,
  EVENT_ENDED: 409,
  STALE_EVENT: 409,
  INVALID_SCHEDULE: 422,
  NOTHING_DUE: 409,
  SALES_NOT_OPEN: 409,
  RESALE_NOT_OPEN: 409,
  TRANSFERS_NOT_OPEN: 409,
  TRANSFERS_FORBIDDEN: 422,
  RETURNS_NOT_OPEN: 409,
  REFUNDS_NOT_OPEN: 409,
  DOORS_NOT_OPEN: 409,
  // Policy
  STALE_POLICY: 409,
  POLICY_MISMATCH: 422,
  POLICY_INCONSISTENT: 422,
  POLICY_BREAKS_PROFILE: 422,
  POLICY_CHANGE_UNFAVOURABLE: 422,
  // Allotments
  ALLOTMENT_EXISTS: 409,
  UNKNOWN_ALLOTMENT: 404,
  ALLOTMENT_CLOSED: 409,
  ALLOTMENT_MISMATCH: 422,
  SEATS_ALREADY_ALLOTTED: 409,
  SECTION_KIND_MISMATCH: 409,
  INVALID_SEATS: 422,
  // Sales
  REQUEST_MISMATCH: 422,
  SEAT_NOT_IN_ALLOTMENT: 422,
  SEAT_REPEATED: 422,
  SEAT_ALREADY_SOLD: 409,
  PRICE_MISMATCH: 422,
  PRICE_ABOVE_REQUEST: 422,
  AMOUNT_OVERFLOW: 422,
  PERSON_LIMIT_REACHED: 422,
  CREDENTIAL_REQUIRED: 403,
  UNKNOWN_CREDENTIAL: 404,
  // Resale
  MARKET_NOT_DIRECT: 422,
  RESELLER_NOT_AUTHORISED: 403,
  COMPLIMENTARY_NOT_RESELLABLE: 422,
  HOLDING_PERIOD_NOT_OVER: 409,
  TOO_MANY_HOPS: 422,
  HABITUAL_SELLER: 422,
  DISCLOSURE_MISSING: 422,
  DISCLOSURE_WRONG: 422,
  FEE_ABOVE_CAP: 422,
  PRICE_ABOVE_CAP: 422,
  PRICE_BELOW_FEES: 422,
  UNKNOWN_LISTING: 404,
  LISTING_MISMATCH: 422,
  LISTING_NOT_OPEN: 409,
  // Money
  PAYEES_MISMATCH: 409,
  INSUFFICIENT_BALANCE: 409,
  // Tickets
  UNKNOWN_TICKET: 404,
  STALE_TICKET: 409,
  NOT_THE_HOLDER: 403,
  TRANSFER_MISMATCH: 422,
  TICKET_NOT_VALID: 409,
  // Doors
  UNKNOWN_DEVICE: 404,
  DEVICE_EXISTS: 409,
  DEVICE_NOT_VALID: 403,
  SCAN_OUT_OF_SEQUENCE: 409,
  PRESENTATION_MISMATCH: 422,
  GATE_CHECK_REQUIRED: 422,
  ALREADY_ADMITTED: 409,
  NOT_ADMITTED: 409,
  NOTHING_TO_UNDO: 409,
  // The committee's keys
  NO_COMMITTEE: 409,
  KEY_EXISTS: 409,
  KEY_NOT_USABLE: 409,
  KEY_NEEDED: 409,
  STALE_GENERATION: 409,
  CREDENTIAL_NOT_REQUIRED: 422,
  // Key generation, as crypto/fault.ts has it
  SCALAR_INVALID: 422,
  POINT_INVALID: 422,
  PROOF_INVALID: 422,
  WRONG_ROUND: 409,
  ROUND_NOT_OVER: 409,
  NOT_A_DEALER: 422,
  NOT_A_RECIPIENT: 422,
  ALREADY_POSTED: 409,
  DIGEST_MISMATCH: 422,
  COMMITMENTS_WRONG: 422,
  POSSESSION_INVALID: 422,
  PUBLIC_SHARE_MISMATCH: 422,
  RECIPIENTS_MISMATCH: 422,
  UNKNOWN_DEALING: 422,
  COMPLAINT_REPEATED: 422,
  GROUP_KEY_MISMATCH: 422,
  // Persons and credentials
  STATEMENTS_TOO_FEW: 403,
  STATEMENTS_DIFFER: 422,
  SIGNER_REPEATED: 422,
  STALE_EPOCH: 409,
  PERSON_EXISTS: 409,
  UNKNOWN_PERSON: 404,
  CREDENTIAL_EXISTS: 409,
  STALE_SEQUENCE: 409,
  REPLACEMENT_MISMATCH: 422,
  KEY_REPLACEMENT_PENDING: 409,
  NO_REPLACEMENT: 409,
  // Sealed markets
  MARKET_SETTLING: 409,
  UNKNOWN_MARKET: 404,
  MARKET_EXISTS: 409,
  STALE_MARKET: 409,
  INVALID_MARKET: 422,
  MARKET_NOT_SEALED: 422,
  MARKET_MISMATCH: 422,
  MARKET_NOT_OPEN: 409,
  MARKET_NOT_CLOSED: 409,
  MARKET_NOT_FROZEN: 409,
  MARKET_NOT_REVEALED: 409,
  MARKET_NOT_CLEARED: 409,
  MARKET_NOT_OVER: 409,
  ORDER_QUOTA: 409,
  ORDER_SLOT_TAKEN: 409,
  DEPOSIT_MISMATCH: 422,
  GUARANTEE_EXCEEDED: 409,
  PAGES_MISSING: 409,
  SHARE_INVALID: 422,
  SHARES_TOO_FEW: 422,
  ROOT_MISMATCH: 422,
  HINTS_INCOMPLETE: 422,
  DOORS_OPEN: 409,
  // Their orders, when they are opened
  MARKET_KEY_MISMATCH: 422,
  CLASS_NOT_TRADED: 422,
  DEPOSIT_MISSING: 422,
  GUEST_NOT_CONSENTING: 422,
  ORDER_MALFORMED: 422,
  ORDER_NOT_OPENED: 422,
  // Documents
  MRZ_UNKNOWN_FORMAT: 422,
  MRZ_CHARACTER: 422,
  MRZ_CHECK_DIGIT: 422,
  MRZ_FIELD: 422,
  DOCUMENT_EXPIRED: 422,
  DOCUMENT_NOT_ACCEPTED: 422,
  SPECIMEN_NOT_ACCEPTED: 422,
  PERSONAL_NUMBER_NOT_DOCUMENTED: 422,
  PERSONAL_NUMBER_INVALID: 422,
  NAME_TRUNCATED: 422,
  BIRTH_DATE_INCOMPLETE: 422,
  // What a wallet shows an attestor
  COMMITMENT_MISMATCH: 422,
  BLINDING_PROOF_INVALID: 422,
  UNBLINDING_PROOF_INVALID: 422,
  INDEX_INVALID: 422,
  EVALUATION_INVALID: 422,
  EVALUATIONS_TOO_FEW: 422,
  COMBINATION_MISMATCH: 422,
  HANDLE_REPEATED: 422,
  RECEIPT_INVALID: 403,
  RECEIPTS_TOO_FEW: 403,
  KEY_NOT_TRUSTED: 409,
  // The gateway
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  MALFORMED_BODY: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_KEY_IN_USE: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_KEY_MISMATCH: 422,
  NO_SEATS_LEFT: 409,
  SIGNER_UNAVAILABLE: 503,
  SIGNER_LIMIT_REACHED: 429,
  UNKNOWN_SIGNING_KEY: 403,
  QUEUE_FULL: 429,
  ATTESTOR_LIMIT_REACHED: 429,
  READ_MODEL_BEHIND: 503,
  STORE_UNAVAILABLE: 503,
  LEDGER_UNAVAILABLE: 503,
  LEDGER_CONFLICT: 409,
  LEDGER_DISAGREES: 502,
  OUTCOME_UNKNOWN: 504,
  SHUTTING_DOWN: 503,
  INTERNAL: 500,
};

/** Seconds after which it is worth trying again. */
export const RETRY_AFTER_S: Readonly<Partial<Record<ProblemCode, number>>> = {
  IDEMPOTENCY_KEY_IN_USE: 1,
  QUEUE_FULL: 1,
  ATTESTOR_LIMIT_REACHED: 10,
  SIGNER_LIMIT_REACHED: 5,
  SIGNER_UNAVAILABLE: 2,
  READ_MODEL_BEHIND: 1,
  STORE_UNAVAILABLE: 2,
  LEDGER_UNAVAILABLE: 2,
  LEDGER_CONFLICT: 1,
  SHUTTING_DOWN: 5,
};

export const problemSchema = problemSchemaOf(PROBLEM_CODES, 'the member or the policy parameter that refused');
export type Problem = Readonly<z.infer<typeof problemSchema>>;

export function problemOf(code: ProblemCode, details: RefusalDetails, instance: string): Problem {
  const field = typeof details.field === 'string' ? details.field : undefined;
  return {
    type: `urn:guichet:problem:${code}`,
    title: titleOf(code),
    status: STATUS[code],
    code,
    detail: detailOf(code, details),
    instance,
    ...(field !== undefined && { field }),
    details: { ...details },
  };
}

/** Whatever was thrown, as the code and details that may be told. What we did not foresee is INTERNAL and tells nothing. */
export function failureOf(error: unknown): { readonly code: ProblemCode; readonly details: RefusalDetails } {
  if (error instanceof Refusal || error instanceof GatewayError || error instanceof AttestationError) return error;
  return { code: 'INTERNAL', details: {} };
}

/** One sentence for people; programs read `code`, `field` and `details`. */
function detailOf(code: ProblemCode, { field, reason, ...rest }: RefusalDetails): string {
  const at = field === undefined ? '' : `: ${String(field)}`;
  const why = reason === undefined ? '' : ` ${String(reason)}`;
  const values = Object.entries(rest).map(([name, value]) => `${name} ${String(value)}`);
  return `${titleOf(code)}${at}${why}${values.length > 0 ? ` (${values.join(', ')})` : ''}`;
}
