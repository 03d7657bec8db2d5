/**
 * The draw: nobody knows the market's secret x before every order is in, and the root is of all orders; so no one who sends one, not even the last, can choose
 * his place. It hangs on the person and on the ticket, not on the order: a hundred orders draw once.
 */
import { createHmac } from 'node:crypto';
import { scalarBytes, type Scalar } from '../../crypto/scalar.js';

/** HMAC-SHA256 with the root as its key, of x as 32 bytes, most significant first. */
export function seedOf(root: Uint8Array, secret: Scalar): Uint8Array {
  return createHmac('sha256', root).update(scalarBytes(secret)).digest();
}

/** HMAC-SHA256 with the seed as its key. @param of a credential, or a ticket. @returns 64 hex digits: their order as text is that of the bytes */
export function priorityOf(seed: Uint8Array, of: string): string {
  return createHmac('sha256', seed).update(of, 'utf8').digest('hex');
}
