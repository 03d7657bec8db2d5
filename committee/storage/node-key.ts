/** The node key, under which everything secret is sealed: 32 bytes in base64url, from a file that only its owner reads. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { writeDurably } from './durable-file.js';
import { NODE_KEY_BYTES } from './sealed.js';

const OTHERS = 0o077;

/**
 * Reads the key, or makes it on the very first start.
 * @param mayCreate false once anything was sealed: a new key would open none of it
 */
export async function loadNodeKey(file: string, mayCreate: boolean): Promise<Buffer> {
  if (mayCreate && !existsSync(file)) {
    await writeDurably(file, `${randomBytes(NODE_KEY_BYTES).toString('base64url')}\n`);
  }
  const { mode } = await stat(file);
  if ((mode & OTHERS) !== 0) throw new Error(`${file} must be readable by its owner only (chmod 600)`);
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url');
  if (key.length !== NODE_KEY_BYTES) throw new Error(`${file} must hold ${NODE_KEY_BYTES} bytes in base64url`);
  return key;
}
