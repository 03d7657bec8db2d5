/** The evening: the venue's device at the door, and what it lets through. */
import { setTimeout } from 'node:timers/promises';
import type { Payload } from '../../../chaincode/domain/statements.js';
import type { AdmissionReceipt } from '../../client/resources.js';
import { timestampOf } from '../../clock.js';
import type { Stage } from '../cast.js';
import type { Fan, TicketVersion } from '../fan.js';
import { GateDevice } from '../gate-device.js';
import { ProblemError } from '../../client/problem-error.js';

/** Long enough for Cleo to come too early. */
const DELAY_MS = 15_000;
const ATTEMPTS = 120;
const PAUSE_MS = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @returns the version of the ticket when the evening is over */
export async function tellDoor(stage: Stage, sold: TicketVersion): Promise<TicketVersion> {
  const { narrator, venue, organizer, event, channel } = stage;
  const { cleo } = stage.fans;
  narrator.chapter(
    'The door',
    `${venue.mspId} registers a gate device. The holder's code is a signature on exactly this version of the ticket, so a photograph of a used code is worth nothing.`,
  );
  const device = new GateDevice({ device: 'north-gate', channel, event });
  const registration = { device: device.device, jwk: device.jwk, notAfter: timestampOf(Date.now() + DAY_MS) };
  await narrator.happens('The north gate may scan this event', venue.client.registerDevice(event, registration));
  const { change, schedule } = await organizer.client.event(event);
  const later = timestampOf(Date.now() + DELAY_MS);
  const doorsOpenAt = schedule.doorsOpenAt > later ? schedule.doorsOpenAt : later;
  await narrator.happens(
    'The doors are late: the organizer puts them off a little, signed with the event key',
    organizer.client.changeEvent(event, { change, action: 'postpone', schedule: { ...schedule, doorsOpenAt } }),
  );
  await narrator.refuses('Cleo comes too early', 'DOORS_NOT_OPEN', present(stage, device, 'admit', sold, cleo).answer);
  narrator.holds('The doors open at their time, by no organization’s leave', await doorsOpen(stage));
  return tellScans(stage, device, sold);
}

/** Any organization may record that the time has come; a gateway's clockwork may have done so. */
async function doorsOpen({ venue, event }: Stage): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await venue.client.advance(event).catch((error: unknown) => {
      if (!(error instanceof ProblemError && error.code === 'NOTHING_DUE')) throw error;
    });
    const { gates } = await venue.client.event(event);
    if (gates.doors.state === 'open') return true;
    await setTimeout(PAUSE_MS);
  }
  return false;
}

async function tellScans(stage: Stage, device: GateDevice, sold: TicketVersion): Promise<TicketVersion> {
  const { narrator } = stage;
  const { cleo } = stage.fans;
  let version = sold;
  const passes = async (text: string, action: Payload<'scan'>['action']) => {
    const { scan, answer } = present(stage, device, action, version, cleo);
    const { change }: AdmissionReceipt = await narrator.happens(text, answer);
    device.accepted(scan);
    version = { ...version, change };
  };
  await passes('Cleo is admitted', 'admit');
  await narrator.refuses(
    'Her code, photographed before, is shown a second time',
    'STALE_TICKET',
    present(stage, device, 'admit', sold, cleo).answer,
  );
  await narrator.refuses(
    'Even a fresh code does not let a second person in',
    'ALREADY_ADMITTED',
    present(stage, device, 'admit', version, cleo).answer,
  );
  await passes('She steps out in the interval', 'exit');
  await passes('She comes in again with a fresh code', 'reenter');
  await passes('The steward scanned one too many and takes it back', 'undo');
  return version;
}

function present(
  { venue }: Stage,
  device: GateDevice,
  action: Payload<'scan'>['action'],
  version: TicketVersion,
  holder: Fan,
) {
  const shown = action === 'admit' || action === 'reenter' ? holder.present(version) : undefined;
  const scan = device.scan(action, version, shown);
  return { scan, answer: venue.client.admit(scan.jws, shown?.jws) };
}
