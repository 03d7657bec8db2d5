/**
 * Buyers who never give up: each wants one seat after the other, some of which are sold on, and sends the same request until it is answered,
 * whatever dies meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../../gateway/client/problem-error.js';
import type { Party } from './real-network.js';
import { aListing, aResale, type TestResale } from './resales.js';
import { send } from './rest.js';
import { aSale, held, newId, type Command, type TestAllotment, type TestSale } from './statements.js';
import { until } from './until.js';

const PAUSE_MS = 100;
/** Whose provider does as it is asked. */
const CARD = { method: 'tok_ok' } as const;
/** What a gateway says that may be different the next time. */
const AGAIN: ReadonlySet<string> = new Set([
  'LEDGER_UNAVAILABLE',
  'LEDGER_CONFLICT',
  'LEDGER_DISAGREES',
  'OUTCOME_UNKNOWN',
  'QUEUE_FULL',
  'OVERLOADED',
  'PAYMENT_UNDER_WAY',
  'SHUTTING_DOWN',
  'SIGNER_UNAVAILABLE',
]);
/** What is said of a step before by peers that have not read it yet: one that comes back while the others stand has much to read. */
const NOT_YET: ReadonlySet<string> = new Set(['UNKNOWN_TICKET', 'STALE_TICKET', 'UNKNOWN_LISTING']);

export interface Acknowledged {
  readonly sale: TestSale;
  readonly tx: string;
}

export interface SoldOn {
  readonly sale: TestSale;
  readonly resale: TestResale;
}

export interface SteadyLoadOptions {
  readonly seller: Party;
  /** Sold place by place. */
  readonly pool: TestAllotment;
  readonly buyers: number;
  /** Each time that a buyer has bought so many tickets, the last is sold on; none unless given. */
  readonly resellEvery?: number;
  /** Each time that a buyer has bought so many tickets, the last is paid by card; none unless given. */
  readonly payEvery?: number;
}

export class SteadyLoad {
  readonly acknowledged: Acknowledged[] = [];
  /** Acknowledged too. */
  readonly soldOn: SoldOn[] = [];
  /** What was to be paid by card, acknowledged or not. */
  readonly byCard: TestSale[] = [];
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
    const { resellEvery = Infinity, payEvery = Infinity } = this.#options;
    for (let bought = 1; !this.#stopped; bought += 1) {
      const isByCard = bought % payEvery === 0;
      const sale = this.#want(isByCard);
      const { kind, request } = sale.command;
      // Without a sale: the seller's signer makes one, another each time, under the same payment reference.
      const tx = await this.#untilAnswered({ kind, request, ...(isByCard && { payment: CARD }) });
      if (tx === undefined) continue;
      this.#acknowledge({ sale, tx });
      if (bought % resellEvery === 0) await this.#sellOn(sale);
    }
  }

  #want(isByCard: boolean): TestSale {
    const { pool } = this.#options;
    const seats = [`${pool.payload.pool?.section ?? ''}:${++this.#next}`];
    if (!isByCard) return aSale(pool, { seats });
    const sale = aSale(pool, { seats, request: { paymentReference: `test.${newId()}` } });
    this.byCard.push(sale);
    return sale;
  }

  async #sellOn(sale: TestSale): Promise<void> {
    const listing = aListing(held(sale), this.#options.pool);
    if ((await this.#untilAnswered(listing.command, NOT_YET)) === undefined) return;
    const resale = aResale(listing);
    if ((await this.#untilAnswered(resale.command, NOT_YET)) !== undefined) this.soldOn.push({ sale, resale });
  }

  /** @returns the transaction, undefined if it was refused or given up */
  async #untilAnswered(command: Command, again: ReadonlySet<string> = new Set()): Promise<string | undefined> {
    while (!this.#abandoned) {
      try {
        return (await send(this.#options.seller, command)).body.tx;
      } catch (error) {
        const code = error instanceof ProblemError ? error.code : 'no answer';
        if (error instanceof ProblemError && !AGAIN.has(code) && !again.has(code)) {
          this.refused.push(`${code} ${JSON.stringify(error.problem.details)}`);
          return undefined;
        }
        this.retries.set(code, (this.retries.get(code) ?? 0) + 1);
        await sleep(PAUSE_MS);
      }
    }
    return undefined;
  }

  #acknowledge(sale: Acknowledged): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#lastAt);
    this.#lastAt = now;
    this.acknowledged.push(sale);
  }
}
