/** What a node says no with: one closed list. Faults of the cryptography and refusals of a statement's form keep their own codes. */

export const NODE_CODES = [
  // The request
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'MALFORMED_BODY',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_FIELD',
  'UNKNOWN_FIELD',
  'TOO_LARGE',
  'MALFORMED_STATEMENT',
  // Who says it
  'SIGNATURE_INVALID',
  'UNKNOWN_ORGANIZATION',
  'ORGANIZATION_NOT_ACTIVE',
  'UNKNOWN_KEY',
  'KEY_NOT_VALID',
  'UNKNOWN_DEVICE',
  'DEVICE_NOT_VALID',
  'WRONG_CHANNEL',
  'WRONG_EVENT',
  'UNKNOWN_EVENT',
  'STATEMENT_EXPIRED',
  // Handles
  'OWN_ATTESTOR',
  'HANDLE_KIND_MISMATCH',
  'HANDLE_MISMATCH',
  'ASKING_PROOF_INVALID',
  'HANDLE_ALREADY_BOUND',
  'ATTESTOR_LIMIT_REACHED',
  'DEVICE_LIMIT_REACHED',
  // Sealed markets
  'UNKNOWN_MARKET',
  'MARKET_NOT_OPEN',
  'NOTHING_DUE',
  'NOT_IN_COMMITTEE',
  // The node
  'KEY_NOT_USABLE',
  'NO_SHARE',
  'STORE_FULL',
  'BUSY',
  'LEDGER_UNAVAILABLE',
  'LEDGER_DISAGREES',
  'INTERNAL',
] as const;
export type NodeCode = (typeof NODE_CODES)[number];

export type NodeErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** It names the field at fault and never holds a value of the request: that could be somebody's secret. */
export class NodeError extends Error {
  override readonly name = 'NodeError';

  constructor(
    readonly code: NodeCode,
    readonly details: NodeErrorDetails = {},
    options?: { readonly cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(details)}`, options);
  }
}

export function decline(code: NodeCode, details: NodeErrorDetails = {}): never {
  throw new NodeError(code, details);
}

/** Throws unless the condition holds. */
export function demand(condition: boolean, code: NodeCode, details: NodeErrorDetails = {}): asserts condition {
  if (!condition) decline(code, details);
}
