/**
 * How secrets of our own making are kept. They are 128 or 256 random bits, so there is nothing to guess from their digest: a slow or salted hash, which
 * passwords need, would only cost time with each request.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export const digestOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Digests have one length, so the comparison takes the same time for every secret. */
export function holdsSecret(digest: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(digest, 'hex'), Buffer.from(digestOfSecret(secret), 'hex'));
}
