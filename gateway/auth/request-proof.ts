/**
 * Requests signed by holders and gate devices, after DPoP (RFC 9449): a JWS by the key itself over method, target, body, time and an id that counts once. A JWS
 * rather than an HTTP message signature (RFC 9421), because wallets and devices sign nothing else, and `aud` rather than a host name, so that no proxy matters
 * and what one organization's gateway was sent is worth nothing at another's.
 */
import { z } from 'zod';
import { jwkSchema, sha256, thumbprintOf } from '../../chaincode/crypto/jwk.js';
import { decodeJws, verifyJws } from '../../chaincode/crypto/jws.js';
import { eventId, mspId, slugId } from '../../chaincode/domain/ids.js';
import { parseWith } from '../../chaincode/domain/parse.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';

export const PROOF_HEADER = 'Guichet-Proof';
export const PROOF_TYPE = 'guichet-request+jwt';
/** How old a request may be, and how far ahead of this gateway's clock. */
export const WINDOW_S = 60;
export const AHEAD_S = 30;
const MAX_PROOF = 4_096;

const headerSchema = z.strictObject({ alg: z.literal('ES256'), typ: z.literal(PROOF_TYPE), jwk: jwkSchema });

export const proofSchema = z.strictObject({
  aud: mspId.meta({ description: 'the organization whose gateway is asked' }),
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
  target: z.string().min(1).max(2_048).meta({ description: 'path and query, as they are sent' }),
  digest: z
    .string()
    .length(43)
    .optional()
    .meta({ description: "SHA-256 of the body in base64url; absent: there's none" }),
  iat: z.int().min(0),
  jti: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, { error: 'is not 16 to 64 characters of base64url' }),
  device: z
    .strictObject({ event: eventId, device: slugId })
    .optional()
    .meta({ description: 'absent: the key speaks for itself, as a holder' }),
});
export type Proof = Readonly<z.infer<typeof proofSchema>>;

/** A request as it came. */
export interface ShownRequest {
  readonly method: string;
  readonly target: string;
  /** Empty where there is none. */
  readonly body: string;
}

export interface VerifiedProof extends Proof {
  /** Thumbprint of the key that signed. */
  readonly kid: string;
}

/** All but whether it was shown before. @throws {Refusal} SIGNATURE_INVALID, INVALID_FIELD @throws {GatewayError} SIGNATURE_EXPIRED */
export function verifyProof(
  compact: string,
  request: ShownRequest,
  at: { mspId: string; nowMs: number },
): VerifiedProof {
  const field = PROOF_HEADER;
  const jws = compact.length <= MAX_PROOF ? decodeJws(compact) : undefined;
  if (!jws) return refuse('SIGNATURE_INVALID', { field, reason: 'is not a compact JWS' });
  const { jwk } = parseWith(headerSchema, jws.header, `${field}.header`);
  const proof = parseWith(proofSchema, jws.payload, field);
  require(verifyJws(jws, jwk), 'SIGNATURE_INVALID', { field, reason: 'is not signed by its key' });
  requireAbout(proof, request, at.mspId);
  const age = Math.floor(at.nowMs / 1000) - proof.iat;
  if (age > WINDOW_S || age < -AHEAD_S) {
    const now = Math.floor(at.nowMs / 1000);
    throw new GatewayError('SIGNATURE_EXPIRED', { field: `${field}.iat`, now, windowSeconds: WINDOW_S });
  }
  return { ...proof, kid: thumbprintOf(jwk) };
}

function requireAbout(proof: Proof, { method, target, body }: ShownRequest, aud: string): void {
  const expected = { aud, method, target, digest: body === '' ? undefined : sha256(body) };
  for (const name of ['aud', 'method', 'target', 'digest'] as const) {
    const reason = 'is of another request';
    require(proof[name] === expected[name], 'SIGNATURE_INVALID', { field: `${PROOF_HEADER}.${name}`, reason });
  }
}
