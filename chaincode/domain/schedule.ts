/** The schedule of an event and what it says of each status at a given time. */
import { z } from 'zod';
import { require } from './refusal.js';

/** RFC 3339 UTC to the second: strings of this form sort by time. */
export const timestamp = z.iso.datetime({ precision: 0, error: 'is not a time like 2027-05-01T18:00:00Z' });

export const scheduleSchema = z.strictObject({
  salesOpenAt: timestamp,
  salesCloseAt: timestamp,
  transfersCloseAt: timestamp,
  doorsOpenAt: timestamp,
  startsAt: timestamp,
  endsAt: timestamp,
});
export type Schedule = Readonly<z.infer<typeof scheduleSchema>>;

/** What a deadline governs. Each has a status record, so that nothing commits late. */
export const GATES = ['sales', 'transfers', 'doors'] as const;
export type Gate = (typeof GATES)[number];
const GATE_STATES = ['pending', 'open', 'closed'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** A gate goes from pending to open to closed. */
export function isEarlier(state: GateState, than: GateState): boolean {
  return GATE_STATES.indexOf(state) < GATE_STATES.indexOf(than);
}

/** The window of a gate: open from the first time, closed from the second. */
export function windowOf(schedule: Schedule, gate: Gate): readonly [opensAt: string, closesAt: string] {
  switch (gate) {
    case 'sales':
      return [schedule.salesOpenAt, schedule.salesCloseAt];
    case 'transfers':
      return [schedule.salesOpenAt, schedule.transfersCloseAt];
    case 'doors':
      return [schedule.doorsOpenAt, schedule.endsAt];
  }
}

/** @returns what the schedule says of a gate at `now` (RFC 3339 UTC). */
export function gateStateAt(schedule: Schedule, gate: Gate, now: string): GateState {
  const [opensAt, closesAt] = windowOf(schedule, gate);
  if (now < opensAt) return 'pending';
  return now < closesAt ? 'open' : 'closed';
}

const ORDER: readonly (readonly [keyof Schedule, keyof Schedule])[] = [
  ['salesOpenAt', 'salesCloseAt'],
  ['salesCloseAt', 'endsAt'],
  ['salesOpenAt', 'transfersCloseAt'],
  ['transfersCloseAt', 'endsAt'],
  ['doorsOpenAt', 'startsAt'],
  ['startsAt', 'endsAt'],
];

/** @throws {Refusal} INVALID_SCHEDULE naming the time that is out of order. */
export function requireOrderedSchedule(schedule: Schedule): void {
  for (const [earlier, later] of ORDER) {
    require(schedule[earlier] <= schedule[later], 'INVALID_SCHEDULE', {
      field: `schedule.${later}`,
      notBefore: schedule[earlier],
    });
  }
}
