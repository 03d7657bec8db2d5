/** When a share is of no more use, so that its node may say that it is gone. */
import { findEvent } from '../authority.js';
import { sharedKeyKey } from '../committee-keys.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import { addSeconds } from '../time.js';

/** From the end of an event: until then the door may ask for a credential. */
export const KEPT_SECONDS = 86_400;

/** Once the key has moved on from it to a later generation; of an event's key, also when the event is over. @param event undefined for the dedup key */
export function isOutOfUse(state: State, event: string | undefined, generation: number, { now }: Context): boolean {
  if (generation < (state.get(sharedKeyKey(event))?.key?.generation ?? 0)) return true;
  if (event === undefined) return false;
  const { state: standing, schedule } = findEvent(state, event);
  return standing === 'cancelled' || now >= addSeconds(schedule.endsAt, KEPT_SECONDS);
}
