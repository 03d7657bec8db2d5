/**
 * Signed statements in the browser: JWS compact (RFC 7515) with ES256 (RFC 7518 section 3.4) and key thumbprints (RFC 7638), by WebCrypto alone.
 * Written from chaincode/README.md, not from the gateway's code: two readings that agree are worth more than one.
 */
import type { PublicJwk } from '../resources.js';
import { decode, encode } from './base64url.js';

const ES256 = { name: 'ECDSA', hash: 'SHA-256' } as const;
const SIGNATURE_BYTES = 64;

export type Members = Readonly<Record<string, unknown>>;

/** A statement taken apart; nothing of it is trusted before its signature is verified. */
export interface Statement {
  readonly compact: string;
  readonly header: Members;
  readonly payload: Members;
}

/** @returns undefined where it is no compact JWS of two JSON objects */
export function read(compact: string): Statement | undefined {
  const [header = '', payload = '', signature = '', ...rest] = compact.split('.');
  const [said, meant] = [objectIn(header), objectIn(payload)];
  if (rest.length > 0 || !said || !meant || decode(signature)?.length !== SIGNATURE_BYTES) return undefined;
  return { compact, header: said, payload: meant };
}

/** digest = SHA-256(typ "." payload segment): what other statements call this one by. */
export function digestOf({ compact, header }: Statement): Promise<string> {
  return sha256(`${String(header.typ)}.${compact.split('.')[1] ?? ''}`);
}

/** RFC 7638 section 3. */
export function thumbprintOf({ x, y }: PublicJwk): Promise<string> {
  return sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`);
}

/** @returns whether this key signed exactly these bytes; a key that is no point of the curve signed nothing */
export async function isSignedBy({ compact, header }: Statement, { x, y }: PublicJwk): Promise<boolean> {
  const [head = '', payload = '', signature = ''] = compact.split('.');
  const bytes = decode(signature);
  if (header.alg !== 'ES256' || !bytes) return false;
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x, y };
    const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await crypto.subtle.verify(ES256, key, bytes, new TextEncoder().encode(`${head}.${payload}`));
  } catch {
    return false;
  }
}

/** The key that a holder's statement carries. */
export function keyIn({ header }: Statement): PublicJwk | undefined {
  return isJwk(header.jwk) ? header.jwk : undefined;
}

export function isJwk(value: unknown): value is PublicJwk {
  if (!isObject(value)) return false;
  return value.kty === 'EC' && value.crv === 'P-256' && typeof value.x === 'string' && typeof value.y === 'string';
}

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function sha256(text: string): Promise<string> {
  return encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

function objectIn(segment: string): Members | undefined {
  const bytes = decode(segment);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
