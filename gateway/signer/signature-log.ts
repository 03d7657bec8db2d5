/**
 * The signer's log: one JSON line for each signature, each naming the hash of the line before it, so that a line can't be removed or changed
 * unseen. It says which key signed which digest for which event; the payload, which may point to a person, is not in it.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
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

/** Where the chain stands. */
interface Tip {
  readonly number: number;
  readonly hash: string;
}

/** @throws {Error} naming the first line that does not continue the chain */
export function verifySignatureLog(text: string): Tip {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('the signature log ends inside a line');
  return lines.reduce<Tip>(
    (tip, line, index) => {
      const { number, previous } = parseLine(line, index + 1);
      if (number !== tip.number + 1 || previous !== tip.hash)
        throw new Error(`line ${index + 1} of the signature log breaks the chain`);
      return { number, hash: sha256(line) };
    },
    { number: 0, hash: '' },
  );
}

function parseLine(line: string, at: number): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(`line ${at} of the signature log is no entry`, { cause });
  }
}

export class SignatureLog {
  readonly #file: FileHandle;
  #tip: Tip;
  #pending: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, tip: Tip) {
    this.#file = file;
    this.#tip = tip;
  }

  /** Opens the log and checks its whole chain. */
  static async open(path: string): Promise<SignatureLog> {
    const file = await open(path, 'a', 0o600);
    try {
      return new SignatureLog(file, verifySignatureLog(await readFile(path, 'utf8')));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Resolves when the entries are on disk. Calls that come while a write is under way share the next one. */
  append(entries: readonly SignatureEntry[]): Promise<void> {
    for (const entry of entries) {
      const number = this.#tip.number + 1;
      const line = JSON.stringify({ number, time: new Date().toISOString(), ...entry, previous: this.#tip.hash });
      this.#tip = { number, hash: sha256(line) };
      this.#pending.push(`${line}\n`);
    }
    this.#writing = this.#writing.then(() => this.#flush());
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const lines = this.#pending.join('');
    this.#pending = [];
    if (lines === '') return;
    await this.#file.appendFile(lines);
    await this.#file.datasync();
  }
}
