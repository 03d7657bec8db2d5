/**
 * Samples of resale, so that there is something to see: fans bought of the organizer and offer their tickets through it, and some have found a buyer.
 * Nobody keeps their keys. A place that is sold already is left as it is.
 */
import { secondsOf } from '../../chaincode/domain/time.js';
import { policyOf } from '../../chaincode/domain/policy/policy.js';
import { splitResale } from '../../chaincode/domain/resale.js';
import type { GuichetClient } from '../client/guichet-client.js';
import { ProblemError } from '../client/problem-error.js';
import type { EventResource } from '../client/resources.js';
import { Fan, type Offer, type TicketVersion } from '../tour/fan.js';
import type { Programme, Sample } from './programme.js';

export interface SampleOptions {
  readonly organizer: string;
  readonly client: GuichetClient;
  readonly report: (line: string) => void;
}

interface Scene extends SampleOptions {
  readonly event: EventResource;
  readonly programme: Programme;
  readonly newFan: () => Fan;
}

/** @returns how many tickets were offered and how many of them taken */
export async function loadSamples(
  options: SampleOptions,
  programme: Programme,
): Promise<{ listings: number; resales: number }> {
  const { client, organizer, report } = options;
  const id = `${organizer}:${programme.slug}`;
  const missing = await missingSamples(client, id, programme);
  if (missing.length === 0) return { listings: 0, resales: 0 };
  const [event, { channel }] = await Promise.all([client.event(id), client.network()]);
  const newFan = () => new Fan({ name: 'a fan', channel, event: id });
  const resold = await Promise.all(missing.map((sample) => resell({ ...options, event, programme, newFan }, sample)));
  const resales = resold.filter(Boolean).length;
  report(`${id}: ${missing.length} tickets offered, ${resales} of them taken`);
  return { listings: missing.length, resales };
}

async function missingSamples(
  client: GuichetClient,
  event: string,
  { samples }: Programme,
): Promise<readonly Sample[]> {
  const sold = await Promise.all(samples.map(({ place }) => isSold(client, `${event}:${place}`)));
  return samples.filter((_, index) => !sold[index]);
}

async function isSold(client: GuichetClient, ticket: string): Promise<boolean> {
  try {
    await client.ticket(ticket);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'UNKNOWN_TICKET') return false;
    throw error;
  }
}

/** @returns whether a buyer took the ticket */
async function resell(scene: Scene, sample: Sample): Promise<boolean> {
  const { client, organizer, event, programme, newFan } = scene;
  const { facePriceMinor, feeMinor } = priceOf(programme, sample);
  const seller = newFan();
  const wish = { seller: organizer, seats: [sample.place], currency: event.currency };
  const request = seller.purchase({ ...wish, maxTotalMinor: facePriceMinor + feeMinor });
  const { tickets } = (await client.sell({ request: request.jws })).body;
  const offer = offerOf(scene, sample);
  const listing = seller.offer(tickets[0] as TicketVersion, offer);
  const { ticket, change } = (await client.createListing(listing.jws)).body;
  if (!sample.resold) return false;
  const { allotment, reseller, totalMinor, currency } = offer;
  const offered = { allotment, reseller, totalMinor, currency, listing: listing.digest, seller: seller.holder };
  await client.resell(newFan().take({ ticket, issue: 1, change }, offered).jws);
  return true;
}

/** Offered until the event begins. */
function offerOf({ organizer, event, programme }: Scene, sample: Sample): Offer {
  const { allotment, place, askMinor, sellerFeeMinor, buyerFeeMinor } = sample;
  const terms = { askMinor, sellerFeeMinor, buyerFeeMinor };
  const { priceClass, facePriceMinor } = priceOf(programme, sample);
  const { totalMinor } = splitResale(policyOf(event, priceClass), terms, 'sample');
  return {
    ...terms,
    allotment,
    totalMinor,
    reseller: organizer,
    currency: event.currency,
    exp: secondsOf(event.schedule.startsAt),
    disclosure: { faceValue: facePriceMinor, place, restrictions: 'none', sellerKind: 'consumer', connection: 'none' },
  };
}

/** The class of the sample's place, by its section. */
function priceOf({ classes, seating, standing }: Programme, { place }: Sample) {
  const section = place.slice(0, place.indexOf(':'));
  const { priceClass = '' } =
    seating.find(({ sections }) => sections.includes(section)) ??
    standing.find((each) => each.section === section) ??
    {};
  const price = classes[priceClass];
  if (!price) throw new Error(`the programme has no price for ${place}`);
  return { priceClass, ...price };
}
