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
  readonly #what: string;
  /** Says which key it is, and nothing about it. */
  readonly keyId: string;

  /** @param key 32 bytes @param what is sealed; nothing else can be put in its place */
  constructor(key: Buffer, what = 'webhook secret') {
    this.#key = key;
    this.#what = what;
    this.keyId = createHash('sha256').update('guichet-store-key').update(key).digest('hex').slice(0, KEY_ID_CHARS);
  }

  seal(id: string, secret: Buffer): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(this.#boundTo(id));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws {SealBroken} */
  open(id: string, sealed: string): Buffer {
    const bytes = Buffer.from(sealed, 'base64url');
    const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(this.#boundTo(id));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new SealBroken(`the ${this.#what} ${id} can't be opened`, { cause });
    }
  }

  #boundTo(id: string): Buffer {
    return Buffer.from(JSON.stringify([`guichet-${this.#what.replaceAll(' ', '-')}`, id]));
  }
}
