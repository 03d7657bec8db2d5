/** Bytes of an event stream (HTML standard, section 9.2): what is said of a block to a reader who is at a position. */
import type { EventBlock, LedgerEvent, PlacedEvent } from './ledger-event.js';
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

/** Made once for all streams that tell them, and gone with them: of events, and of blocks for who wants all. */
const texts = new WeakMap<LedgerEvent, string>();
const wholes = new WeakMap<EventBlock, readonly string[]>();

/** Without a name: one `onmessage` gets them all, new types too, and `type` is in the data. */
const written = (event: LedgerEvent): string => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;

/** @param events of the block, those that are wanted */
export function chunksOf(block: EventBlock, events: readonly PlacedEvent[]): Iterable<string> {
  if (events.length < block.events.length) return chunked(events, remembered);
  const known = wholes.get(block) ?? [...chunked(events, (event) => texts.get(event) ?? written(event))];
  wholes.set(block, known);
  return known;
}

function* chunked(events: readonly PlacedEvent[], tell: (event: LedgerEvent) => string): Generator<string> {
  for (let from = 0; from < events.length; from += MAX_EVENTS)
    yield events
      .slice(from, from + MAX_EVENTS)
      .map(({ event }) => tell(event))
      .join('');
}

function remembered(event: LedgerEvent): string {
  const known = texts.get(event);
  if (known !== undefined) return known;
  const text = written(event);
  texts.set(event, text);
  return text;
}
