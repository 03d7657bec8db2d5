/** PGlite as the pool of one connection that kysely's PostgreSQL dialect asks for: who has it, has it alone, until it is released. */
import { Worker } from 'node:worker_threads';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Question, Reply } from './pglite-worker.js';

type Settle = (reply: Reply) => void;

export class PGliteError extends Error {
  override readonly name = 'PGliteError';

  /** @param code SQLSTATE, where the database said one */
  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

export class PGlitePool implements PostgresPool {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Settle>();
  readonly #client: PostgresPoolClient;
  readonly #onEnd: () => Promise<void>;
  #lastId = 0;
  #failure: Error | undefined;
  #turn: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  /** @param directory undefined: in memory @param onEnd when nothing has the directory any more */
  static async open(directory: string | undefined, onEnd = () => Promise.resolve()): Promise<PGlitePool> {
    const pool = new PGlitePool(directory, onEnd);
    try {
      await pool.#answerTo(0);
    } catch (error) {
      await pool.#worker.terminate();
      throw error;
    }
    return pool;
  }

  private constructor(directory: string | undefined, onEnd: () => Promise<void>) {
    this.#onEnd = onEnd;
    this.#worker = new Worker(new URL('pglite-worker.js', import.meta.url), { workerData: { directory } });
    this.#worker.on('message', (reply: Reply) => {
      const settle = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      settle?.(reply);
    });
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the database has ended')));
    const query = (sql: string, parameters: readonly unknown[]) => this.#query(sql, parameters);
    // Cursors are not for one connection that everybody shares; kysely makes none unless it is given a maker.
    this.#client = { query, release: () => this.#release() } as unknown as PostgresPoolClient;
  }

  async connect(): Promise<PostgresPoolClient> {
    const before = this.#turn;
    let release: () => void = () => undefined;
    this.#turn = new Promise((resolve) => (release = resolve));
    await before;
    this.#release = release;
    return this.#client;
  }

  async end(): Promise<void> {
    await this.#turn;
    try {
      if (!this.#failure) await this.#ask(undefined, []);
    } finally {
      await this.#worker.terminate();
      await this.#onEnd();
    }
  }

  async #query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const { command, rowCount, rows } = await this.#ask(sql, parameters);
    return { command: command as PostgresQueryResult<R>['command'], rowCount, rows: rows as R[] };
  }

  #ask(sql: string | undefined, parameters: readonly unknown[]) {
    const id = ++this.#lastId;
    const answer = this.#answerTo(id);
    if (!this.#failure) this.#worker.postMessage({ id, sql, parameters } satisfies Question);
    return answer;
  }

  #answerTo(id: number): Promise<Exclude<Reply, { error: unknown }>> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#waiting.set(id, (reply) => {
        if ('error' in reply) reject(new PGliteError(reply.error.message, reply.error.code));
        else resolve(reply);
      });
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const { message } = this.#failure;
    for (const [id, settle] of this.#waiting) settle({ id, error: { message, code: undefined } });
    this.#waiting.clear();
  }
}
