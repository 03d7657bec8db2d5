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
  return event.policy.credentialRequired && event.state === 'scheduled' && now < event.schedule.endsAt;
}

const AFTER_END_MS = 24 * 60 * 60 * 1000;

/** An event's share is destroyed a day after its end, or when it is cancelled. @param nowMs by this node's own clock */
export function eventKeyIsOver({ state, schedule }: EventRecord, nowMs: number): boolean {
  return state === 'cancelled' || nowMs >= Date.parse(schedule.endsAt) + AFTER_END_MS;
}

const BETWEEN_NODES_MS = 2_000;
const AFTER_FAILURE_MS = 5_000;
const MOST_MS = 10 * 60 * 1000;

/**
 * How long a node waits before it asks: one node's question is enough, so each leaves those before it their turn; and what has failed often is tried less
 * often.
 * @param index this node's in the committee
 * @param failed generations so far
 */
export function patienceMs(index: number, failed: number): number {
  const backOff = failed === 0 ? 0 : Math.min(AFTER_FAILURE_MS * 2 ** (failed - 1), MOST_MS);
  return backOff + (index - 1) * BETWEEN_NODES_MS;
}
