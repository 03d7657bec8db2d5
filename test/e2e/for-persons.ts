/** Events of the box office for enrolled people, where the organizer sells a few places or has them drawn for. */
import type { GuichetClient } from '../../gateway/client/guichet-client.js';
import { hours, openSchedule } from '../support/live-scene.js';

export const PRICE_MINOR = 1_800;
/** More than a place costs: what is left of it is given back. */
export const DEPOSIT_MINOR = 2_000;
/** Of the organizer's slots in a ballot. */
export const SLOTS = 4;
const ORGANIZER = 'OrganizerMSP';

/** The doors open late enough for a market before. */
export async function announceForPersons(organizer: GuichetClient, event: string, name: string): Promise<void> {
  const policy = { credentialRequired: true, perPersonLimit: { primary: 2, resale: 2 } };
  const schedule = openSchedule({ doorsOpenAt: hours(1.75) });
  await organizer.createEvent({ event, name, venue: 'VenueMSP', currency: 'EUR', schedule, policy });
  const price = { priceClass: 'standing', facePriceMinor: PRICE_MINOR, fees: [] };
  const pool = { section: 'pit', from: 1, to: 50 };
  await organizer.createAllotment(event, { allotment: 'pit', seller: ORGANIZER, ...price, pool });
}

/** @param closesAt RFC 3339 UTC @returns its id */
export async function openBallot(organizer: GuichetClient, event: string, closesAt: string): Promise<string> {
  const { body } = await organizer.openMarket(event, {
    ...{ market: 1, supply: 'ballot', allotments: ['pit'], depositSteps: [DEPOSIT_MINOR] },
    ...{ closesAt, abortableAt: hours(1), quotas: { [ORGANIZER]: SLOTS } },
    ...{ guarantees: { [ORGANIZER]: 100 * DEPOSIT_MINOR }, sellerFeeBps: 0, buyerFeeBps: 0 },
  });
  return body.market;
}
