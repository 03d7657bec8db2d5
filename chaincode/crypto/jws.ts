/** JWS compact serialization (RFC 7515 section 3.1) with ES256 (RFC 7518 section 3.4): decoding and verifying, never signing. */
import { verify } from 'node:crypto';
import { importKey, isCanonicalBase64url, sha256, type PublicJwk } from './jwk.js';

/** Two 32-byte integers, r and s. High s is accepted: browsers make it, and nothing here is keyed by a signature. */
const SIGNATURE_BYTES = 64;

/** A compact JWS taken apart. Nothing of it is trusted before its signature is verified. */
export interface DecodedJws {
  readonly header: unknown;
  readonly payload: unknown;
  /** The payload as it was signed, base64url. */
  readonly payloadSegment: string;
  readonly signingInput: string;
  readonly signature: Buffer;
}

/** @returns the parts, or undefined if the text is no compact JWS of JSON with an ES256-sized signature. */
export function decodeJws(compact: string): DecodedJws | undefined {
  const [header, payloadSegment, signature, ...rest] = compact.split('.');
  if (header === undefined || payloadSegment === undefined || signature === undefined || rest.length > 0)
    return undefined;
  const signatureBytes = decodeSegment(signature);
  if (signatureBytes?.length !== SIGNATURE_BYTES) return undefined;
  const [headerJson, payloadJson] = [decodeJson(header), decodeJson(payloadSegment)];
  if (headerJson === undefined || payloadJson === undefined) return undefined;
  return {
    header: headerJson,
    payload: payloadJson,
    payloadSegment,
    signingInput: `${header}.${payloadSegment}`,
    signature: signatureBytes,
  };
}

/** What is remembered of a statement: its type and payload, never the signature, which is randomised. */
export function digestOf(typ: string, payloadSegment: string): string {
  return sha256(`${typ}.${payloadSegment}`);
}

export function verifyJws(jws: DecodedJws, jwk: PublicJwk): boolean {
  const key = importKey(jwk);
  if (!key) return false;
  return verify('sha256', Buffer.from(jws.signingInput), { key, dsaEncoding: 'ieee-p1363' }, jws.signature);
}

function decodeSegment(segment: string): Buffer | undefined {
  return isCanonicalBase64url(segment) ? Buffer.from(segment, 'base64url') : undefined;
}

/** Stateless: each call decodes a whole text. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeJson(segment: string): unknown {
  const bytes = decodeSegment(segment);
  if (!bytes) return undefined;
  try {
    return JSON.parse(UTF_8.decode(bytes));
  } catch {
    return undefined;
  }
}
