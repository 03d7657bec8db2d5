/** Moving gates: each to where schedule and policy say it is now. */
import { GATES, gateStateAt, isEarlier, windowOf, type Gate, type GateState, type Timed } from './gates.js';
import { gateKey, supplyKey, type Key } from './keys.js';
import type { EventRecord, GateRecord, SupplyRecord } from './records.js';
import type { State } from './state.js';

export const gateKeys = (event: string): readonly Key<GateRecord>[] => GATES.map((gate) => gateKey(event, gate));

/** No allotment is open any more, and there was one. */
export const isSoldOut = (supply: SupplyRecord | undefined): boolean => supply?.open === 0;

/** What decides about a gate besides its event. */
export interface GateCase {
  readonly before: GateRecord | undefined;
  readonly now: string;
  readonly soldOut: boolean;
  /** Whether it may go to an earlier state too. */
  readonly back: boolean;
}

/** @returns the state that the gate has to move to now, undefined if it stays where it is */
export function dueMove(event: Timed, gate: Gate, { before, now, soldOut, back }: GateCase): GateState | undefined {
  const due = gateStateAt(event, gate, now, { soldOut, record: before });
  // What the organizer closed stays closed while the window lasts; at its end the schedule takes over, in writing: a reopening held back conflicts.
  if (before?.byOrganizer ? due !== 'closed' : before?.state === due) return undefined;
  return before && !back && isEarlier(due, before.state) ? undefined : due;
}

/**
 * A transaction may be dated before a deadline that is on record, so a gate goes back only where a change of the event has moved its window.
 * @param before the event before that change @returns the gates that moved
 */
export function moveGates(state: State, event: EventRecord, now: string, before: EventRecord = event): Gate[] {
  const soldOut = isSoldOut(state.get(supplyKey(event.event)));
  return GATES.filter((gate) => {
    const recorded = state.get(gateKey(event.event, gate));
    const back = hasWindowMoved(gate, recorded, before, event);
    const due = dueMove(event, gate, { before: recorded, now, soldOut, back });
    if (due) recordGate(state, event.event, gate, { state: due, byOrganizer: false });
    return due !== undefined;
  });
}

function hasWindowMoved(gate: Gate, record: GateRecord | undefined, before: EventRecord, after: EventRecord): boolean {
  const [was, is] = [windowOf(before, gate, record), windowOf(after, gate, record)];
  return was[0].at !== is[0].at || was[1].at !== is[1].at;
}

/** That a gate has been open is never forgotten, whatever becomes of it. */
export function recordGate(state: State, event: string, gate: Gate, to: Omit<GateRecord, 'hasOpened'>): void {
  const key = gateKey(event, gate);
  const hasOpened = to.state === 'open' || state.get(key)?.hasOpened === true;
  state.put(key, { ...to, ...(hasOpened && { hasOpened }) });
}

export function closeGates(state: State, event: string): void {
  for (const gate of GATES) recordGate(state, event, gate, { state: 'closed', byOrganizer: true });
}

/** Whether anybody may have bought under the rules in force: not while the organizer keeps sales closed that never were open. */
export function haveSalesOpened(state: State, event: EventRecord, now: string): boolean {
  const record = state.get(gateKey(event.event, 'sales'));
  if (record?.hasOpened) return true;
  return !record?.byOrganizer && gateStateAt(event, 'sales', now, { soldOut: false, record }) !== 'pending';
}
