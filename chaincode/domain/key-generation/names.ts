/** The name of a key out of a command: the consortium's, an event's, or that of one market of an event. */
import { keyNameOf } from '../committee-keys.js';
import { require } from '../refusal.js';

/** @throws {Refusal} INVALID_FIELD for a market of no event */
export function requireKeyName(event: string | undefined, market: number | undefined): string {
  require(event !== undefined || market === undefined, 'INVALID_FIELD', { field: 'event', reason: 'goes with market' });
  return keyNameOf(event, market);
}
