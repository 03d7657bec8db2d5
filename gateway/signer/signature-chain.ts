/**
 * The chain of the signer's log: one JSON line for each signature, each naming the hash of the line before it, so that a line can't be removed or
 * changed unseen. A line says which key signed which digest for which event; the payload, which may point to a person, is not in it.
 */
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '../../chaincode/crypto/jwk.js';

export interface SignatureEntry {
  readonly kid: string;
  readonly name: string;
  readonly digest: string;
  readonly event: string;
}

const lineSchema = z.strictObject({
  number: z.int().min(1),
  time: z.iso.datetime(),
  kid: z.string(),
  name: z.string(),
  digest: z.string(),
  event: z.string(),
  /** SHA-256 of the line before, "" for the first. */
  previous: z.string(),
});

/** Where the chain stands: number and hash of its last line. */
export interface Tip {
  readonly number: number;
  readonly hash: string;
}

export const NOTHING_SIGNED: Tip = { number: 0, hash: '' };

const MAX_LINE_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/** @returns the entries as lines, and the tip after them */
export function chain(tip: Tip, entries: readonly SignatureEntry[]): { readonly text: string; readonly tip: Tip } {
  const time = new Date().toISOString();
  let text = '';
  for (const entry of entries) {
    const line = JSON.stringify({ number: tip.number + 1, time, ...entry, previous: tip.hash });
    tip = { number: tip.number + 1, hash: sha256(line) };
    text += `${line}\n`;
  }
  return { text, tip };
}

/** A file of the chain as it was read: the tip after its last complete line, the bytes up to there, and those of an incomplete line after it. */
export interface Followed {
  readonly tip: Tip;
  readonly bytes: number;
  readonly torn: number;
}

/** Reads a file from where the chain stood before it, a piece at a time. @throws {Error} naming the first line that does not continue the chain */
export async function follow(path: string, before: Tip): Promise<Followed> {
  let [tip, bytes, rest] = [before, 0, Buffer.alloc(0)];
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    const read = Buffer.concat([rest, piece]);
    let from = 0;
    for (let to = read.indexOf(NEWLINE); to >= 0; to = read.indexOf(NEWLINE, from)) {
      tip = next(path, tip, read.toString('utf8', from, to));
      from = to + 1;
    }
    bytes += from;
    rest = read.subarray(from);
    if (rest.length > MAX_LINE_BYTES) throw new Error(`${path}: line ${tip.number + 1} has no end`);
  }
  return { tip, bytes, torn: rest.length };
}

function next(path: string, tip: Tip, line: string): Tip {
  const number = tip.number + 1;
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success)
    throw new Error(`${path}: line ${number} of the signature log is no entry`, { cause: parsed.error });
  const continues = parsed.data.number === number && parsed.data.previous === tip.hash;
  if (!continues) throw new Error(`${path}: line ${number} of the signature log breaks the chain`);
  return { number, hash: sha256(line) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
