/** When a share is of no more use, so that its node may say that it is gone. */
import { findEvent } from '../authority.js';
import { ownerOfKey, sharedKeyKey } from '../committee-keys.js';
import { eventKey, type Key } from '../keys.js';
import { marketKey } from '../market/keys.js';
import type { MarketState } from '../market/records.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import { addSeconds } from '../time.js';

/** From the end of an event: until then the door may ask for a credential. */
export const KEPT_SECONDS = 86_400;

/** The secret is on the ledger, or never will be. */
const OUT_OF_USE: ReadonlySet<MarketState> = new Set(['revealed', 'cleared', 'finished', 'aborted']);

export const isMarketKeyOver = (state: MarketState): boolean => OUT_OF_USE.has(state);

/** What says whether a key is still needed, besides its own record. */
export function recordsOfUse(name: string): readonly Key<unknown>[] {
  const { event, market } = ownerOfKey(name);
  if (event === undefined) return [];
  return market === undefined ? [eventKey(event)] : [eventKey(event), marketKey(event, market)];
}

/** A market's key does not change after the close, or shares of two generations would be posted, which make no key. */
export function isTooLate(state: State, name: string): boolean {
  const { event, market } = ownerOfKey(name);
  if (event === undefined || market === undefined) return false;
  return state.get(marketKey(event, market))?.state !== 'open';
}

/** Once the key has moved on from it to a later generation; of an event's or a market's key, also when that is over. */
export function isOutOfUse(state: State, name: string, generation: number, { now }: Context): boolean {
  const { event, market } = ownerOfKey(name);
  if (generation < (state.get(sharedKeyKey(name))?.key?.generation ?? 0)) return true;
  if (event === undefined) return false;
  if (market !== undefined) {
    const record = state.get(marketKey(event, market));
    return record !== undefined && isMarketKeyOver(record.state);
  }
  const { state: standing, schedule } = findEvent(state, event);
  return standing === 'cancelled' || now >= addSeconds(schedule.endsAt, KEPT_SECONDS);
}
