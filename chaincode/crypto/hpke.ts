/**
 * HPKE (RFC 9180), mode base, one message: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Opening, and what it shares with sealing. Synchronous, for
 * chaincode has no WebCrypto that answers at once. The Diffie-Hellman point alone opens exactly the one message that it belongs to: so a complaint shows
 * that point, and no key.
 */
import { createDecipheriv, createECDH, createHmac } from 'node:crypto';
import { concat } from './bytes.js';
import { keySchedule, sharedSecretOf, sharedSecretOfX, type Hmac } from './hpke-schedule.js';
import { nodeSuite } from './node-suite.js';
import { uncompressedBytes, type Point } from './point.js';
import { scalarBytes, type Scalar } from './scalar.js';
import { TAG_BYTES, type Binding, type Sealed } from './sealed.js';

export { TAG_BYTES, type Binding, type Sealed };
export const CIPHER = 'aes-256-gcm';

export const nodeHmac: Hmac = (key, data) => createHmac('sha256', key).update(data).digest();

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
    return openWithSecret(sharedSecretOfX(nodeHmac, x, sealed.enc, recipient), sealed, binding);
  };
}

/** Opens with the Diffie-Hellman point in place of the key. @returns as openSealed */
export function openWithShared(
  shared: Point,
  recipient: Point,
  sealed: Sealed,
  binding: Binding,
): Uint8Array | undefined {
  return openWithSecret(sharedSecretOf(nodeHmac, shared, sealed.enc, recipient), sealed, binding);
}

function openWithSecret(
  sharedSecret: Uint8Array,
  { ciphertext }: Sealed,
  { info, aad }: Binding,
): Uint8Array | undefined {
  if (ciphertext.length < TAG_BYTES) return undefined;
  const { key, nonce } = keySchedule(nodeHmac, sharedSecret, info);
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
