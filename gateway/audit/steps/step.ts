/** What every step is recomputed from: the state before it, the transaction's circumstances, and where evidence for outsiders is kept. */
import { marketKey } from '../../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../../chaincode/domain/market/records.js';
import { eventKey } from '../../../chaincode/domain/keys.js';
import { sharedKeyKey } from '../../../chaincode/domain/committee-keys.js';
import type { UsableKey } from '../../../chaincode/domain/committee-records.js';
import { marketIdOf } from '../../../chaincode/domain/ids.js';
import type { Entry } from '../../../chaincode/domain/money.js';
import type { EventRecord } from '../../../chaincode/domain/records.js';
import type { Context } from '../../../chaincode/domain/rule.js';
import { agree, differ } from '../difference.js';
import type { Evidence } from '../evidence.js';
import type { Expected } from '../replay.js';

export interface Stepping {
  readonly event: string;
  readonly market: number;
  readonly state: Expected;
  readonly context: Context;
  readonly evidence: Evidence;
}

/** Puts into the state what the command should have written. @returns the money that should have moved */
export type Recompute<T = Record<string, unknown>> = (stepping: Stepping, command: T) => readonly Entry[];

/** What says `page`. */
export interface Paged {
  readonly page: number;
}

export function eventOf({ state, event }: Stepping): EventRecord {
  const record = state.get(eventKey(event));
  return record ?? differ(eventKey(event), 'an event', 'none');
}

/** @throws {Difference} unless it is in one of these states */
export function marketIn(
  { state, event, market }: Stepping,
  ...states: readonly MarketRecord['state'][]
): MarketRecord {
  const key = marketKey(event, market);
  const record = state.get(key);
  if (!record) return differ(key, 'a market', 'none');
  agree(states.includes(record.state), key, `state ${states.join(' or ')}`, `state ${record.state}`);
  return record;
}

export function keyOf({ state, event, market }: Stepping): UsableKey {
  const name = sharedKeyKey(marketIdOf(event, market));
  return state.get(name)?.key ?? differ(name, 'a key that may be used', 'none');
}
