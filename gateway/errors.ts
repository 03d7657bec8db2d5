/** What can go wrong in the gateway itself. What the ledger refuses is a `Refusal` of the domain and keeps its own code. */

export const GATEWAY_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'MALFORMED_BODY',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_IN_USE',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_MISMATCH',
  'IDEMPOTENCY_LIMIT_REACHED',
  'NO_SEATS_LEFT',
  'PAYMENTS_OFF',
  'UNKNOWN_PAYMENT',
  'PAYMENT_MISMATCH',
  'PAYMENT_DECLINED',
  'PAYMENT_ACTION_REQUIRED',
  'PAYMENT_UNDER_WAY',
  'PAYMENT_NOT_CAPTURED',
  'PAYMENT_PROVIDER_UNAVAILABLE',
  'PAYMENT_PROVIDER_REFUSED',
  'SEAT_HELD',
  'UNKNOWN_HOLD',
  'HOLD_OVER',
  'HOLD_MISMATCH',
  'HOLD_TOO_LONG',
  'HOLD_LIMIT_REACHED',
  'SIGNER_UNAVAILABLE',
  'SIGNER_LIMIT_REACHED',
  'UNKNOWN_SIGNING_KEY',
  'QUEUE_FULL',
  'OVERLOADED',
  'ATTESTOR_LIMIT_REACHED',
  'READ_MODEL_BEHIND',
  'STORE_UNAVAILABLE',
  'LEDGER_BEHIND',
  'LEDGER_UNAVAILABLE',
  'LEDGER_CONFLICT',
  'LEDGER_DISAGREES',
  'OUTCOME_UNKNOWN',
  'SHUTTING_DOWN',
  'SCOPE_MISSING',
  'CREDENTIALS_UNAVAILABLE',
  'ISSUER_UNAVAILABLE',
  'UNKNOWN_API_KEY',
  'API_KEY_EXISTS',
  'API_KEY_ENDED',
  'TOO_MANY_API_KEYS',
  'SIGNATURE_EXPIRED',
  'SIGNATURE_REPLAYED',
  'UNKNOWN_HANDSHAKE',
  'HANDSHAKE_EXPIRED',
  'HANDSHAKE_USED',
  'HANDSHAKE_LOCKED',
  'HANDSHAKE_CODE_WRONG',
  'RATE_LIMITED',
  'TOO_MANY_STREAMS',
  'STREAMS_FULL',
  'UNKNOWN_WEBHOOK',
  'TOO_MANY_WEBHOOKS',
  'TARGET_NOT_ALLOWED',
  'INTERNAL',
] as const;
export type GatewayCode = (typeof GATEWAY_CODES)[number];

export type GatewayErrorDetails = Readonly<Record<string, string | number | boolean>>;

export class GatewayError extends Error {
  override readonly name = 'GatewayError';

  constructor(
    readonly code: GatewayCode,
    readonly details: GatewayErrorDetails = {},
    options?: { readonly cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(details)}`, options);
  }
}
