/**
 * HPKE (RFC 9180), mode base, one message: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Opening, and what it shares with sealing. Synchronous, for
 * chaincode has no WebCrypto that answers at once. The Diffie-Hellman point alone opens exactly the one message that it belongs to: so a complaint shows
 * that point, and no key.
 */
import { createDecipheriv, createECDH, createHmac } from 'node:crypto';
import { concat, integerBytes, utf8, wordOf } from './bytes.js';
import { nodeSuite } from './node-suite.js';
import { uncompressedBytes, type Point } from './point.js';
import { scalarBytes, type Scalar } from './scalar.js';
import { TAG_BYTES, type Binding, type Sealed } from './sealed.js';

export { TAG_BYTES, type Binding, type Sealed };
export const CIPHER = 'aes-256-gcm';
const HASH_BYTES = 32;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const MODE_BASE = Uint8Array.of(0);
const KEM_SUITE = concat(utf8('KEM'), integerBytes(0x0010, 2));
const HPKE_SUITE = concat(utf8('HPKE'), integerBytes(0x0010, 2), integerBytes(0x0001, 2), integerBytes(0x0002, 2));
const NONE = new Uint8Array(0);

const hmac = (key: Uint8Array, ...data: readonly Uint8Array[]): Uint8Array =>
  createHmac('sha256', key)
    .update(concat(...data))
    .digest();

/** RFC 9180 section 4: LabeledExtract. */
const extract = (suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array =>
  hmac(salt.length > 0 ? salt : new Uint8Array(HASH_BYTES), utf8('HPKE-v1'), suite, utf8(label), ikm);

/** RFC 9180 section 4: LabeledExpand. No output here is longer than one hash. */
function expand(suite: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array {
  const labeled = concat(integerBytes(length, 2), utf8('HPKE-v1'), suite, utf8(label), info);
  return hmac(prk, labeled, Uint8Array.of(1)).subarray(0, length);
}

/** RFC 9180 section 4.1: the shared secret of Encap and Decap, from the x-coordinate of the Diffie-Hellman point. */
export function sharedSecretOf(shared: Point, enc: Point, recipient: Point): Uint8Array {
  return sharedSecretOfX(wordOf(shared.x), enc, recipient);
}

function sharedSecretOfX(x: Uint8Array, enc: Point, recipient: Point): Uint8Array {
  const prk = extract(KEM_SUITE, NONE, 'eae_prk', x);
  const context = concat(uncompressedBytes(enc), uncompressedBytes(recipient));
  return expand(KEM_SUITE, prk, 'shared_secret', context, HASH_BYTES);
}

/** RFC 9180 section 5.1, KeySchedule; the first message's nonce is the base nonce. */
export function keySchedule(sharedSecret: Uint8Array, info: Uint8Array): { key: Uint8Array; nonce: Uint8Array } {
  const idHash = extract(HPKE_SUITE, NONE, 'psk_id_hash', NONE);
  const context = concat(MODE_BASE, idHash, extract(HPKE_SUITE, NONE, 'info_hash', info));
  const secret = extract(HPKE_SUITE, sharedSecret, 'secret', NONE);
  return {
    key: expand(HPKE_SUITE, secret, 'key', context, KEY_BYTES),
    nonce: expand(HPKE_SUITE, secret, 'base_nonce', context, NONCE_BYTES),
  };
}

/** @returns undefined where the message is another's, bound to something else or not whole */
export function openSealed(
  secretKey: Scalar,
  recipient: Point,
  sealed: Sealed,
  binding: Binding,
): Uint8Array | undefined {
  const shared = nodeSuite.multiply(secretKey, sealed.enc);
  return shared && openWithShared(shared, recipient, sealed, binding);
}

/**
 * For many messages to one key, which is set once: a fifth of the time. Of the Diffie-Hellman point only its x is needed.
 * @returns as openSealed; enc must be on the curve
 */
export function sealedOpener(
  secretKey: Scalar,
  recipient: Point,
): (sealed: Sealed, binding: Binding) => Uint8Array | undefined {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalarBytes(secretKey));
  return (sealed, binding) => {
    const x = ecdh.computeSecret(uncompressedBytes(sealed.enc));
    return openWithSecret(sharedSecretOfX(x, sealed.enc, recipient), sealed, binding);
  };
}

/** Opens with the Diffie-Hellman point in place of the key. @returns as openSealed */
export function openWithShared(
  shared: Point,
  recipient: Point,
  sealed: Sealed,
  binding: Binding,
): Uint8Array | undefined {
  return openWithSecret(sharedSecretOf(shared, sealed.enc, recipient), sealed, binding);
}

function openWithSecret(
  sharedSecret: Uint8Array,
  { ciphertext }: Sealed,
  { info, aad }: Binding,
): Uint8Array | undefined {
  if (ciphertext.length < TAG_BYTES) return undefined;
  const { key, nonce } = keySchedule(sharedSecret, info);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
  const plaintext = decipher.update(ciphertext.subarray(0, -TAG_BYTES));
  try {
    return concat(plaintext, decipher.final());
  } catch {
    // OpenSSL's way to say that the tag is not this message's; that is this function's answer.
    return undefined;
  }
}
