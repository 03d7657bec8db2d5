/** Which keys there should be and are not: what a node asks the ledger to begin. Pure. */
import type { KeyRecord } from '../../chaincode/domain/committee-records.js';
import { ownerOfKey } from '../../chaincode/domain/committee-keys.js';
import type { CommitteeRecord, EventRecord } from '../../chaincode/domain/records.js';
import type { KeyView } from './key-ledger.js';

const isUnderWayOrOver = (key: KeyRecord | undefined): boolean =>
  key?.state === 'generating' || key?.state === 'destroyed';

/** The dedup key is wanted once there is a committee, and is to be moved to each new one. */
export function dedupIsWanted(committee: CommitteeRecord | undefined, key: KeyRecord | undefined): boolean {
  if (!committee || isUnderWayOrOver(key)) return false;
  return !key?.key || key.key.epoch < committee.epoch;
}

/** When somebody looks at a key, and who it is for. */
export interface Wanting {
  readonly owner: string;
  readonly view: KeyView;
  /** By this node's own clock, as the ledger writes it. */
  readonly now: string;
}

/**
 * An event's key is wanted where credentials are required, until the event's end; a market's while orders are taken. Both stay with the committee that
 * made them.
 */
export function keyIsWanted(wanting: Wanting): boolean {
  const { committee, key } = wanting.view;
  if (!committee || isUnderWayOrOver(key) || key?.key) return false;
  return isToBeUsed(wanting);
}

/**
 * A node of the committee that made the key has no share of it, for it was away: it wants the key dealt again.
 * @param index this node's in that committee
 */
export function shareIsWanted(index: number | undefined, wanting: Wanting): boolean {
  const { key } = wanting.view;
  if (isUnderWayOrOver(key) || !key?.key || index === undefined) return false;
  return !(index in key.key.publicShares) && isToBeUsed(wanting);
}

function isToBeUsed({ owner, view: { event, market }, now }: Wanting): boolean {
  if (event?.state !== 'scheduled' || now >= event.schedule.endsAt) return false;
  if (ownerOfKey(owner).market === undefined) return event.policy.credentialRequired;
  // After the close the ledger takes no other.
  return market?.state === 'open' && now < market.closesAt;
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
