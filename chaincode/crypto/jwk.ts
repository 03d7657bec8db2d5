/** P-256 public keys as JWK (RFC 7517, RFC 7518 section 6.2), their thumbprints (RFC 7638), and a cache of imported keys. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { integerOf, WORD_BYTES } from './bytes.js';
import { isOnCurve } from './point.js';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'is not a 32-byte coordinate in base64url' });

const members = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate });
export type PublicJwk = Readonly<z.infer<typeof members>>;
export const jwkSchema = members.refine(isPoint, { error: 'is not a point on P-256' });

/** What importing says too, which takes as long as a verification: nobody verifies most of the requests for what is sold out. */
function isPoint(jwk: PublicJwk): boolean {
  const [x, y] = [wordIn(jwk.x), wordIn(jwk.y)];
  return x !== undefined && y !== undefined && isOnCurve({ x, y });
}

/** @returns undefined unless the text is the canonical one of 32 bytes, or one key would have two thumbprints */
function wordIn(text: string): bigint | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === WORD_BYTES && isCanonicalBase64url(text) ? integerOf(bytes) : undefined;
}

/** SHA-256 in base64url, 43 characters. */
export function sha256(data: string): string {
  return createHash('sha256').update(data).digest('base64url');
}

/** RFC 7638 section 3: the members in lexical order, no white space. */
export function thumbprintOf(jwk: PublicJwk): string {
  return sha256(`{"crv":"P-256","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`);
}

/** Importing costs more than half of a verification, and the same keys come again and again. Oldest out first. */
const CACHE_SIZE = 20_000;
const cache = new Map<string, KeyObject>();

/** @returns the key, or undefined where the coordinates are no point of the curve or not canonical. */
export function importKey(jwk: PublicJwk): KeyObject | undefined {
  const id = `${jwk.x}.${jwk.y}`;
  const known = cache.get(id);
  if (known) return known;
  const key = createKey(jwk);
  if (!key) return undefined;
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value ?? '');
  cache.set(id, key);
  return key;
}

function createKey(jwk: PublicJwk): KeyObject | undefined {
  if (!isCanonicalBase64url(jwk.x) || !isCanonicalBase64url(jwk.y)) return undefined;
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y }, format: 'jwk' });
  } catch {
    // OpenSSL refuses a point that is not on the curve; that is this function's answer, not a fault.
    return undefined;
  }
}

/** One text for each sequence of bytes: no padding, unused bits zero (RFC 4648 section 3.5). */
export function isCanonicalBase64url(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}
