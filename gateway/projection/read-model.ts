/**
 * The read model of a running gateway: opens its database, follows the blocks of its own peer, and says how far it is. It never gives up: without it
 * the gateway sells all the same, and what is asked of it is answered `READ_MODEL_BEHIND` until it is there.
 */
import { GatewayError } from '../errors.js';
import type { Clock, Random, Report } from '../fabric/clock.js';
import { batches } from './batches.js';
import type { Database } from './open-tables.js';
import { Heights } from './heights.js';
import { inTurn, type Others } from './in-turn.js';
import { AnotherLedger, Projector, requireOwn, type Checkpoint, type LinkedBlock } from './projector.js';

export interface FollowedBlocks extends AsyncIterable<LinkedBlock> {
  close(): void;
}

export interface BlockSource {
  height(): Promise<number>;
  /** Blocks from this one on, as they come, until it is closed. */
  follow(from: number): Promise<FollowedBlocks>;
}

export interface ReadModelOptions {
  /** Opens the database, with all its tables. */
  readonly open: () => Promise<Database>;
  readonly blocks: BlockSource;
  readonly channel: string;
  readonly chaincode: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
  /** Other gateways may have the same tables: one writes at a time, the others look how far it is. */
  readonly shared?: boolean;
  /** Is told each time how many blocks are in. */
  readonly onHeight?: (next: number) => void;
}

const BACK_OFF_MS = 200;
const MAX_BACK_OFF_MS = 10_000;
/** Of blocks that are known to be there: after that long without one the peer hangs. */
const SILENCE_MS = 10_000;
/** Between two looks at how far another is. */
const LOOK_MS = 100;
/** In one transaction at most. */
const MAX_BLOCKS = 50;

export class ReadModel {
  readonly #options: ReadModelOptions;
  readonly #heights: Heights;
  #db: Database | undefined;
  #feed: FollowedBlocks | undefined;
  #running: Promise<void> | undefined;
  #stopWatch: (() => void) | undefined;
  #wake: (() => void) | undefined;
  #closed = false;
  #known = 0;

  constructor(options: ReadModelOptions) {
    this.#options = options;
    this.#heights = new Heights(options.clock);
  }

  /** How many blocks are in. */
  get height(): number {
    return this.#heights.next;
  }

  /** How many blocks there are, as far as this gateway has heard; at least `height`. */
  get known(): number {
    return Math.max(this.#known, this.height);
  }

  /** @throws {GatewayError} READ_MODEL_BEHIND while it is not open, or empty */
  get db(): Database {
    if (!this.#db || this.height === 0) throw new GatewayError('READ_MODEL_BEHIND', { height: this.height });
    return this.#db;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Waits until block `number` is in. @throws {GatewayError} READ_MODEL_BEHIND when the time is up */
  async reach(number: number, withinMs: number): Promise<void> {
    if (await this.#heights.reach(number + 1, withinMs)) return;
    throw new GatewayError('READ_MODEL_BEHIND', { field: 'min-block', block: number, height: this.height });
  }

  /** A block is there, as somebody says: a peer of ours that does not send it within a while is asked anew. */
  see({ number }: { readonly number: number }): void {
    this.#known = Math.max(this.#known, number + 1);
    const before = this.height;
    this.#stopWatch ??= this.#options.clock.after(SILENCE_MS, () => {
      this.#stopWatch = undefined;
      if (this.height === before && this.height < this.#known) this.#feed?.close();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatch?.();
    this.#wake?.();
    this.#feed?.close();
    await this.#running;
    await this.#db?.destroy();
  }

  async #run(): Promise<void> {
    const { open, random } = this.#options;
    for (let failures = 0; !this.#isClosed(); failures += 1) {
      const before = this.height;
      try {
        this.#db ??= await open();
        if (!this.#isClosed()) await this.#write(this.#db);
      } catch (cause) {
        if (!this.#isClosed()) this.#tell(cause);
      }
      if (this.height > before) failures = 0;
      await this.#pause(random() * Math.min(MAX_BACK_OFF_MS, BACK_OFF_MS * 2 ** failures));
    }
  }

  /** Alone, or in turn with the others that share the tables. */
  async #write(db: Database): Promise<void> {
    const { shared = false } = this.#options;
    const projectorOf = (each: Database) => new Projector({ ...this.#options, db: each });
    if (!shared) await this.#follow(projectorOf(db));
    else
      await inTurn(db, {
        write: (alone) => this.#follow(projectorOf(alone)),
        wait: async (found) => {
          this.#followOthers(found);
          await this.#pause(LOOK_MS);
          return !this.#isClosed();
        },
      });
  }

  /** Nothing is answered from tables of another ledger. @throws {AnotherLedger} */
  #followOthers(found: Others | undefined): void {
    try {
      if (found) requireOwn(found, this.#options);
    } catch (error) {
      this.#restart(0);
      throw error;
    }
    this.#restart(found?.next ?? 0);
  }

  #restart(next: number): void {
    if (next === this.height) return;
    this.#heights.restart(next);
    this.#options.onHeight?.(next);
  }

  async #follow(projector: Projector): Promise<void> {
    const checkpoint = await projector.checkpoint();
    await this.#requirePresent(checkpoint);
    this.#restart(checkpoint.next);
    this.#feed = await this.#options.blocks.follow(Math.max(0, checkpoint.next - 1));
    // Closed meanwhile: the feed would wait for ever.
    if (this.#isClosed()) this.#feed.close();
    try {
      for await (const blocks of batches(this.#feed, MAX_BLOCKS)) {
        for (const block of blocks) requireSame(block, checkpoint);
        const { next } = await projector.apply(blocks);
        this.#heights.advance(next);
        this.#options.onHeight?.(next);
      }
    } finally {
      this.#feed.close();
      this.#feed = undefined;
    }
  }

  async #requirePresent({ next }: Checkpoint): Promise<void> {
    const height = await this.#options.blocks.height();
    if (height < next) throw new Error(`our own peer has ${height} blocks, the read model ${next}: it waits`);
  }

  #tell(cause: unknown): void {
    const level = cause instanceof AnotherLedger ? 'alarm' : 'warning';
    this.#options.report(level, 'the read model stopped following the ledger', { cause, height: this.height });
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  #pause(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        stop();
        resolve();
      };
    });
  }
}

function requireSame({ number, hash }: LinkedBlock, checkpoint: Checkpoint): void {
  if (number === checkpoint.next - 1 && checkpoint.hash !== hash)
    throw new AnotherLedger(`block ${number} is not the one that it was made from`);
}
