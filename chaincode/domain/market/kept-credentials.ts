/** An event that has had a market stays one for persons: deposits and what is left of them are credentials', and without them nobody could take his money out. */
import { requirePolicy } from '../policy/enforce.js';
import type { EventPolicy } from '../policy/policy.js';
import type { EventRecord } from '../records.js';
import type { State } from '../state.js';
import { latestMarketKey } from './keys.js';

/** @throws {Refusal} POLICY_CHANGE_UNFAVOURABLE */
export function requireKeptCredentials(state: State, before: EventRecord, { policy }: EventPolicy): void {
  const latest = state.get(latestMarketKey(before.event));
  const kept = latest === undefined || policy.credentialRequired === before.policy.credentialRequired;
  requirePolicy(before, 'credentialRequired', kept, 'POLICY_CHANGE_UNFAVOURABLE', { market: latest?.market ?? 0 });
}
