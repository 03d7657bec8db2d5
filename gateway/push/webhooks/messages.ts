/**
 * What is posted: one event, or up to so many of one block. How a block is cut follows from the block and the webhook alone, so what is sent again after a crash
 * is the same message under the same id.
 */
import { wantedIn, type EventBlock, type EventFilter, type PlacedEvent } from '../ledger-event.js';
import type { Position } from '../position.js';

export interface Message {
  /** `webhook-id`. */
  readonly id: string;
  readonly body: string;
  readonly events: number;
  /** Of its last event. */
  readonly through: Position;
}

export function messagesOf(
  block: EventBlock,
  filter: EventFilter,
  { after, maxEvents }: { readonly after: Position | undefined; readonly maxEvents: number },
): readonly Message[] {
  const wanted = wantedIn(block, filter, after);
  const messages: Message[] = [];
  for (let from = 0; from < wanted.length; from += maxEvents) {
    const message = messageOf(wanted.slice(from, from + maxEvents), maxEvents);
    if (message) messages.push(message);
  }
  return messages;
}

function messageOf(events: readonly PlacedEvent[], maxEvents: number): Message | undefined {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return undefined;
  const { timestamp } = first.event;
  const batch = { type: 'batch', timestamp, data: { events: events.map(({ event }) => event) } };
  return {
    id: maxEvents === 1 ? first.event.id : `${first.event.id}_${last.event.id}`,
    body: JSON.stringify(maxEvents === 1 ? first.event : batch),
    events: events.length,
    through: last.at,
  };
}
