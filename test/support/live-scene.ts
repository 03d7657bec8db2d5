/** Scenes on a real network, whose clock is the machine's: events that are on sale and whose doors are open now. */
import type { Schedule } from '../../chaincode/domain/schedule.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { anAllotment, anEvent, type TestAllotment, type TestEvent } from './statements.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** RFC 3339 UTC to the second. */
export const timeAt = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
/** From now. */
export const hours = (count: number): string => timeAt(Date.now() + count * HOUR_MS);
export const seconds = (count: number): string => timeAt(Date.now() + count * SECOND_MS);

/** Everything is open, for an hour; returns too, which EVENT_POLICY takes until an hour before the start. */
export const openSchedule = (overrides: Partial<Schedule> = {}): Schedule => ({
  salesOpenAt: hours(-1),
  salesCloseAt: hours(1),
  transfersCloseAt: hours(1),
  doorsOpenAt: hours(-1),
  startsAt: hours(2),
  endsAt: hours(3),
  ...overrides,
});

/** The same put off: doors are still to come, so that tickets may be given back for a while. Everything else lasts as long as it did, or longer. */
export const putOff = (schedule: Schedule): Schedule => ({
  ...schedule,
  doorsOpenAt: hours(1),
  startsAt: hours(2),
  endsAt: hours(5),
});

export interface LiveScene {
  readonly event: TestEvent;
  /** Rows A to C of section `floor`, seats 1 to 50, sold by ResellerMSP. */
  readonly floor: TestAllotment;
}

let scenes = 0;

/** An event of its own: the commands that create it are for the caller to submit. */
export function liveScene(
  event: Partial<Payload<'event'>> = {},
  allotment: Partial<Payload<'allotment'>> = {},
): LiveScene {
  const created = anEvent({ event: `OrganizerMSP:scene-${++scenes}`, schedule: openSchedule(), ...event });
  return { event: created, floor: anAllotment(created, allotment) };
}
