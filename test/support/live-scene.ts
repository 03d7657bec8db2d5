/** Scenes on a real network, whose clock is the machine's: events that are on sale and whose doors are open now. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Schedule } from '../../chaincode/domain/schedule.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { anAllotment, anEvent, type TestAllotment, type TestEvent } from './statements.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** How long everything is open. Most scenes are made when their file is loaded, which is when the first suite of all begins: longer than all of them take. */
export const OPEN_H = 6;

/** RFC 3339 UTC to the second. */
export const timeAt = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
/** From now. */
export const hours = (count: number): string => timeAt(Date.now() + count * HOUR_MS);
export const seconds = (count: number): string => timeAt(Date.now() + count * SECOND_MS);

/** When a market closes that is open so long here: what is to be in before the close takes longer on a slow machine. */
export const closeIn = (count: number): string => seconds(count * slowness());

const VERIFICATIONS = 50;
const SAMPLES = 8;
/** What a sample takes on the machine for which the times of tests were chosen. */
const USUAL_MS = 4;

/** More would outlast the suites' own limits. */
const MAX_SLOWNESS = 3;

/** How much slower signatures are verified here; 1 at least. The fastest sample counts: others shared the processor. */
function slowness(): number {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = Buffer.from('how fast is this machine?');
  const signature = sign('sha256', text, privateKey);
  const samples = Array.from({ length: SAMPLES }, () => {
    const began = performance.now();
    for (let count = 0; count < VERIFICATIONS; count += 1) verify('sha256', text, publicKey, signature);
    return performance.now() - began;
  });
  return Math.min(MAX_SLOWNESS, Math.max(1, Math.min(...samples) / USUAL_MS));
}

/** Everything is open; returns too, which EVENT_POLICY takes until an hour before the start. */
export const openSchedule = (overrides: Partial<Schedule> = {}): Schedule => ({
  salesOpenAt: hours(-1),
  salesCloseAt: hours(OPEN_H),
  transfersCloseAt: hours(OPEN_H),
  doorsOpenAt: hours(-1),
  startsAt: hours(OPEN_H + 1),
  endsAt: hours(OPEN_H + 2),
  ...overrides,
});

/** The same put off: doors are still to come, so that tickets may be given back for a while. Everything else lasts as long as it did, or longer. */
export const putOff = (schedule: Schedule): Schedule => ({
  ...schedule,
  doorsOpenAt: hours(1),
  startsAt: hours(OPEN_H + 1),
  endsAt: hours(OPEN_H + 4),
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
