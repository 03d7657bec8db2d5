/**
 * Secrets at rest: AES-256-GCM (NIST SP 800-38D) under the node key with a fresh random nonce. The additional data say what is sealed, so that nobody who
 * can write files puts one key's share in another's place.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const NODE_KEY_BYTES = 32;

export const sealedSchema = z.strictObject({ nonce: z.base64url(), ciphertext: z.base64url(), tag: z.base64url() });
export type Sealed = Readonly<z.infer<typeof sealedSchema>>;

/** What a secret is: strings that whoever opens it has to know. */
export type Purpose = readonly string[];

const boundTo = (purpose: Purpose): Buffer => Buffer.from(JSON.stringify(['guichet-node', ...purpose]));

export function sealSecret(secret: unknown, purpose: Purpose, nodeKey: Buffer): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, nodeKey, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(purpose));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(secret), 'utf8'), cipher.final()]);
  const text = (bytes: Buffer) => bytes.toString('base64url');
  return { nonce: text(nonce), ciphertext: text(ciphertext), tag: text(cipher.getAuthTag()) };
}

/** It could not be opened: another node key, or the file was changed. The two can't be told apart. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** @throws {SealBroken} */
export function openSecret({ nonce, ciphertext, tag }: Sealed, purpose: Purpose, nodeKey: Buffer): unknown {
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv(CIPHER, nodeKey, bytes(nonce), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(purpose));
    decipher.setAuthTag(bytes(tag));
    const secret = Buffer.concat([decipher.update(bytes(ciphertext)), decipher.final()]);
    return JSON.parse(secret.toString('utf8'));
  } catch (cause) {
    throw new SealBroken(`${purpose.join(' ')} can't be opened: another node key, or the file was changed`, { cause });
  }
}
