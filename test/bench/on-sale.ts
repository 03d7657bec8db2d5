/** A consortium and its events on a ledger without any gateway: the organizer's lanes are enough. */
import type { Fabric } from '../../gateway/fabric/index.js';
import { foundConsortium } from '../../gateway/founding.js';
import type { NetworkPlan } from '../../network/network.js';
import { hours, openSchedule } from '../support/live-scene.js';
import { aKeyRegistration, anAllotment, anEvent, CONSORTIUM } from '../support/statements.js';
import { dropAllotments, placesIn } from './seat-drop-load.js';

const ALLOTMENTS_AT_ONCE = 20;

/** Founds the consortium and registers the organizer's key. */
export async function found(organizer: Fabric, plan: NetworkPlan): Promise<void> {
  await foundConsortium(organizer, plan.organizations);
  const { event: key } = CONSORTIUM.keys.OrganizerMSP ?? {};
  if (!key) throw new Error('the organizer has no key');
  const validity = { notBefore: hours(-1), notAfter: hours(100) };
  await organizer.submitter.submit(aKeyRegistration(key, 'event', validity));
}

/** An event of a drop's seats (seat-drop-load.ts). @returns as many places as tickets are to be sold */
export async function putOnSale({ submitter }: Fabric, name: string, tickets: number): Promise<readonly string[]> {
  const event = anEvent({ event: name, schedule: openSchedule() });
  await submitter.submit(event.command);
  const drop = dropAllotments(tickets);
  const allotments = drop.map((allotment) => anAllotment(event, allotment).command);
  for (let at = 0; at < allotments.length; at += ALLOTMENTS_AT_ONCE)
    await Promise.all(allotments.slice(at, at + ALLOTMENTS_AT_ONCE).map((command) => submitter.submit(command)));
  return placesIn(drop).slice(0, tickets);
}
