/** HPKE (RFC 9180), mode base, one message: sealing what chaincode/crypto/hpke.ts opens. On node:crypto; browsers take seal-in-browser.ts. */
import { createCipheriv } from 'node:crypto';
import { concat } from '../../chaincode/crypto/bytes.js';
import { CIPHER, nodeHmac, TAG_BYTES, type Binding, type Sealed } from '../../chaincode/crypto/hpke.js';
import { keySchedule, sharedSecretOf } from '../../chaincode/crypto/hpke-schedule.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import type { Point } from '../../chaincode/crypto/point.js';
import type { Scalar } from '../../chaincode/crypto/scalar.js';
import { notIdentity } from './prove.js';

/** @param ephemeral the secret of this one message: the same for another one would show both */
export function seal(recipient: Point, plaintext: Uint8Array, { info, aad }: Binding, ephemeral: Scalar): Sealed {
  const enc = notIdentity(nodeSuite.multiplyBase(ephemeral));
  const shared = notIdentity(nodeSuite.multiply(ephemeral, recipient));
  const { key, nonce } = keySchedule(nodeHmac, sharedSecretOf(nodeHmac, shared, enc, recipient), info);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return { enc, ciphertext: concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag()) };
}
