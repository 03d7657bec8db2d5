/** The schedule of an event: its order, how a postponement may move it, and what the policy asks of it. */
import { z } from 'zod';
import type { Policy } from './policy/parameters.js';
import { require } from './refusal.js';

/** Whatever span is added to or taken from a time between these, it keeps its form. */
const [FIRST, LAST] = ['1970-01-01T00:00:00Z', '8999-12-31T23:59:59Z'];

/** RFC 3339 UTC to the second: strings of this form sort by time. */
export const timestamp = z.iso
  .datetime({ precision: 0, error: 'is not a time like 2027-05-01T18:00:00Z' })
  .refine((time) => time >= FIRST && time <= LAST, { error: 'is not in the years 1970 to 8999' });

export const scheduleSchema = z.strictObject({
  salesOpenAt: timestamp,
  salesCloseAt: timestamp,
  transfersCloseAt: timestamp,
  doorsOpenAt: timestamp,
  startsAt: timestamp,
  endsAt: timestamp,
});
export type Schedule = Readonly<z.infer<typeof scheduleSchema>>;

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

/** No ticket buys a rule of transfer that the schedule then takes away. @throws {Refusal} POLICY_INCONSISTENT */
export function requireTransferTime(
  schedule: Schedule,
  { mustAllowTransfer }: Pick<Policy, 'mustAllowTransfer'>,
): void {
  const lasts = schedule.transfersCloseAt >= schedule.doorsOpenAt;
  require(!mustAllowTransfer || lasts, 'POLICY_INCONSISTENT', {
    field: 'schedule.transfersCloseAt',
    because: 'policy.mustAllowTransfer',
    notBefore: schedule.doorsOpenAt,
  });
}

/** The way each time may move once somebody may have bought; the close of sales is nobody's right. */
const MAY_MOVE: Readonly<Record<keyof Schedule, 'earlier' | 'later' | 'either'>> = {
  salesOpenAt: 'earlier',
  salesCloseAt: 'either',
  transfersCloseAt: 'later',
  doorsOpenAt: 'later',
  startsAt: 'later',
  endsAt: 'later',
};

/**
 * Whoever has a ticket has time for everything that he had time for, and doors are still to come, so that he can give it back before.
 * @throws {Refusal} INVALID_SCHEDULE naming the time that moves against the buyers
 */
export function requirePostponement(before: Schedule, after: Schedule, now: string): void {
  for (const [name, way] of Object.entries(MAY_MOVE)) {
    const member = name as keyof Schedule;
    const [field, was, is] = [`schedule.${member}`, before[member], after[member]];
    require(way !== 'later' || is >= was, 'INVALID_SCHEDULE', { field, notBefore: was });
    require(way !== 'earlier' || is <= was, 'INVALID_SCHEDULE', { field, notAfter: was });
  }
  require(after.doorsOpenAt > now, 'INVALID_SCHEDULE', { field: 'schedule.doorsOpenAt', after: now });
}
