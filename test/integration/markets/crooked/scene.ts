/** An event at which some tickets were used and it was put off, so that a market of it can still open; and who is there. */
import { putOff, hours, openSchedule, liveScene, type LiveScene } from '../../../support/live-scene.js';
import { enrolled } from '../../../support/live-persons.js';
import { EVERYBODY, type RealNetwork } from '../../../support/real-network.js';
import type { Trader } from '../../../support/sealed-orders.js';
import { aDevice, anEventChange, aSale, aScan, EVENT_POLICY, held, type Held } from '../../../support/statements.js';

/** What one person may take of what is resold. */
export const LIMIT = 1;
const TICKETS = 12;

export interface CrookedScene extends LiveScene {
  readonly network: RealNetwork;
  readonly people: Readonly<Record<(typeof NAMES)[number], Trader>>;
  /** Ann's, in row A from seat 1 on; the fourth has been used. */
  readonly tickets: readonly Held[];
}

const NAMES = ['Ann', 'Ben', 'Bea', 'Cem', 'Dan', 'Dot', 'Eve', 'Gus', 'Ida', 'Max'] as const;

export async function crookedScene(network: RealNetwork): Promise<CrookedScene> {
  const limits = { perPersonLimit: { primary: 100, resale: LIMIT } };
  const policy = { ...EVENT_POLICY, ...limits, credentialRequired: true, market: 'both' as const };
  const schedule = openSchedule();
  const scene = liveScene({ policy, schedule });
  const { organizer, reseller, venue } = network;
  await organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
  const people = await enrolled(network, scene.event.event, ...NAMES);
  const seats = Array.from({ length: TICKETS }, (_, at) => `floor:A:${at + 1}`);
  const sale = aSale(scene.floor, { buyer: people.Ann, seats });
  await reseller.ledger.accept([sale.command], EVERYBODY);
  const tickets = seats.map((_, at) => held(sale, at));
  const device = aDevice(scene.event);
  await venue.ledger.accept([device.command], EVERYBODY);
  await venue.ledger.accept([aScan(tickets[3]!, device).command], EVERYBODY);
  const change = { action: 'postpone' as const, schedule: { ...putOff(schedule), doorsOpenAt: hours(1.5) } };
  await organizer.ledger.accept([anEventChange(scene.event, change)], EVERYBODY);
  return { ...scene, network, people, tickets };
}
