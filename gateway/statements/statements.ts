/**
 * Statements of organizations' accounts, computed from blocks. While it reads the chain once, it keeps checkpoints of the book; a statement is then
 * read again from the nearest ones, and stretches in which the account has no line are passed over. Nothing is on disk: a restart reads again, once somebody asks.
 */
import { setImmediate } from 'node:timers/promises';
import type { Report } from '../fabric/clock.js';
import type { AccountOf, KindSum } from './balances.js';
import { BEGINNING, Book, type BookOptions, type Checkpoint } from './book.js';
import { Checkpoints } from './checkpoints.js';
import { Currencies } from './currencies.js';
import type { LedgerBlock, LedgerBlocks } from './ledger-blocks.js';
import { isAfter, type Line, type Position } from './line.js';
import type { Tariff } from './operators-fee.js';

/** How far behind the index may fall before it catches up without being asked. */
const FOLLOW_BLOCKS = 256;
/** What is read at once: a peer sends ahead what it was asked for, and all of it lies in memory. */
const STEP_BLOCKS = 32;

export interface StatementsOptions {
  readonly blocks: LedgerBlocks;
  readonly tariffs: readonly Tariff[];
  readonly report: Report;
  readonly checkpoints?: Checkpoints;
}

export interface StatementQuery extends AccountOf {
  /** Booking times from the first, and before the second; undefined for the beginning, and for now. Milliseconds since 1970. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** The last block to look at; the newest unless given. */
  readonly through?: number | undefined;
}

export interface Statement {
  readonly throughBlock: number;
  /** A block after the period has been booked: no line will ever be added to it. */
  readonly closed: boolean;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly totals: readonly KindSum[];
  /** The lines in their order, after a position if one is given; they are read while they are taken. */
  lines(after?: Position): AsyncGenerator<Line>;
}

export class Statements {
  readonly #blocks: LedgerBlocks;
  readonly #report: Report;
  readonly #options: BookOptions;
  readonly #checkpoints: Checkpoints;
  /** The book through the newest block that was read. */
  readonly #newest: Book;
  #reading: Promise<unknown> = Promise.resolve();
  #isFollowing = false;
  /** Where nobody ever asks for a statement, no block is read for one. */
  #isWanted = false;

  constructor({ blocks, tariffs, report, checkpoints = new Checkpoints() }: StatementsOptions) {
    this.#blocks = blocks;
    this.#report = report;
    this.#options = { tariffs, currencies: new Currencies() };
    this.#checkpoints = checkpoints;
    this.#newest = new Book(this.#options);
  }

  /** A new block is there: reads on in the background where there is much to read, so that no request has to wait for it. */
  follow({ number }: { readonly number: number }): void {
    if (!this.#isWanted || this.#isFollowing || number - this.#newest.next < FOLLOW_BLOCKS) return;
    this.#isFollowing = true;
    this.catchUp()
      .catch((cause: unknown) => this.#report('warning', 'statements could not read the blocks', { cause }))
      .finally(() => (this.#isFollowing = false));
  }

  /**
   * @param read blocks that were read a moment ago; what has come since is read unless given
   * @returns undefined if there is no block `through` yet
   * @throws {GatewayError} LEDGER_UNAVAILABLE
   */
  async statement(query: StatementQuery, read?: number): Promise<Statement | undefined> {
    const height = read ?? (await this.catchUp());
    const throughBlock = query.through ?? height - 1;
    if (throughBlock >= height) return undefined;
    const end = throughBlock + 1;
    const opening = query.fromMs === undefined ? BEGINNING : await this.#before(query.fromMs, end);
    const closing = await this.#before(query.toMs ?? Infinity, end);
    return {
      throughBlock,
      closed: closing.next < end,
      openingMinor: opening.balances.balanceOf(query),
      closingMinor: closing.balances.balanceOf(query),
      totals: closing.balances.since(opening.balances, query),
      lines: (after) => this.#lines(query, Math.max(opening.next, after?.block ?? 0), closing.next, after),
    };
  }

  /**
   * Reads what has come since, and all of the chain the first time. One after the other; each caller learns of its own failure.
   * @returns how many blocks were read in all @throws {GatewayError} LEDGER_UNAVAILABLE
   */
  catchUp(): Promise<number> {
    this.#isWanted = true;
    const advance = () => this.#advance();
    const mine = this.#reading.then(advance, advance);
    this.#reading = mine;
    return mine;
  }

  async #advance(): Promise<number> {
    const height = await this.#blocks.height();
    for await (const block of this.#read(this.#newest.next, height)) {
      const { faults } = this.#newest.post(block);
      if (faults.length > 0) this.#report('alarm', 'money records count for nothing', { block: block.number, faults });
      this.#checkpoints.keep(this.#newest);
    }
    return this.#newest.next;
  }

  /** The book before the first block that was booked at that time or later, or before block `end`. */
  async #before(timeMs: number, end: number): Promise<Checkpoint> {
    const start = this.#checkpoints.before(timeMs, end);
    const book = new Book(this.#options, start);
    for await (const block of this.#read(start.next, end)) {
      if (book.bookingTimeOf(block) >= timeMs) break;
      book.post(block);
    }
    return book.checkpoint();
  }

  async *#lines(account: AccountOf, from: number, to: number, after: Position | undefined): AsyncGenerator<Line> {
    const isWanted = (line: Line) => isOf(line, account) && line.block >= from && (!after || isAfter(line, after));
    let start = this.#checkpoints.at(from);
    while (start.next < to) {
      const stop = this.#checkpoints.after(start);
      // The last stretch may end beyond what is asked for, or be the newest one, which has no checkpoint at its end yet.
      const isWhole = stop !== undefined && stop.next <= to;
      if (!isWhole || stop.balances.linesOf(account) > start.balances.linesOf(account)) {
        for await (const line of this.#stretch(start, isWhole ? stop.next : to)) if (isWanted(line)) yield line;
      }
      if (!isWhole) return;
      start = stop;
    }
  }

  async *#stretch(start: Checkpoint, end: number): AsyncGenerator<Line> {
    const book = new Book(this.#options, start);
    for await (const block of this.#read(start.next, end)) yield* book.post(block).lines;
  }

  /** A block takes milliseconds of the thread that sells: after each, whatever waits has its turn. */
  async *#read(from: number, to: number): AsyncGenerator<LedgerBlock> {
    for (let start = from; start < to; start += STEP_BLOCKS)
      for await (const block of this.#blocks.read(start, Math.min(start + STEP_BLOCKS, to))) {
        yield block;
        await setImmediate();
      }
  }
}

const isOf = ({ account, currency }: Line, of: AccountOf): boolean =>
  account === of.organization && currency === of.currency;
