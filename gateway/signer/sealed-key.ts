/**
 * A private key at rest: AES-256-GCM (NIST SP 800-38D) under the key-encryption key, with a fresh random nonce. The additional data bind the key's
 * id, use and label, so that nobody who can write files makes a seller key out of an event key.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { importSigningKey, type SigningKey } from './sign-statement.js';
import { signerKeySchema, type SignerKey } from './signing-keys.js';

const NONCE_BYTES = 12;
export const KEY_ENCRYPTION_KEY_BYTES = 32;

const sealedKeySchema = z.strictObject({
  ...signerKeySchema.shape,
  sealed: z.strictObject({ nonce: z.base64url(), ciphertext: z.base64url(), tag: z.base64url() }),
});
export type SealedKey = Readonly<z.infer<typeof sealedKeySchema>>;

const boundData = ({ kid, use, label, createdAt }: SignerKey): Buffer =>
  Buffer.from(JSON.stringify(['guichet-signer-key', kid, use, label, createdAt]));

export function sealKey(description: SignerKey, key: SigningKey, encryptionKey: Buffer): SealedKey {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce);
  cipher.setAAD(boundData(description));
  const secret = JSON.stringify(key.privateKey.export({ format: 'jwk' }));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  const text = (bytes: Buffer) => bytes.toString('base64url');
  return {
    ...description,
    sealed: { nonce: text(nonce), ciphertext: text(ciphertext), tag: text(cipher.getAuthTag()) },
  };
}

/** The key could not be opened: wrong key-encryption key, or the file was changed. The two can't be told apart. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** @throws {SealBroken} */
export function openKey(
  file: string,
  content: string,
  encryptionKey: Buffer,
): { description: SignerKey; key: SigningKey } {
  const { sealed, ...description } = parseSealedKey(file, content);
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', encryptionKey, bytes(sealed.nonce), { authTagLength: 16 });
    decipher.setAAD(boundData(description));
    decipher.setAuthTag(bytes(sealed.tag));
    const secret = Buffer.concat([decipher.update(bytes(sealed.ciphertext)), decipher.final()]);
    const key = importSigningKey(z.record(z.string(), z.string()).parse(JSON.parse(secret.toString('utf8'))));
    if (key.kid !== description.kid || key.jwk.x !== description.jwk.x || key.jwk.y !== description.jwk.y) {
      throw new Error('the public half is of another key');
    }
    return { description, key };
  } catch (cause) {
    throw new SealBroken(`${file} can't be opened: wrong key file, or the file was changed`, { cause });
  }
}

function parseSealedKey(file: string, content: string): SealedKey {
  try {
    return sealedKeySchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new SealBroken(`${file} is no sealed key`, { cause });
  }
}
