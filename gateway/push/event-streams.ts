/**
 * Streams of events that are open (server-sent events): so many in all and for each caller. Nothing is queued for a reader: what he has not taken is read again
 * from the ledger when he asks. One who takes nothing for a while is cut off and goes on by his last id.
 */
import type { Clock } from '../fabric/clock.js';
import { GatewayError } from '../errors.js';
import { pause, within } from './bell.js';
import { either } from './either.js';
import type { EventLog } from './event-log.js';
import { wantedIn, type EventBlock, type EventFilter } from './ledger-event.js';
import { firstBlockAfter, type Position } from './position.js';
import { beginning, chunksOf, keepAlive } from './sse.js';

export interface EventStreamsOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly inAll?: number;
  readonly perCaller?: number;
  readonly keepAliveMs?: number;
  readonly stallMs?: number;
}

const IN_ALL = 1_000;
/** Behind one address may be a whole office. */
const PER_CALLER = 50;
const KEEP_ALIVE_MS = 15_000;
const STALL_MS = 30_000;
/** How long a reader who is slow may take to leave. */
const LEAVE_MS = 2_000;

export interface StreamQuery {
  readonly filter: EventFilter;
  readonly after: Position | undefined;
  /** Name of the caller. */
  readonly caller: string;
}

export interface OpenStream {
  readonly chunks: AsyncIterable<string>;
  /** Cuts the connection; and when that is over, its chunks are returned, which aborts it. */
  readonly over: AbortController;
}

export class EventStreams {
  readonly #options: Required<EventStreamsOptions>;
  readonly #open = new Map<string, number>();
  readonly #running = new Set<AbortController>();
  readonly #leaving = new AbortController();

  constructor(options: EventStreamsOptions) {
    const bounds = { inAll: IN_ALL, perCaller: PER_CALLER, keepAliveMs: KEEP_ALIVE_MS, stallMs: STALL_MS };
    this.#options = { ...bounds, ...options };
  }

  /** How many are open. */
  get size(): number {
    return this.#running.size;
  }

  /** @throws {GatewayError} TOO_MANY_STREAMS, STREAMS_FULL, SHUTTING_DOWN */
  open({ filter, after, caller }: StreamQuery): OpenStream {
    if (this.#leaving.signal.aborted) throw new GatewayError('SHUTTING_DOWN');
    const { inAll, perCaller } = this.#options;
    const own = this.#open.get(caller) ?? 0;
    if (own >= perCaller) throw new GatewayError('TOO_MANY_STREAMS', { limit: perCaller });
    if (this.size >= inAll) throw new GatewayError('STREAMS_FULL', { limit: inAll });
    this.#open.set(caller, own + 1);
    const over = new AbortController();
    this.#running.add(over);
    over.signal.addEventListener('abort', () => this.#ended(over, caller), { once: true });
    return { over, chunks: this.#watched(this.#chunks(filter, after, over), over) };
  }

  /** Ends each where it is: its reader asks another gateway, or this one later. */
  async close(): Promise<void> {
    this.#leaving.abort();
    const done = new AbortController();
    const stop = this.#options.clock.after(LEAVE_MS, () => done.abort());
    for (const over of this.#running)
      over.signal.addEventListener('abort', () => this.size === 0 && done.abort(), { once: true });
    if (this.size > 0) await new Promise((resolve) => done.signal.addEventListener('abort', resolve, { once: true }));
    stop();
    for (const over of this.#running) over.abort();
  }

  #ended(over: AbortController, caller: string): void {
    this.#running.delete(over);
    const left = (this.#open.get(caller) ?? 1) - 1;
    if (left === 0) this.#open.delete(caller);
    else this.#open.set(caller, left);
  }

  async *#chunks(filter: EventFilter, after: Position | undefined, over: AbortController): AsyncGenerator<string> {
    const { signal: ended, release } = either(over.signal, this.#leaving.signal);
    const { log, clock, keepAliveMs } = this.#options;
    let seen = after;
    const blocks = log.read(firstBlockAfter(after), ended);
    let coming: ReturnType<typeof blocks.next> | undefined;
    try {
      yield beginning(after);
      coming = blocks.next();
      while (!ended.aborted) {
        const block = await within(coming, (signal) => pause(clock, keepAliveMs, signal), ended);
        if (!block) yield keepAlive(seen);
        else if (block.done) return;
        else {
          yield* told(block.value, filter, after);
          seen = { block: block.value.number };
          coming = blocks.next();
        }
      }
    } finally {
      await coming?.catch(() => undefined);
      // It may be at a block that nobody took.
      await blocks.return();
      release();
    }
  }

  /** Cuts it off if what was told is not taken for long. */
  #watched(chunks: AsyncGenerator<string>, over: AbortController): AsyncIterable<string> {
    const { clock, stallMs } = this.#options;
    let stop: () => void = () => undefined;
    over.signal.addEventListener('abort', () => stop(), { once: true });
    return {
      [Symbol.asyncIterator]: () => ({
        async next() {
          stop();
          const chunk = await chunks.next();
          if (chunk.done !== true && !over.signal.aborted) stop = clock.after(stallMs, () => over.abort());
          return chunk;
        },
        async return() {
          over.abort();
          await chunks.return(undefined);
          return { done: true, value: undefined };
        },
      }),
    };
  }
}

const told = (block: EventBlock, filter: EventFilter, after: Position | undefined): Iterable<string> =>
  chunksOf(block, wantedIn(block, filter, after));
