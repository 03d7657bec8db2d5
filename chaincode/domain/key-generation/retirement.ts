/** When a share is of no more use, so that its node may say that it is gone. */
import { findEvent } from '../authority.js';
import { sharedKeyKey } from '../committee-keys.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import { addSeconds } from '../time.js';

/** From the end of an event: until then the door may ask for a credential. */
export const KEPT_SECONDS = 86_400;

/** @param event undefined for the dedup key, whose shares are of no use once the key has moved on from them */
export function isOutOfUse(state: State, event: string | undefined, generation: number, { now }: Context): boolean {
  if (event === undefined) return generation < (state.get(sharedKeyKey(event))?.key?.generation ?? 0);
  const { state: standing, schedule } = findEvent(state, event);
  return standing === 'cancelled' || now >= addSeconds(schedule.endsAt, KEPT_SECONDS);
}
