/**
 * A webhook's secret at rest: AES-256-GCM (NIST SP 800-38D) under the store's key, with a fresh random nonce, bound to the webhook, so that nobody who can write
 * rows makes one webhook sign with another's. Whoever has the database alone can't sign.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { SealBroken } from '../../signer/sealed-key.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_CHARS = 16;

export class SecretSeal {
  readonly #key: Buffer;
  /** Says which key it is, and nothing about it. */
  readonly keyId: string;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    this.#key = key;
    this.keyId = createHash('sha256').update('guichet-store-key').update(key).digest('hex').slice(0, KEY_ID_CHARS);
  }

  seal(webhook: string, secret: Buffer): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(boundTo(webhook));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws {SealBroken} */
  open(webhook: string, sealed: string): Buffer {
    const bytes = Buffer.from(sealed, 'base64url');
    const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(boundTo(webhook));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new SealBroken(`the secret of webhook ${webhook} can't be opened`, { cause });
    }
  }
}

const boundTo = (webhook: string): Buffer => Buffer.from(JSON.stringify(['guichet-webhook-secret', webhook]));
