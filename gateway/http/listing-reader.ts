/** Reading listings: what is offered, by whose word, where the buyer's money would go, and whether anybody can still take it. */
import type { z } from 'zod';
import { parseTicketId, ticketIdOf } from '../../chaincode/domain/ids.js';
import { allotmentKey, listingKey, listingPrefix, placeOfTicketKey, ticketKey } from '../../chaincode/domain/keys.js';
import { policyOf } from '../../chaincode/domain/policy/policy.js';
import type { AllotmentRecord, EventRecord, ListingRecord, TicketRecord } from '../../chaincode/domain/records.js';
import { Refusal, refuse } from '../../chaincode/domain/refusal.js';
import { splitResale } from '../../chaincode/domain/resale.js';
import { requireDisclosure, requireResalePrice } from '../../chaincode/domain/resale-rules.js';
import { GatewayError } from '../errors.js';
import { requireEventRecord } from './event-reader.js';
import type { ListQuery, Records } from './ports.js';
import type { listingSchema } from './resale-schemas.js';

export type ListingResource = z.input<typeof listingSchema>;

/** What a listing depends on. */
interface Offer {
  readonly event: EventRecord;
  readonly place: string;
  readonly listing: ListingRecord;
  readonly ticket: TicketRecord | undefined;
  readonly supply: AllotmentRecord;
}

/** Ended listings keep their records until their place is listed again: so many are looked through for one page. */
const MAX_LOOKED_THROUGH = 1_000;

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
  for (let looked = 0; looked < MAX_LOOKED_THROUGH; looked += limit) {
    const query: ListQuery = { prefix: listingPrefix(id), limit, ...(from !== undefined && { after: from }) };
    const page = await records.list(query);
    const found = page.map(({ key, record }) => ({ place: placeOfTicketKey(key), listing: record as ListingRecord }));
    for (const offer of await withTickets(records, event, found)) {
      const resource = resourceOf(offer, nowMs);
      if (resource.state === 'open') listings.push(resource);
      if (listings.length === limit) return { listings, next: offer.place };
    }
    if (page.length < limit) return { listings };
    from = page.at(-1)?.key;
  }
  return { listings, ...(from !== undefined && { next: placeOfTicketKey(from) }) };
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
  found: readonly Pick<Offer, 'place' | 'listing'>[],
): Promise<readonly Offer[]> {
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

function resourceOf(offer: Offer, nowMs: number): ListingResource {
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
}: Offer): Pick<ListingResource, 'totalMinor' | 'split'> | undefined {
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
function stateOf({ event, listing, ticket }: Offer, isAllowed: boolean, nowMs: number): ListingResource['state'] {
  if (listing.state !== 'open') return listing.state;
  if (nowMs >= listing.exp * 1000) return 'expired';
  const offered = ticket?.state === 'listed' && ticket.change === listing.change && ticket.issue === listing.issue;
  return offered && isAllowed && event.state !== 'cancelled' ? 'open' : 'lapsed';
}
