/** From the close to the end nothing of the event changes hands but by the market: what others may write meanwhile is what the door does. */
import { latestMarketKey } from '../../chaincode/domain/market/keys.js';
import { eventKey } from '../../chaincode/domain/keys.js';
import { differ, isSame } from './difference.js';
import type { Replay } from './replay.js';
import type { AuditedTransaction } from './transactions.js';
import { decodeRecord } from '../../chaincode/ledger/codec.js';

/** Members that may change; of all other kinds of records any may. Allotments, listings and whose key speaks for whom stay. */
const FREE: Readonly<Record<string, readonly string[]>> = {
  t: ['state', 'change', 'entered'],
  h: [],
  a: [],
  u: [],
};

/** @param replay before the transaction, which has no step of the market. @throws {Difference} */
export function requireLocked(replay: Replay, event: string, market: number, { writes }: AuditedTransaction): void {
  const latest = replay.get(latestMarketKey(event));
  const settling = latest?.market === market && latest.state === 'settling';
  if (!settling || replay.get(eventKey(event))?.state === 'cancelled') return;
  for (const { key, value } of writes) {
    if (!key.startsWith(`${event}/`)) continue;
    const [kind = ''] = key.slice(event.length + 1).split('/');
    const free = FREE[kind];
    if (!free) continue;
    const [before, after] = [replay.get<object>(key), decodeRecord(value)];
    if (!isSame(without(before, free), without(after, free))) differ(key, before, after);
  }
}

function without(record: unknown, members: readonly string[]): unknown {
  if (typeof record !== 'object' || record === null) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !members.includes(name)));
}
