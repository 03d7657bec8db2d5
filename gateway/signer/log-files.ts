/**
 * The files of the signer's log: the one that is written, and the full ones, named after their last line's number. The newest full one stays beside
 * the one that is written, which goes on from its last line; older ones may be put away.
 */
import { open, readdir, rename, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sha256 } from '../../chaincode/crypto/jwk.js';
import { syncDirectory } from './durable-file.js';
import { follow, NOTHING_SIGNED, type Tip } from './signature-chain.js';

const DIGITS = 15;
/** More than a line has. */
const TAIL_BYTES = 64 * 1024;

/** The full files, oldest first. */
async function fullFiles(path: string): Promise<readonly string[]> {
  const directory = dirname(path);
  const prefix = `${basename(path)}.`;
  const isFull = (name: string) =>
    name.startsWith(prefix) && new RegExp(`^[0-9]{${DIGITS}}$`).test(name.slice(prefix.length));
  return (await readdir(directory))
    .filter(isFull)
    .sort()
    .map((name) => join(directory, name));
}

/** Where the chain stands at the beginning of the file that is written. */
export async function tipBefore(path: string): Promise<Tip> {
  const newest = (await fullFiles(path)).at(-1);
  return newest === undefined
    ? NOTHING_SIGNED
    : { number: Number(newest.slice(-DIGITS)), hash: await lastHash(newest) };
}

async function lastHash(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(TAIL_BYTES),
      position: Math.max(size - TAIL_BYTES, 0),
    });
    return sha256(buffer.toString('utf8', 0, bytesRead).split('\n').at(-2) ?? '');
  } finally {
    await file.close();
  }
}

/** Opens the file that is written. Its name, and that of the one put aside before it, are on disk then. */
export async function openForWriting(path: string): Promise<FileHandle> {
  const file = await open(path, 'a', 0o600);
  try {
    await syncDirectory(dirname(path));
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Puts the full file aside; the next one begins where it ends. */
export async function putAside(path: string, { number }: Tip): Promise<void> {
  await rename(path, `${path}.${String(number).padStart(DIGITS, '0')}`);
}

/** Checks the whole chain, file after file. @throws {Error} naming the first line that does not continue it */
export async function verifySignatureLog(path: string): Promise<Tip> {
  let tip = NOTHING_SIGNED;
  for (const file of [...(await fullFiles(path)), path]) {
    const followed = await follow(file, tip);
    if (followed.torn > 0) throw new Error(`${file} ends inside a line`);
    ({ tip } = followed);
  }
  return tip;
}
