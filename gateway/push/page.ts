/** What is there already, a page at a time: for whoever asks now and then and keeps no connection open. */
import { GatewayError } from '../errors.js';
import type { EventLog } from './event-log.js';
import { wantedIn, type EventFilter, type LedgerEvent } from './ledger-event.js';
import { firstBlockAfter, textOf, type Position } from './position.js';

/** A page ends after so many blocks, with events or without. */
const MAX_BLOCKS = 64;

export interface PageQuery {
  readonly filter: EventFilter;
  /** undefined: before everything */
  readonly after: Position | undefined;
  readonly limit: number;
  /** Aborted once nobody wants it any more. */
  readonly signal: AbortSignal;
}

export interface EventPage {
  readonly events: readonly LedgerEvent[];
  /** Everything up to there was looked at: `after` of the next page. Absent as long as the ledger is empty. */
  readonly next?: string;
}

/** @throws {GatewayError} QUEUE_FULL, LEDGER_UNAVAILABLE */
export async function eventPage(log: EventLog, { filter, after, limit, signal }: PageQuery): Promise<EventPage> {
  const from = firstBlockAfter(after);
  const to = Math.min(await log.height(), from + MAX_BLOCKS);
  const events: LedgerEvent[] = [];
  let seen = after;
  for (let next = from; next < to;) {
    const blocks = await log.stretch(next, to, { signal });
    // Who hung up has left the queue; whoever shares his answer asks himself.
    if (signal.aborted) throw new GatewayError('QUEUE_FULL', { field: 'from' });
    for (const block of blocks) {
      const wanted = wantedIn(block, filter, after);
      const taken = wanted.slice(0, limit - events.length);
      events.push(...taken.map(({ event }) => event));
      const last = taken.at(-1);
      if (taken.length < wanted.length) return { events, ...nextOf(last?.at ?? seen) };
      seen = { block: block.number };
      next = block.number + 1;
      if (events.length === limit) return { events, ...nextOf(seen) };
    }
  }
  return { events, ...nextOf(seen) };
}

const nextOf = (position: Position | undefined) => (position ? { next: textOf(position) } : {});
