/** HPKE (RFC 9180), mode base, one message, as hpke-seal.ts has it: on @noble and WebCrypto, which browsers and Node have alike. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keySchedule, sharedSecretOf, type Hmac } from '../../chaincode/crypto/hpke-schedule.js';
import type { Point } from '../../chaincode/crypto/point.js';
import type { Scalar } from '../../chaincode/crypto/scalar.js';
import { TAG_BYTES, type Binding, type Sealed } from '../../chaincode/crypto/sealed.js';
import { nobleSuite } from './noble-suite.js';
import { notIdentity } from './prove.js';

const CIPHER = 'AES-GCM';
const nobleHmac: Hmac = (key, data) => hmac(sha256, key, data);

/** @param ephemeral the secret of this one message: the same for another one would show both */
export async function sealInBrowser(
  recipient: Point,
  plaintext: Uint8Array,
  { info, aad }: Binding,
  ephemeral: Scalar,
): Promise<Sealed> {
  const enc = notIdentity(nobleSuite.multiplyBase(ephemeral));
  const shared = notIdentity(nobleSuite.multiply(ephemeral, recipient));
  const { key, nonce } = keySchedule(nobleHmac, sharedSecretOf(nobleHmac, shared, enc, recipient), info);
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), CIPHER, false, ['encrypt']);
  const algorithm = {
    name: CIPHER,
    iv: new Uint8Array(nonce),
    additionalData: new Uint8Array(aad),
    tagLength: TAG_BYTES * 8,
  };
  return {
    enc,
    ciphertext: new Uint8Array(await crypto.subtle.encrypt(algorithm, imported, new Uint8Array(plaintext))),
  };
}
