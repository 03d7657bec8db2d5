/**
 * Writes the signer's log. A signature is given out only once its line is on disk, so whatever a crash or a full disk left unfinished belongs to a
 * signature that nobody has: it is cut off, and the chain goes on from the last line that was finished.
 */
import type { FileHandle } from 'node:fs/promises';
import { GatewayError } from '../errors.js';
import { openForWriting, putAside, tipBefore } from './log-files.js';
import { chain, follow, type Followed, type SignatureEntry, type Tip } from './signature-chain.js';

/** Some hundred thousand signatures: the next start reads no more than this. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

export interface SignatureLogOptions {
  /** Told what had to be mended, and why a write failed. */
  readonly report?: (message: string, details: Readonly<Record<string, unknown>>) => void;
  readonly maxFileBytes?: number;
}

export class SignatureLog {
  readonly #path: string;
  readonly #options: Required<SignatureLogOptions>;
  #file: FileHandle | undefined;
  /** What is on disk for certain. */
  #tip: Tip;
  #bytes: number;
  /** A write failed: there may be bytes after these. */
  #torn: boolean;
  #gathered: SignatureEntry[] = [];
  /** The write that takes what is gathered, and the one before it. */
  #next: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, { tip, bytes, torn }: Followed, options: Required<SignatureLogOptions>) {
    this.#path = path;
    this.#options = options;
    this.#tip = tip;
    this.#bytes = bytes;
    this.#torn = torn > 0;
  }

  /** Opens the log and checks the chain of the file that is written. @throws {Error} if any complete line breaks it */
  static async open(path: string, options: SignatureLogOptions = {}): Promise<SignatureLog> {
    const all = { report: () => undefined, maxFileBytes: MAX_FILE_BYTES, ...options };
    const file = await openForWriting(path);
    try {
      const followed = await follow(path, await tipBefore(path));
      const { tip, torn } = followed;
      if (torn > 0)
        all.report('the signature log ended inside a line, which is cut off', { path, bytes: torn, after: tip.number });
      const log = new SignatureLog(path, followed, all);
      log.#file = file;
      await log.#mend(file);
      return log;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Resolves when the entries are on disk. Calls that come while a write is under way share the next one.
   * @throws {GatewayError} SIGNER_UNAVAILABLE if they could not be written; the next call may be
   */
  append(entries: readonly SignatureEntry[]): Promise<void> {
    this.#gathered.push(...entries);
    if (!this.#next) {
      this.#next = this.#last.then(() => {
        const gathered = this.#gathered;
        this.#gathered = [];
        this.#next = undefined;
        return this.#write(gathered);
      });
      this.#last = this.#next.catch(() => undefined);
    }
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file?.close();
  }

  async #write(entries: readonly SignatureEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { text, tip } = chain(this.#tip, entries);
    try {
      const file = await this.#writable();
      this.#torn = true;
      await file.appendFile(text);
      await file.datasync();
    } catch (cause) {
      this.#options.report('the signature log could not be written', { path: this.#path, err: cause });
      throw new GatewayError('SIGNER_UNAVAILABLE', { reason: 'the signature log could not be written' }, { cause });
    }
    this.#torn = false;
    this.#tip = tip;
    this.#bytes += Buffer.byteLength(text);
  }

  /** The file, without what a failed write left in it, and a new one if it is full. */
  async #writable(): Promise<FileHandle> {
    if (this.#file) await this.#mend(this.#file);
    if (this.#bytes >= this.#options.maxFileBytes) await this.#rotate();
    return (this.#file ??= await openForWriting(this.#path));
  }

  async #mend(file: FileHandle): Promise<void> {
    if (!this.#torn) return;
    await file.truncate(this.#bytes);
    await file.datasync();
    this.#torn = false;
  }

  /** A full file that can't be put aside is written on: better a long one than no signatures. */
  async #rotate(): Promise<void> {
    try {
      await putAside(this.#path, this.#tip);
    } catch (err) {
      this.#options.report('the full signature log could not be put aside', { path: this.#path, err });
      return;
    }
    const full = this.#file;
    this.#file = undefined;
    this.#bytes = 0;
    await full?.close();
  }
}
