/**
 * What others may write beside a market. From the close to the end nothing of the event changes hands but by it: only the door, new supply and a
 * change of the event's times go on. Which records that concerns is said here, in words of its own; what is written to them is recomputed besides.
 */
import { eventKey, gateKey } from '../../chaincode/domain/keys.js';
import { latestMarketKey } from '../../chaincode/domain/market/keys.js';
import type { GateRecord, TicketState } from '../../chaincode/domain/records.js';
import { decodeRecord } from '../../chaincode/ledger/codec.js';
import { differ, isSame } from './difference.js';
import type { Replay } from './replay.js';
import type { AuditedTransaction } from './transactions.js';

/** Members that may change; of all other kinds of records any may. Rules, listings and whose key speaks for whom stay. */
const FREE: Readonly<Record<string, readonly string[]>> = {
  e: ['schedule', 'state', 'change', 'postponedAt', 'claimsUntil'],
  t: ['state', 'change', 'entered'],
  h: [],
  a: ['state'],
  u: [],
};

/** What the door makes of what. */
const AT_THE_DOOR: Readonly<Record<'before' | 'after', ReadonlySet<TicketState | undefined>>> = {
  before: new Set(['sold', 'listed', 'admitted', 'exited'] as const),
  after: new Set(['sold', 'admitted', 'exited'] as const),
};

const kindOf = (key: string, event: string): string => key.slice(event.length + 1).split('/')[0] ?? '';

const isSettling = (replay: Replay, event: string, market: number): boolean => {
  const latest = replay.get(latestMarketKey(event));
  return latest?.market === market && latest.state === 'settling';
};

/** Whether the transaction writes what a market depends on, so that all of it must be what its commands come to. @param replay before it */
export function isGuarded(replay: Replay, event: string, market: number, { writes }: AuditedTransaction): boolean {
  const settling = isSettling(replay, event, market);
  return writes.some(({ key, value }) => {
    if (!key.startsWith(`${event}/`)) return false;
    if (key === latestMarketKey(event)) return true;
    if (key === gateKey(event, 'doors')) return !isFirstOfPendingDoors(replay, event, value);
    const kind = kindOf(key, event);
    return settling && (kind === 'x' || Object.hasOwn(FREE, kind));
  });
}

/** With these every event begins; doors that are open let a market end unsettled, whenever that was written. */
function isFirstOfPendingDoors(replay: Replay, event: string, value: Uint8Array): boolean {
  const doors = decodeRecord(value) as GateRecord | undefined;
  return replay.get(eventKey(event)) === undefined && doors?.state === 'pending';
}

/** @param replay before the transaction, which has no step of the market. @throws {Difference} */
export function requireLocked(replay: Replay, event: string, market: number, { writes }: AuditedTransaction): void {
  if (!isSettling(replay, event, market) || replay.get(eventKey(event))?.state === 'cancelled') return;
  for (const { key, value } of writes) {
    if (!key.startsWith(`${event}/`)) continue;
    const kind = kindOf(key, event);
    const free = FREE[kind];
    if (!free) continue;
    const [before, after] = [replay.get<object>(key), decodeRecord(value)];
    const isNewSupply = kind === 'a' && before === undefined;
    if (!isNewSupply && !isSame(without(before, free), without(after, free))) differ(key, before, after);
    if (kind === 't' && !isAtTheDoor(before, after)) differ(key, before, after);
  }
}

function isAtTheDoor(before: unknown, after: unknown): boolean {
  const stateOf = (ticket: unknown) => (ticket as { readonly state?: TicketState } | undefined)?.state;
  return AT_THE_DOOR.before.has(stateOf(before)) && AT_THE_DOOR.after.has(stateOf(after));
}

function without(record: unknown, members: readonly string[]): unknown {
  if (typeof record !== 'object' || record === null) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !members.includes(name)));
}
