/** Problems (RFC 9457): the one table that maps every code of a node to an HTTP status, and the document that tells it. */
import type { z } from 'zod';
import { Fault, FAULT_CODES, type FaultCode } from '../../chaincode/crypto/fault.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { problemSchemaOf, titleOf } from '../service/problem-document.js';
import { NODE_CODES, NodeError, type NodeCode, type NodeErrorDetails } from '../errors.js';

export type ProblemCode = NodeCode | FaultCode;
export const PROBLEM_CODES: readonly ProblemCode[] = [...NODE_CODES, ...FAULT_CODES];

/** A new code does not compile until it has its status here. What cryptography finds wrong is the request's content: 422. */
const NODE_STATUS: Readonly<Record<NodeCode, number>> = {
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  MALFORMED_BODY: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_FIELD: 400,
  UNKNOWN_FIELD: 400,
  TOO_LARGE: 413,
  MALFORMED_STATEMENT: 400,
  SIGNATURE_INVALID: 403,
  UNKNOWN_ORGANIZATION: 404,
  ORGANIZATION_NOT_ACTIVE: 403,
  UNKNOWN_KEY: 403,
  KEY_NOT_VALID: 403,
  UNKNOWN_DEVICE: 404,
  DEVICE_NOT_VALID: 403,
  WRONG_CHANNEL: 422,
  WRONG_EVENT: 422,
  UNKNOWN_EVENT: 404,
  STATEMENT_EXPIRED: 422,
  OWN_ATTESTOR: 403,
  HANDLE_KIND_MISMATCH: 422,
  HANDLE_MISMATCH: 422,
  ASKING_PROOF_INVALID: 422,
  HANDLE_ALREADY_BOUND: 409,
  ATTESTOR_LIMIT_REACHED: 429,
  DEVICE_LIMIT_REACHED: 429,
  UNKNOWN_MARKET: 404,
  MARKET_NOT_OPEN: 409,
  NOTHING_DUE: 409,
  NOT_IN_COMMITTEE: 409,
  KEY_NOT_USABLE: 409,
  NO_SHARE: 409,
  STORE_FULL: 507,
  BUSY: 503,
  LEDGER_UNAVAILABLE: 503,
  LEDGER_DISAGREES: 502,
  INTERNAL: 500,
};
const FAULT_STATUS = 422;

const isNodeCode = (code: ProblemCode): code is NodeCode => Object.hasOwn(NODE_STATUS, code);
export const statusOf = (code: ProblemCode): number => (isNodeCode(code) ? NODE_STATUS[code] : FAULT_STATUS);

/** Seconds after which it is worth trying again. */
export const RETRY_AFTER_S: Readonly<Partial<Record<ProblemCode, number>>> = {
  KEY_NOT_USABLE: 2,
  BUSY: 1,
  LEDGER_UNAVAILABLE: 2,
  LEDGER_DISAGREES: 2,
};

export const problemSchema = problemSchemaOf(PROBLEM_CODES, 'the member that is at fault');
export type Problem = Readonly<z.infer<typeof problemSchema>>;

export interface Failure {
  readonly code: ProblemCode;
  readonly details: NodeErrorDetails;
}

/** Whatever was thrown, as the code and details that may be told. What we did not foresee is INTERNAL and tells nothing. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NodeError) return error;
  if (error instanceof Fault) return { code: error.code, details: { field: error.field } };
  if (error instanceof Refusal) {
    const code = NODE_CODES.find((known) => known === error.code);
    if (code) return { code, details: error.details };
  }
  return { code: 'INTERNAL', details: {} };
}

export function problemOf({ code, details }: Failure, instance: string): Problem {
  const field = typeof details.field === 'string' ? details.field : undefined;
  const title = titleOf(code);
  const reason = typeof details.reason === 'string' ? ` ${details.reason}` : '';
  return {
    type: `urn:guichet:problem:${code}`,
    title,
    status: statusOf(code),
    code,
    detail: field === undefined ? title : `${title}: ${field}${reason}`,
    instance,
    ...(field !== undefined && { field }),
    details: { ...details },
  };
}
