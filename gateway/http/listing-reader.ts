/** Reading listings: what is offered, by whose word, where the buyer's money would go, and whether anybody can still take it. */
import type { z } from 'zod';
import { parseTicketId, ticketIdOf, ticketPlace } from '../../chaincode/domain/ids.js';
import { allotmentKey, listingKey, listingPrefix, placeOfTicketKey, ticketKey } from '../../chaincode/domain/keys.js';
import { policyOf } from '../../chaincode/domain/policy/policy.js';
import type { AllotmentRecord, EventRecord, ListingRecord, TicketRecord } from '../../chaincode/domain/records.js';
import { Refusal, refuse } from '../../chaincode/domain/refusal.js';
import { splitResale } from '../../chaincode/domain/resale.js';
import { requireDisclosure, requireResalePrice } from '../../chaincode/domain/resale-rules.js';
import { GatewayError } from '../errors.js';
import { requireEventRecord } from './event-reader.js';
import { MAX_PAGE } from './paging.js';
import type { ListedRecord, ListQuery, Records } from './ports.js';
import type { listingSchema } from './resale-schemas.js';

export type ListingResource = z.input<typeof listingSchema>;

/** What a listing depends on. */
interface FoundListing {
  readonly event: EventRecord;
  readonly place: string;
  readonly listing: ListingRecord;
  readonly ticket: TicketRecord | undefined;
  readonly supply: AllotmentRecord;
}

/** Ended listings keep their records until their place is listed again: so many pages of the ledger's are looked through for one of ours. */
const MAX_PAGES_LOOKED_THROUGH = 10;

export interface ListingPage {
  readonly listings: ListingResource[];
  /** The place after which the next page begins. */
  readonly next?: string;
}

/** Open offers that somebody can take at `nowMs`, in the order of their places' keys. @throws {Refusal} UNKNOWN_EVENT */
export async function readListings(
  records: Records,
  id: string,
  { after, limit, nowMs }: { readonly after: string | undefined; readonly limit: number; readonly nowMs: number },
): Promise<ListingPage> {
  const event = await requireEventRecord(records, id);
  const listings: ListingResource[] = [];
  let from = after === undefined ? undefined : listingKey(id, after);
  for (let looked = 0; looked < MAX_PAGES_LOOKED_THROUGH && listings.length < limit; looked += 1) {
    const query: ListQuery = { prefix: listingPrefix(id), limit: MAX_PAGE, ...(from !== undefined && { after: from }) };
    const page = await records.list(query);
    listings.push(...(await openAmong(records, event, page, nowMs)));
    from = page.length < MAX_PAGE ? undefined : page.at(-1)?.key;
    if (from === undefined) break;
  }
  const shown = listings.slice(0, limit);
  const last = shown.at(-1);
  if (listings.length > limit && last) return { listings: shown, next: ticketPlace(last.ticket) };
  return { listings: shown, ...(from !== undefined && { next: placeOfTicketKey(from) }) };
}

async function openAmong(
  records: Records,
  event: EventRecord,
  page: readonly ListedRecord[],
  nowMs: number,
): Promise<readonly ListingResource[]> {
  const found = page
    .map(({ key, record }) => ({ place: placeOfTicketKey(key), listing: record as ListingRecord }))
    .filter(({ listing }) => listing.state === 'open');
  if (found.length === 0) return [];
  const offers = await withTickets(records, event, found);
  return offers.map((offer) => resourceOf(offer, nowMs)).filter(({ state }) => state === 'open');
}

/** A ticket's last listing, whatever has become of it. @throws {Refusal} UNKNOWN_EVENT, UNKNOWN_LISTING */
export async function readListing(records: Records, ticket: string, nowMs: number): Promise<ListingResource> {
  const { event: id, place } = parseTicketId(ticket);
  const event = await requireEventRecord(records, id);
  const [listing] = await records.read([listingKey(id, place)]);
  if (!listing) return refuse('UNKNOWN_LISTING', { field: 'ticket', ticket });
  const [offer] = await withTickets(records, event, [{ place, listing }]);
  if (!offer) throw new GatewayError('LEDGER_DISAGREES', { field: 'ticket', ticket });
  return resourceOf(offer, nowMs);
}

async function withTickets(
  records: Records,
  event: EventRecord,
  found: readonly Pick<FoundListing, 'place' | 'listing'>[],
): Promise<readonly FoundListing[]> {
  const allotments = [...new Set(found.map(({ listing }) => listing.allotment))];
  const [tickets, supplies] = await Promise.all([
    records.read(found.map(({ place }) => ticketKey(event.event, place))),
    records.read(allotments.map((allotment) => allotmentKey(event.event, allotment))),
  ]);
  return found.map(({ place, listing }, index) => {
    const supply = supplies[allotments.indexOf(listing.allotment)];
    if (!supply) throw new GatewayError('LEDGER_DISAGREES', { field: 'allotment', allotment: listing.allotment });
    return { event, place, listing, ticket: tickets[index], supply };
  });
}

function resourceOf(offer: FoundListing, nowMs: number): ListingResource {
  const { event, place, listing } = offer;
  const priced = listing.state === 'open' ? pricedOf(offer) : undefined;
  return {
    ticket: ticketIdOf(event.event, place),
    event: event.event,
    ...listing,
    ...priced,
    currency: event.currency,
    state: stateOf(offer, priced !== undefined, nowMs),
  };
}

/** What a buyer would pay under the rules in force, and to whom; undefined where they no longer allow the listing. */
function pricedOf({
  event,
  place,
  ticket,
  listing,
  supply,
}: FoundListing): Pick<ListingResource, 'totalMinor' | 'split'> | undefined {
  if (ticket?.issue !== listing.issue) return undefined;
  try {
    requireDisclosure(event, supply, { ...listing, ticket: ticketIdOf(event.event, place) });
    const terms = { ...listing, ...splitResale(policyOf(event, supply.priceClass), listing, 'listing') };
    const { totalMinor, ...split } = requireResalePrice({ event, ticket, supply }, terms, 'listing');
    return { totalMinor, split };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Nothing writes it when an offer lapses: the ledger asks when somebody wants to take it. */
function stateOf(
  { event, listing, ticket }: FoundListing,
  isAllowed: boolean,
  nowMs: number,
): ListingResource['state'] {
  if (listing.state !== 'open') return listing.state;
  if (nowMs >= listing.exp * 1000) return 'expired';
  const offered = ticket?.state === 'listed' && ticket.change === listing.change && ticket.issue === listing.issue;
  return offered && isAllowed && event.state !== 'cancelled' ? 'open' : 'lapsed';
}
