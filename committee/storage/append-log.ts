/**
 * An append-only file of checked lines. A line is on disk before its writer is answered; writers at once share one write and one sync. What a crash left
 * unfinished at the end was never answered, and is cut off; damage anywhere else is not ours to repair.
 */
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileSteps } from './durable-file.js';

/** The part of a file that appending needs; a test puts one in its place that crashes. */
export type AppendFile = Pick<FileHandle, 'appendFile' | 'datasync' | 'close'>;

const CHECK_CHARS = 8;
const checkOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, CHECK_CHARS);

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class AppendLog {
  readonly #file: AppendFile;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;
  #broken: unknown;

  private constructor(file: AppendFile) {
    this.#file = file;
  }

  /** @param onEntry called for each entry, oldest first. @throws {Error} where the file is damaged before its end */
  static async open(path: string, onEntry: (entry: unknown) => void): Promise<AppendLog> {
    const file = await open(path, 'a+', 0o600);
    try {
      const content = await file.readFile('utf8');
      const { entries, goodBytes } = readLines(path, content);
      for (const entry of entries) onEntry(entry);
      if (goodBytes < Buffer.byteLength(content)) await file.truncate(goodBytes);
      await file.sync();
      await fileSteps.syncDirectory(dirname(path));
      return new AppendLog(file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** For a test. */
  static over(file: AppendFile): AppendLog {
    return new AppendLog(file);
  }

  /** Resolves once the entry is on disk. After one failure nothing more is taken: nobody knows what the file ends with until it is opened again. */
  append(entry: unknown): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(new Error('the log is broken', { cause: this.#broken }));
    const text = JSON.stringify(entry);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: `${checkOf(text)} ${text}\n`, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        if (this.#broken !== undefined) throw new Error('the log is broken', { cause: this.#broken });
        await this.#file.appendFile(batch.map(({ line }) => line).join(''));
        await this.#file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#broken ??= error;
        for (const { reject } of batch) reject(error);
      }
    }
    this.#flushing = undefined;
  }
}

interface Lines {
  readonly entries: readonly unknown[];
  readonly goodBytes: number;
}

function readLines(path: string, content: string): Lines {
  const lines = content.split('\n');
  // Whatever follows the last line's end was not finished.
  lines.pop();
  const good = lines.map(isGood);
  const firstBad = good.indexOf(false);
  if (firstBad >= 0 && good.includes(true, firstBad)) throw new Error(`${path} is damaged in line ${firstBad + 1}`);
  const finished = firstBad < 0 ? lines : lines.slice(0, firstBad);
  return {
    entries: finished.map((line): unknown => JSON.parse(line.slice(CHECK_CHARS + 1))),
    goodBytes: finished.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0),
  };
}

const isGood = (line: string): boolean => line.startsWith(`${checkOf(line.slice(CHECK_CHARS + 1))} `);
