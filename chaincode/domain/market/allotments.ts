/** The supply of a ballot or of returns: allotments of the organizer's own go off sale while the market lasts, and back as they were when it is over. */
import { allotmentKey, supplyKey, type Key } from '../keys.js';
import type { AllotmentRecord, EventRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import { placeCount } from '../seats.js';
import type { State } from '../state.js';
import { MAX_ORDERS } from './orders.js';
import type { MarketRecord } from './records.js';

/** As many places as there may be orders: each page of them is a transaction's reading. */
const MAX_PLACES = MAX_ORDERS;

/** What a command writes that takes allotments off sale or gives them back. */
export const allotmentKeys = (event: string, allotments: readonly string[]): readonly Key<unknown>[] => [
  ...allotments.map((allotment) => allotmentKey(event, allotment)),
  ...(allotments.length > 0 ? [supplyKey(event)] : []),
];

/** @returns how many places they have. @throws {Refusal} UNKNOWN_ALLOTMENT, ALLOTMENT_MISMATCH for another seller's, TOO_LARGE */
export function withdrawAllotments(
  state: State,
  { event, organizer }: EventRecord,
  allotments: readonly string[],
  market: number,
): number {
  const field = 'statement.allotments';
  const records = allotments.map((allotment) => {
    const record = state.get(allotmentKey(event, allotment));
    if (!record) return refuse('UNKNOWN_ALLOTMENT', { field, allotment });
    require(record.seller === organizer, 'ALLOTMENT_MISMATCH', { field, allotment, expected: organizer });
    return record;
  });
  const places = records.reduce((sum, record) => sum + placeCount(record), 0);
  require(places <= MAX_PLACES, 'TOO_LARGE', { field, limit: MAX_PLACES });
  for (const record of records)
    move(state, event, record, { ...record, state: 'market', market: [market, stateOf(record)] });
  return places;
}

/** Between markets an allotment is open or closed. */
const stateOf = ({ state, market }: AllotmentRecord): 'open' | 'closed' =>
  state === 'market' ? (market?.[1] ?? 'open') : state;

/** @param named the market's, as the command repeats them. @throws {Refusal} ALLOTMENT_MISMATCH */
export function returnAllotments(
  state: State,
  event: string,
  { allotments = [] }: MarketRecord,
  named: readonly string[],
): void {
  const same = allotments.length === named.length && allotments.every((allotment) => named.includes(allotment));
  require(same, 'ALLOTMENT_MISMATCH', { field: 'allotments', expected: allotments.join(' ') });
  for (const allotment of allotments) {
    const record = state.get(allotmentKey(event, allotment));
    if (!record) throw new Error(`${event} has a market of an allotment ${allotment} that it does not have`);
    const { market, ...rest } = record;
    move(state, event, record, { ...rest, state: stateOf(record) });
  }
}

/** An event is sold out when nothing is on sale: what a market has is not. */
function move(state: State, event: string, before: AllotmentRecord, after: AllotmentRecord): void {
  state.put(allotmentKey(event, after.allotment), after);
  const supply = state.get(supplyKey(event));
  if (!supply) throw new Error(`${event} has an allotment and no supply`);
  const change = Number(after.state === 'open') - Number(before.state === 'open');
  state.put(supplyKey(event), { ...supply, open: supply.open + change });
}
