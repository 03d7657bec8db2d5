/** The schedule of an event. */
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
