/** Bytes of an event stream (HTML standard, section 9.2): what is said of a block to a reader who is at a position. */
import type { PlacedEvent } from './ledger-event.js';
import { textOf, type Position } from './position.js';

/** In one chunk, so that no block of however many events makes one that nobody can hold. */
const MAX_EVENTS = 100;
/** After which a page that lost its connection asks again, wherever it was. */
const RETRY_MS = 2_000;

/** An id without data raises nothing, but is where a page goes on after a break. */
const placed = (position: Position | undefined): string => (position ? `id: ${textOf(position)}\n\n` : '\n');

export const beginning = (position: Position | undefined): string => `retry: ${RETRY_MS}\n${placed(position)}`;

/** A comment keeps the connection alive; the position keeps a reader who wants little from looking through all again. */
export const keepAlive = (position: Position | undefined): string => `: \n${placed(position)}`;

/** Without a name: one `onmessage` gets them all, new types too, and `type` is in the data. */
export function* chunksOf(events: readonly PlacedEvent[]): Generator<string> {
  for (let from = 0; from < events.length; from += MAX_EVENTS)
    yield events
      .slice(from, from + MAX_EVENTS)
      .map(({ event }) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`)
      .join('');
}
