/** Buyers who never give up: each wants one seat after the other and sends the same request until it is answered, whatever dies meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../../gateway/client/problem-error.js';
import type { Party } from './real-network.js';
import { send } from './rest.js';
import { aSale, type TestAllotment, type TestSale } from './statements.js';
import { until } from './until.js';

const PAUSE_MS = 100;
/** What a gateway says that may be different the next time. */
const AGAIN: ReadonlySet<string> = new Set([
  'LEDGER_UNAVAILABLE',
  'LEDGER_CONFLICT',
  'LEDGER_DISAGREES',
  'OUTCOME_UNKNOWN',
  'QUEUE_FULL',
  'SHUTTING_DOWN',
  'SIGNER_UNAVAILABLE',
]);

export interface Acknowledged {
  readonly sale: TestSale;
  readonly tx: string;
}

export interface SteadyLoadOptions {
  readonly seller: Party;
  /** Sold place by place. */
  readonly pool: TestAllotment;
  readonly buyers: number;
}

export class SteadyLoad {
  readonly acknowledged: Acknowledged[] = [];
  /** Definite refusals: there should be none. */
  readonly refused: string[] = [];
  /** Answers and silences after which the same request was sent again, by what they were. */
  readonly retries = new Map<string, number>();
  readonly #options: SteadyLoadOptions;
  readonly #buyers: Promise<void>[] = [];
  #next = 0;
  #stopped = false;
  #abandoned = false;
  #lastAt = performance.now();
  #longestMs = 0;

  constructor(options: SteadyLoadOptions) {
    this.#options = options;
    for (let buyer = 0; buyer < options.buyers; buyer += 1) this.#buyers.push(this.#buy());
  }

  /** Starts to measure the longest time without an acknowledgement. */
  watch(): void {
    this.#longestMs = 0;
  }

  get longestOutageMs(): number {
    return Math.round(Math.max(this.#longestMs, performance.now() - this.#lastAt));
  }

  /** Resolves when that many more sales are acknowledged. */
  async progress(sales: number): Promise<void> {
    const goal = this.acknowledged.length + sales;
    await until(() => this.acknowledged.length >= goal);
  }

  /** Every request under way is answered first. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#buyers);
  }

  /** Whatever is under way is given up: for when the network does not come back. */
  abandon(): void {
    this.#stopped = true;
    this.#abandoned = true;
  }

  async #buy(): Promise<void> {
    while (!this.#stopped) {
      const { pool } = this.#options;
      const seat = `${pool.payload.pool?.section ?? ''}:${++this.#next}`;
      await this.#untilAnswered(aSale(pool, { seats: [seat] }));
    }
  }

  async #untilAnswered(sale: TestSale): Promise<void> {
    const { kind, request } = sale.command;
    while (!this.#abandoned) {
      try {
        // Without a sale: the seller's signer makes one, another each time, under the same payment reference.
        const { body } = await send(this.#options.seller, { kind, request });
        this.#acknowledge({ sale, tx: body.tx });
        return;
      } catch (error) {
        const code = error instanceof ProblemError ? error.code : 'no answer';
        if (error instanceof ProblemError && !AGAIN.has(code)) {
          this.refused.push(`${code} ${JSON.stringify(error.problem.details)}`);
          return;
        }
        this.retries.set(code, (this.retries.get(code) ?? 0) + 1);
        await sleep(PAUSE_MS);
      }
    }
  }

  #acknowledge(sale: Acknowledged): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#lastAt);
    this.#lastAt = now;
    this.acknowledged.push(sale);
  }
}
