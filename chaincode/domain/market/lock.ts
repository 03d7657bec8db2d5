/**
 * While a market of an event settles, nothing of the event changes hands but by the market: what its orders were judged by stays as it is. It is a matter
 * of minutes, so the refusal asks to try again. The door is open all the time, and a cancelled event's tickets are refunded at once.
 */
import type { EventRecord } from '../records.js';
import { require } from '../refusal.js';
import type { State } from '../state.js';
import { latestMarketKey } from './keys.js';

/** @throws {Refusal} MARKET_SETTLING */
export function requireNoSettling(
  state: State,
  { event, state: standing }: Pick<EventRecord, 'event' | 'state'>,
): void {
  const latest = state.get(latestMarketKey(event));
  const settling = latest?.state === 'settling' && standing !== 'cancelled';
  require(!settling, 'MARKET_SETTLING', { field: 'event', market: latest?.market ?? 0 });
}
