/**
 * The ledger's events from any block on, for any number of readers. The newest blocks are followed once and shared, as long as anybody reads; what is older a
 * reader takes from our own peer. Nobody has a queue of his own: whoever is slow asks later, so he costs no memory.
 */
import { setImmediate } from 'node:timers/promises';
import type { Clock, Random, Report } from '../fabric/clock.js';
import { Bell, pause } from './bell.js';
import { either } from './either.js';
import type { EventBlocks, FollowedEvents } from './event-blocks.js';
import { KnownBlocks } from './known-blocks.js';
import type { EventBlock } from './ledger-event.js';
import { RecentBlocks } from './recent-blocks.js';
import { Stretches } from './stretches.js';

export interface EventLogOptions {
  readonly blocks: EventBlocks;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
}

/** Webhooks have a queue of their own: no number of strangers who read keeps them waiting. */
export type Lane = 'readers' | 'couriers';

/** Whoever begins to read was seldom away for longer. */
const FILLED_BLOCKS = 100;
const BACK_OFF_MS = 200;
const MAX_BACK_OFF_MS = 10_000;
/** Of blocks that are known to be there: after that long without one the peer hangs. */
const SILENCE_MS = 10_000;

export class EventLog {
  readonly #options: EventLogOptions;
  readonly #stretches: Readonly<Record<Lane, Stretches>>;
  readonly #news = new Bell();
  readonly #closed = new AbortController();
  #recent: RecentBlocks | undefined;
  #readers = 0;
  #following: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();
  #feed: FollowedEvents | undefined;
  #stopWatch: (() => void) | undefined;

  constructor(options: EventLogOptions) {
    this.#options = options;
    const known = new KnownBlocks();
    this.#stretches = {
      readers: new Stretches(options.blocks, known),
      couriers: new Stretches(options.blocks, known, { atOnce: 1, waiting: 1_200 }),
    };
  }

  /** How many blocks there are now. @throws {GatewayError} LEDGER_UNAVAILABLE */
  height(): Promise<number> {
    return this.#options.blocks.height();
  }

  /** Blocks that are there already: at most some from `from` on, none beyond `to`. @throws {GatewayError} QUEUE_FULL, LEDGER_UNAVAILABLE */
  async stretch(
    from: number,
    to: number,
    { lane = 'readers', signal }: { readonly lane?: Lane; readonly signal?: AbortSignal } = {},
  ): Promise<readonly EventBlock[]> {
    const known = this.#recent?.get(from);
    return known ? [known] : this.#stretches[lane].read(from, to, signal);
  }

  /** All from `from` on, as they come, until the signal is aborted or the log closed. @throws {GatewayError} as `stretch` */
  async *read(from: number, signal: AbortSignal, lane: Lane = 'readers'): AsyncGenerator<EventBlock, void> {
    const { signal: over, release } = either(signal, this.#closed.signal);
    this.#enter();
    try {
      for (let next = from; !over.aborted;) {
        const recent = this.#recent;
        if (!recent || next >= recent.next) await this.#news.rung(over);
        else {
          const end = recent.first > next ? recent.first : recent.next;
          for (const block of await this.stretch(next, end, { lane, signal: over })) {
            if (isOver(over)) return;
            next = block.number + 1;
            yield block;
          }
        }
      }
    } finally {
      release();
      this.#leave();
    }
  }

  /** A block is there, as somebody says: a peer of ours that does not send it within a while is asked anew. */
  see({ number }: { readonly number: number }): void {
    const before = this.#recent?.next;
    if (before === undefined || number < before) return;
    this.#stopWatch ??= this.#options.clock.after(SILENCE_MS, () => {
      this.#stopWatch = undefined;
      if (this.#recent?.next === before) this.#feed?.close();
    });
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#stopWatch?.();
    this.#stopFollowing();
    await this.#running;
  }

  #enter(): void {
    this.#readers += 1;
    if (this.#following || this.#closed.signal.aborted) return;
    const following = new AbortController();
    this.#following = following;
    this.#running = this.#running.then(() => this.#run(following.signal));
  }

  /** What nobody reads is not followed. */
  #leave(): void {
    this.#readers -= 1;
    if (this.#readers === 0) this.#stopFollowing();
  }

  #stopFollowing(): void {
    this.#following?.abort();
    this.#following = undefined;
    this.#feed?.close();
  }

  async #run(over: AbortSignal): Promise<void> {
    const { clock, random, report } = this.#options;
    for (let failures = 0; !over.aborted; failures += 1) {
      const before = this.#recent?.next;
      try {
        await this.#follow(over);
      } catch (cause) {
        if (!isOver(over)) report('warning', 'events are not followed', { cause, block: before });
      }
      if (this.#recent?.next !== before) failures = 0;
      await pause(clock, random() * Math.min(MAX_BACK_OFF_MS, BACK_OFF_MS * 2 ** failures), over);
    }
  }

  async #follow(over: AbortSignal): Promise<void> {
    const height = await this.height();
    const recent = this.#recentAt(height);
    this.#news.ring();
    const feed = await this.#options.blocks.follow(recent.next);
    this.#feed = feed;
    try {
      // Ended meanwhile: the feed would wait for ever.
      if (isOver(over)) return;
      for await (const block of feed) {
        recent.add(block);
        this.#news.ring();
        // What is there already comes all at once: whatever waits has its turn in between.
        if (recent.next < height) await setImmediate();
      }
    } finally {
      feed.close();
      this.#feed = undefined;
    }
  }

  /** Goes on where it ended, so that who comes and goes has nothing read twice; or with the newest, if that is long ago. */
  #recentAt(height: number): RecentBlocks {
    const first = Math.max(0, height - FILLED_BLOCKS);
    if (!this.#recent || this.#recent.next < first) this.#recent = new RecentBlocks(first);
    return this.#recent;
  }
}

/** A function, because what others change must not be taken for constant. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;
