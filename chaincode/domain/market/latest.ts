/** An event's newest market: its change conflicts with whatever changes hands, and its end is where waiting goes on. */
import type { State } from '../state.js';
import { latestMarketKey } from './keys.js';

export function beginMarket(state: State, event: string, market: number): void {
  move(state, event, market, 'open');
}

/** From now on nothing of the event changes hands but by the market. */
export function beginSettling(state: State, event: string, market: number): void {
  move(state, event, market, 'settling');
}

export function endMarket(state: State, event: string, market: number, endedAt: string): void {
  state.put(latestMarketKey(event), { market, state: 'over', endedAt });
}

/** When the last one ended stays known, however soon the next is opened. */
function move(state: State, event: string, market: number, standing: 'open' | 'settling'): void {
  const endedAt = state.get(latestMarketKey(event))?.endedAt;
  state.put(latestMarketKey(event), { market, state: standing, ...(endedAt !== undefined && { endedAt }) });
}
