/**
 * The seal of an order: HPKE (RFC 9180) to the market's key, bound to the market, to the organization that takes it in and to the id that its client chose; so
 * that it opens nowhere else. On the wire enc || ciphertext || tag, which any implementation of RFC 9180 makes. For browsers and Node.
 */
import { concat, toBase64url } from '../../crypto/bytes.js';
import { pointBytes, uncompressedBytes, type Point } from '../../crypto/point.js';
import { TAG_BYTES, type Binding, type Sealed } from '../../crypto/sealed.js';
import { transcript } from '../../crypto/transcript.js';
import { ORDER_BYTES } from './order-text.js';
import type { Supply } from './orders.js';

/** SEC 1 section 2.3.3, uncompressed: RFC 9180 SerializePublicKey. */
export const ENC_BYTES = 65;

export const sealedBytes = (supply: Supply): number => ENC_BYTES + ORDER_BYTES[supply] + TAG_BYTES;

/** What an order is bound to. @param market market id @param id the slot's client id */
export function orderBinding(market: string, key: Point, mspId: string, id: string): Binding {
  return { info: transcript('order', market, pointBytes(key)), aad: transcript('slot', market, mspId, id) };
}

/** @returns base64url */
export function encodeSealed({ enc, ciphertext }: Sealed): string {
  return toBase64url(concat(uncompressedBytes(enc), ciphertext));
}
