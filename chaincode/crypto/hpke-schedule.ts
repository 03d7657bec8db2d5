/**
 * What sealing and opening have in common of HPKE (RFC 9180), mode base: from the Diffie-Hellman point to key and nonce, with DHKEM(P-256, HKDF-SHA256),
 * HKDF-SHA256 and AES-256-GCM. For browsers and Node; each brings its own HMAC.
 */
import { concat, integerBytes, utf8, wordOf } from './bytes.js';
import { uncompressedBytes, type Point } from './point.js';

/** HMAC-SHA256. */
export type Hmac = (key: Uint8Array, data: Uint8Array) => Uint8Array;

export interface MessageKey {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

const HASH_BYTES = 32;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const MODE_BASE = Uint8Array.of(0);
const KEM_SUITE = concat(utf8('KEM'), integerBytes(0x0010, 2));
const HPKE_SUITE = concat(utf8('HPKE'), integerBytes(0x0010, 2), integerBytes(0x0001, 2), integerBytes(0x0002, 2));
const NONE = new Uint8Array(0);

/** RFC 9180 section 4: LabeledExtract. */
const extract = (hmac: Hmac, suite: Uint8Array, label: string, ikm: Uint8Array, salt: Uint8Array = NONE): Uint8Array =>
  hmac(salt.length > 0 ? salt : new Uint8Array(HASH_BYTES), concat(utf8('HPKE-v1'), suite, utf8(label), ikm));

/** RFC 9180 section 4: LabeledExpand. No output here is longer than one hash. */
function expander(hmac: Hmac, suite: Uint8Array, prk: Uint8Array) {
  return (label: string, info: Uint8Array, length: number): Uint8Array => {
    const labeled = concat(integerBytes(length, 2), utf8('HPKE-v1'), suite, utf8(label), info);
    return hmac(prk, concat(labeled, Uint8Array.of(1))).subarray(0, length);
  };
}

/** RFC 9180 section 4.1: the shared secret of Encap and Decap. @param x x-coordinate of the Diffie-Hellman point, 32 bytes */
export function sharedSecretOfX(hmac: Hmac, x: Uint8Array, enc: Point, recipient: Point): Uint8Array {
  const context = concat(uncompressedBytes(enc), uncompressedBytes(recipient));
  return expander(hmac, KEM_SUITE, extract(hmac, KEM_SUITE, 'eae_prk', x))('shared_secret', context, HASH_BYTES);
}

export const sharedSecretOf = (hmac: Hmac, shared: Point, enc: Point, recipient: Point): Uint8Array =>
  sharedSecretOfX(hmac, wordOf(shared.x), enc, recipient);

/** RFC 9180 section 5.1, KeySchedule; the first message's nonce is the base nonce. */
export function keySchedule(hmac: Hmac, sharedSecret: Uint8Array, info: Uint8Array): MessageKey {
  const idHash = extract(hmac, HPKE_SUITE, 'psk_id_hash', NONE);
  const context = concat(MODE_BASE, idHash, extract(hmac, HPKE_SUITE, 'info_hash', info));
  const expand = expander(hmac, HPKE_SUITE, extract(hmac, HPKE_SUITE, 'secret', NONE, sharedSecret));
  return { key: expand('key', context, KEY_BYTES), nonce: expand('base_nonce', context, NONCE_BYTES) };
}
