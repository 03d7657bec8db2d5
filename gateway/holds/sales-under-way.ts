/**
 * Seats that sales have in hand, written where the seller's other gateways see them: what a gateway had sent when it was killed is still committed, and
 * nobody may be given a hold of it meanwhile. A gateway that has its book alone writes nothing, its allocator knows.
 */
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { Report } from '../fabric/clock.js';
import { IN_FLIGHT_MS } from '../fabric/in-flight.js';
import { Gathered } from '../gathered.js';
import { isUnknown } from '../sales/gone.js';
import type { Sold } from '../sales/sale-maker.js';
import type { HoldBook } from './hold-book.js';
import type { SellingSeat } from './hold.js';

/** From when seats are in hand until the sale is sent for the last time: a queue, a bank, and what is tried again. */
const UNTIL_SENT_MS = 120_000;
/** How long after its sale a seat still counts as in hand: by then whoever found it free in the ledger has written his hold, or given up. */
const SEEN_MS = 30_000;
const FORGET_EVERY_MS = 10_000;
/** What is over by another gateway's clock may not be by ours. */
const CLOCKS_MS = 10_000;

export interface SalesUnderWayOptions {
  readonly book: HoldBook;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly report: Report;
}

export class SalesUnderWay {
  readonly #options: SalesUnderWayOptions;
  /** Begins the names of this process's sales. */
  readonly #self = `${randomBytes(12).toString('base64url')}.`;
  readonly #marks: Gathered<SellingSeat, void>;
  #sales = 0;
  #forgotAtMs = 0;

  constructor(options: SalesUnderWayOptions) {
    this.#options = options;
    this.#marks = new Gathered((seats) => options.book.markSelling(seats));
  }

  /** What sales of other gateways have in hand. @throws {GatewayError} STORE_UNAVAILABLE */
  async elsewhere(event: string): Promise<readonly SellingSeat[]> {
    const { book, nowMs } = this.#options;
    if (!book.isShared) return [];
    return (await book.sellingOf(event, nowMs())).filter(({ sale }) => !sale.startsWith(this.#self));
  }

  /** @param sell begins when it is written @throws {GatewayError} STORE_UNAVAILABLE, and what `sell` throws */
  async during(event: string, places: readonly string[], sell: () => Promise<Sold>): Promise<Sold> {
    const { book, nowMs } = this.#options;
    if (!book.isShared) return sell();
    this.#forget();
    const sale = `${this.#self}${(this.#sales += 1)}`;
    // A request may name a seat twice; that is for the ledger to refuse.
    const seats = [...new Set(places)];
    const mark = (ms: number) => this.#marks.ask(seats.map((place) => ({ event, place, sale, untilMs: nowMs() + ms })));
    await mark(UNTIL_SENT_MS + IN_FLIGHT_MS);
    try {
      const sold = await sell();
      // What was sold before may have been other seats.
      this.#see(mark(sold.committed.replayed ? 0 : SEEN_MS));
      return sold;
    } catch (error) {
      if (isNo(error)) await mark(0).catch((cause: unknown) => this.#tell(cause));
      else this.#see(mark(IN_FLIGHT_MS));
      throw error;
    }
  }

  #forget(): void {
    const { book, nowMs } = this.#options;
    if (nowMs() - this.#forgotAtMs < FORGET_EVERY_MS) return;
    this.#forgotAtMs = nowMs();
    this.#see(book.forgetSelling(nowMs() - CLOCKS_MS));
  }

  /** Changes nothing of what became of the sale, so nobody waits for it. */
  #see(writing: Promise<void>): void {
    writing.catch((cause: unknown) => this.#tell(cause));
  }

  /** What is written counts until its time is over. */
  #tell(cause: unknown): void {
    this.#options.report(
      'warning',
      'what became of seats in hand could not be written: nobody holds them for a while',
      {
        cause,
      },
    );
  }
}

/** The sale did not take place, and will not. */
const isNo = (error: unknown): boolean =>
  error instanceof Refusal || (error instanceof GatewayError && !isUnknown(error));
