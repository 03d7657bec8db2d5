/** The key-encryption key: 32 bytes in base64url in a file that only its owner reads. */
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { writeDurably } from './durable-file.js';
import { KEY_ENCRYPTION_KEY_BYTES } from './sealed-key.js';

const OTHERS = 0o077;

/**
 * Reads the key, or makes it on the very first start.
 * @param mayCreate false once keys were sealed: a new key would open none of them
 */
export async function loadEncryptionKey(file: string, mayCreate: boolean): Promise<Buffer> {
  if (mayCreate && !(await exists(file))) {
    await writeDurably(file, `${randomBytes(KEY_ENCRYPTION_KEY_BYTES).toString('base64url')}\n`);
  }
  const { mode } = await stat(file);
  if ((mode & OTHERS) !== 0) throw new Error(`${file} must be readable by its owner only (chmod 600)`);
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url');
  if (key.length !== KEY_ENCRYPTION_KEY_BYTES)
    throw new Error(`${file} must hold ${KEY_ENCRYPTION_KEY_BYTES} bytes in base64url`);
  return key;
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
