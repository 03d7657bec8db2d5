/** Which keys there should be and are not: what a node asks the ledger to begin. Pure. */
import type { KeyRecord } from '../../chaincode/domain/committee-records.js';
import type { CommitteeRecord, EventRecord } from '../../chaincode/domain/records.js';

const isUnderWayOrOver = (key: KeyRecord | undefined): boolean =>
  key?.state === 'generating' || key?.state === 'destroyed';

/** The dedup key is wanted once there is a committee, and is to be moved to each new one. */
export function dedupIsWanted(committee: CommitteeRecord | undefined, key: KeyRecord | undefined): boolean {
  if (!committee || isUnderWayOrOver(key)) return false;
  return !key?.key || key.key.epoch < committee.epoch;
}

/** An event's key is wanted where credentials are required, until the event's end. It stays with the committee that made it. */
export function eventKeyIsWanted(
  committee: CommitteeRecord | undefined,
  event: EventRecord,
  { key, now }: { readonly key: KeyRecord | undefined; readonly now: string },
): boolean {
  if (!committee || isUnderWayOrOver(key) || key?.key) return false;
  return event.policy.credentialRequired && isToCome(event, now);
}

const isToCome = ({ state, schedule }: EventRecord, now: string): boolean =>
  state === 'scheduled' && now < schedule.endsAt;

/**
 * A node of the committee that made an event's key has no share of it, for it was away: it wants the key dealt again.
 * @param index this node's in that committee
 */
export function shareIsWanted(
  index: number | undefined,
  event: EventRecord,
  { key, now }: { readonly key: KeyRecord | undefined; readonly now: string },
): boolean {
  if (isUnderWayOrOver(key) || !key?.key || index === undefined) return false;
  return !(index in key.key.publicShares) && isToCome(event, now);
}

const AFTER_END_MS = 24 * 60 * 60 * 1000;

/** An event's share is destroyed a day after its end, or when it is cancelled. @param nowMs by this node's own clock */
export function eventKeyIsOver({ state, schedule }: EventRecord, nowMs: number): boolean {
  return state === 'cancelled' || nowMs >= Date.parse(schedule.endsAt) + AFTER_END_MS;
}

const BETWEEN_NODES_MS = 2_000;
const AFTER_FAILURE_MS = 5_000;
const MOST_MS = 10 * 60 * 1000;
/** Where there is a key, and who else is away may stay so. */
const MOST_WITH_KEY_MS = 24 * 60 * 60 * 1000;

/**
 * How long a node waits before it asks: one node's question is enough, so each leaves those before it their turn; and what has failed often is tried less
 * often.
 * @param index this node's in the committee
 */
export function patienceMs(index: number, key: KeyRecord | undefined): number {
  const failed = key?.state === 'failed' ? key.generation - (key.key?.generation ?? 0) : 0;
  const most = key?.key ? MOST_WITH_KEY_MS : MOST_MS;
  const backOff = failed === 0 ? 0 : Math.min(AFTER_FAILURE_MS * 2 ** (failed - 1), most);
  return backOff + (index - 1) * BETWEEN_NODES_MS;
}
