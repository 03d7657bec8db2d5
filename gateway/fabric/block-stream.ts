/**
 * The one stream of blocks of this process. It tells every waiter what became of its transaction, in place of a status call for each, and everybody
 * else how high the ledger is. It reconnects from the block after the last one seen, so nothing is skipped or told twice.
 */
import type { Clock, Random, Report } from './clock.js';
import { LedgerFailure } from './ledger.js';
import type { Witnessed } from './witnesses.js';

export interface SeenBlock {
  readonly number: number;
  /** `code` is Fabric's TxValidationCode by name. */
  readonly transactions: readonly { readonly tx: string; readonly code: string }[];
}

export interface BlockFeed extends AsyncIterable<SeenBlock> {
  /** The organization whose peer tells: its word, which nobody has signed. */
  readonly mspId: string;
  close(): void;
}

/** @param from first block to tell; undefined: the newest that there is */
export type OpenFeed = (from: number | undefined) => Promise<BlockFeed>;

export interface BlockStreamOptions {
  readonly open: OpenFeed;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
  /** How many transactions are remembered for waiters that come late. */
  readonly memory?: number;
}

const BACK_OFF_MS = 100;
const MAX_BACK_OFF_MS = 5_000;

export class BlockStream {
  readonly #options: BlockStreamOptions;
  readonly #recent = new Map<string, Witnessed>();
  readonly #waiters = new Map<string, Set<(commit: Witnessed) => void>>();
  readonly #listeners = new Set<(block: SeenBlock) => void>();
  #height = 0;
  #feed: BlockFeed | undefined;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(options: BlockStreamOptions) {
    this.#options = options;
  }

  /** How many blocks there are, as far as this gateway has seen; 0 before the first. */
  get height(): number {
    return this.#height;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    this.#feed?.close();
    await this.#running;
  }

  /** The feed is behind what others say: take it up again, perhaps from another peer. */
  restart(): void {
    this.#feed?.close();
  }

  /** @returns what ends the subscription */
  onBlock(listener: (block: SeenBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @throws {LedgerFailure} of stage `commit` when the deadline passes */
  waitFor(tx: string, deadlineMs: number): Promise<Witnessed> {
    const known = this.#recent.get(tx);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const stop = this.#options.clock.after(deadlineMs, () => {
        this.#forget(tx, settle);
        reject(new LedgerFailure('commit', 'deadline', `${tx} was not committed within ${deadlineMs} ms`));
      });
      const settle = (commit: Witnessed) => {
        stop();
        resolve(commit);
      };
      this.#waiters.set(tx, (this.#waiters.get(tx) ?? new Set()).add(settle));
    });
  }

  #forget(tx: string, waiter: (commit: Witnessed) => void): void {
    const waiters = this.#waiters.get(tx);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(tx);
  }

  async #run(): Promise<void> {
    const { open, random, report } = this.#options;
    let failures = 0;
    // Ends when the process closes the stream: a gateway without blocks is of no use, so it never gives up.
    while (!this.#isClosed()) {
      try {
        this.#feed = await open(this.#height === 0 ? undefined : this.#height);
        if (this.#isClosed()) this.#feed.close();
        const { mspId } = this.#feed;
        for await (const block of this.#feed) {
          this.#see(block, mspId);
          failures = 0;
        }
      } catch (cause) {
        if (!this.#isClosed()) report('warning', 'the block stream broke', { cause, height: this.#height });
      }
      this.#feed = undefined;
      if (!this.#isClosed()) await this.#pause(random() * Math.min(MAX_BACK_OFF_MS, BACK_OFF_MS * 2 ** failures++));
    }
  }

  /** Until then, or until the stream is closed. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        stop();
        resolve();
      };
    });
  }

  /** A method, because the loop above must not take for constant what others change. */
  #isClosed(): boolean {
    return this.#closed;
  }

  #see(block: SeenBlock, by: string): void {
    if (block.number < this.#height) return;
    if (this.#height > 0 && block.number > this.#height)
      throw new Error(`block ${block.number} came in place of ${this.#height}`);
    this.#height = block.number + 1;
    for (const { tx, code } of block.transactions) this.#settle(tx, { code, block: block.number, by });
    for (const listener of this.#listeners) this.#tell(listener, block);
  }

  /** The first copy of a transaction decides; a later one is marked a duplicate and says nothing of the first. */
  #settle(tx: string, commit: Witnessed): void {
    const known = this.#recent.get(tx);
    if (!known && commit.code !== 'DUPLICATE_TXID') this.#remember(tx, commit);
    for (const settle of this.#waiters.get(tx) ?? []) settle(known ?? commit);
    this.#waiters.delete(tx);
  }

  #remember(tx: string, commit: Witnessed): void {
    if (this.#recent.size >= (this.#options.memory ?? 20_000))
      this.#recent.delete(this.#recent.keys().next().value ?? '');
    this.#recent.set(tx, commit);
  }

  #tell(listener: (block: SeenBlock) => void, block: SeenBlock): void {
    try {
      listener(block);
    } catch (cause) {
      // One listener's defect must keep nobody else from his block.
      this.#options.report('alarm', 'a block listener failed', { cause, block: block.number });
    }
  }
}
