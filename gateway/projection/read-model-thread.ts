/**
 * The gateway's end of the read model, which is a thread of its own (thread.ts): what has been read so far, and a database for questions. A thread that
 * dies is started again; meanwhile the gateway sells, and what is asked of the read model waits or is answered `READ_MODEL_BEHIND`.
 */
import { Worker } from 'node:worker_threads';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { openDatabase, type Place } from '../database/database.js';
import { clientOf } from '../database/pglite-pool.js';
import { Questions } from '../database/questions.js';
import { GatewayError } from '../errors.js';
import type { Clock, Report } from '../fabric/clock.js';
import type { FabricProfile } from '../fabric/profile.js';
import { Heights } from './heights.js';
import type { Database } from './open-tables.js';
import { Pending, type Lag } from './pending.js';
import type { Tables } from './tables.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

export interface ReadModelThreadOptions {
  readonly place: Place;
  readonly profile: FabricProfile;
  readonly clock: Clock;
  readonly report: Report;
  /** Is told of each block how long it took from when the gateway heard of it until its rows could be read. Milliseconds. */
  readonly onLag?: (ms: number) => void;
}

const RESTART_MS = 1_000;
const CLOSE_MS = 10_000;

export class ReadModelThread {
  readonly #options: ReadModelThreadOptions;
  readonly #heights: Heights;
  readonly #pending: Pending;
  #worker: Worker | undefined;
  #questions = new Questions(() => undefined);
  #db: Database | undefined;
  #stopRestart: (() => void) | undefined;
  #closed = false;

  constructor(options: ReadModelThreadOptions) {
    this.#options = options;
    this.#heights = new Heights(options.clock);
    this.#pending = new Pending(() => options.clock.now());
  }

  /** How many blocks are in. */
  get height(): number {
    return this.#heights.next;
  }

  /** How many blocks there are, as far as this gateway has heard; at least `height`. */
  get known(): number {
    return Math.max(this.#pending.known, this.height);
  }

  get lag(): Lag {
    return this.#pending.lag(this.height);
  }

  /** For single statements. @throws {GatewayError} READ_MODEL_BEHIND while it is not open, or empty */
  get db(): Database {
    if (!this.#db || this.height === 0) throw new GatewayError('READ_MODEL_BEHIND', { height: this.height });
    return this.#db;
  }

  async start(): Promise<void> {
    const { place, report } = this.#options;
    this.#db =
      'url' in place
        ? await openDatabase<Tables>(place, (cause) =>
            report('warning', 'a connection to the read model broke', { cause }),
          )
        : new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.#pool() }) });
    this.#run();
  }

  /** Waits until block `number` is in. @throws {GatewayError} READ_MODEL_BEHIND when the time is up */
  async reach(number: number, withinMs: number): Promise<void> {
    if (await this.#heights.reach(number + 1, withinMs)) return;
    throw new GatewayError('READ_MODEL_BEHIND', { field: 'min-block', block: number, height: this.height });
  }

  /** A block is there, as somebody says. */
  see({ number }: { readonly number: number }): void {
    this.#pending.hear(number);
    this.#tell({ kind: 'seen', number });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopRestart?.();
    const worker = this.#worker;
    if (worker) {
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      this.#tell({ kind: 'close' });
      const stop = this.#options.clock.after(CLOSE_MS, () => void worker.terminate());
      await ended;
      stop();
    }
    await this.#db?.destroy();
  }

  #run(): void {
    const { place, profile } = this.#options;
    const data: ThreadData = { place, profile };
    const worker = new Worker(new URL('thread.js', import.meta.url), { workerData: data });
    this.#worker = worker;
    const questions = new Questions((question) => this.#tell({ kind: 'question', question }));
    this.#questions = questions;
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (cause) => this.#options.report('alarm', "the read model's thread failed", { cause }));
    worker.on('exit', () => {
      this.#worker = undefined;
      // Nothing can be read until it says again how far it is.
      this.#heights.restart(0);
      questions.fail(new GatewayError('READ_MODEL_BEHIND', { height: this.height }));
      if (!this.#closed) this.#stopRestart = this.#options.clock.after(RESTART_MS, () => this.#run());
    });
  }

  #tell(message: ToThread): void {
    this.#worker?.postMessage(message);
  }

  #hear(message: FromThread): void {
    if (message.kind === 'reply') this.#questions.settle(message.reply);
    else if (message.kind === 'report') this.#options.report(message.level, message.message, message.details);
    else {
      this.#heights.restart(message.next);
      for (const ms of this.#pending.settle(message.next)) this.#options.onLag?.(ms);
    }
  }

  /** The thread gives each question its turn. A transaction would need a turn of several. */
  #pool(): PostgresPool {
    const ask: Questions['ask'] = (sql, parameters) => {
      if (/^\s*(begin|start)\b/i.test(sql ?? '')) throw new Error('the read model is asked single statements only');
      return this.#questions.ask(sql, parameters);
    };
    return { connect: () => Promise.resolve(clientOf({ ask }, () => undefined)), end: () => Promise.resolve() };
  }
}
