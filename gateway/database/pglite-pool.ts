/** PGlite in a thread of its own as the pool of one connection that kysely's PostgreSQL dialect asks for: who has it, has it alone, until it is released. */
import { Worker } from 'node:worker_threads';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Questions, type Question, type Reply } from './questions.js';
import { Turns } from './turns.js';

export { PGliteError } from './questions.js';

export class PGlitePool implements PostgresPool {
  readonly #worker: Worker;
  readonly #questions = new Questions((question: Question) => this.#worker.postMessage(question));
  readonly #turns = new Turns();
  readonly #onEnd: () => Promise<void>;
  /** It should be there. */
  #isOpen = false;

  /**
   * @param directory undefined: in memory
   * @param onEnd when nothing has the directory any more
   * @param onDeath once, if the thread dies by itself: every question fails from then on
   */
  static async open(
    directory: string | undefined,
    onEnd = () => Promise.resolve(),
    onDeath: (cause: unknown) => void = () => undefined,
  ): Promise<PGlitePool> {
    const pool = new PGlitePool(directory, onEnd, onDeath);
    try {
      await pool.#questions.answerTo(0);
    } catch (error) {
      await pool.#worker.terminate();
      throw error;
    }
    pool.#isOpen = true;
    return pool;
  }

  private constructor(directory: string | undefined, onEnd: () => Promise<void>, onDeath: (cause: unknown) => void) {
    this.#onEnd = onEnd;
    const die = (cause: Error) => {
      this.#questions.fail(cause);
      if (this.#isOpen) onDeath(cause);
      this.#isOpen = false;
    };
    this.#worker = new Worker(new URL('pglite-worker.js', import.meta.url), { workerData: { directory } });
    this.#worker.on('message', (reply: Reply) => this.#questions.settle(reply));
    this.#worker.on('error', die);
    this.#worker.on('exit', () => die(new Error('the database has ended')));
  }

  async connect(): Promise<PostgresPoolClient> {
    const release = await this.#turns.take();
    return clientOf(this.#questions, release);
  }

  async end(): Promise<void> {
    await this.#turns.take();
    this.#isOpen = false;
    try {
      if (!this.#questions.hasFailed) await this.#questions.ask(undefined, []);
    } finally {
      await this.#worker.terminate();
      await this.#onEnd();
    }
  }
}

/** Cursors are not for one connection that everybody shares; kysely makes none unless it is given a maker. */
export function clientOf(questions: Pick<Questions, 'ask'>, release: () => void): PostgresPoolClient {
  const query = async <R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    const { command, rowCount, rows } = await questions.ask(sql, parameters);
    return { command: command as PostgresQueryResult<R>['command'], rowCount, rows: rows as R[] };
  };
  return { query, release } as unknown as PostgresPoolClient;
}
