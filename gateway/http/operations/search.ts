/** Tickets, listings, resales, versions and markets of one event, filtered and page by page, out of the read model: as the ledger has recorded them. */
import { z } from 'zod';
import { ticketIdOf } from '../../../chaincode/domain/ids.js';
import { TICKET_STATES } from '../../../chaincode/domain/records.js';
import { findListings, findMarkets, findResales, findTickets, findVersions } from '../../projection/queries/places.js';
import { digits } from '../digits.js';
import { pageLimit, pageOf, pageQuery } from '../paging.js';
import { projected, requireTouched } from '../projected.js';
import { eventId, minor, mspId, placeId, slugId, ticketId, ticketSchema, thumbprint, txId } from '../schemas.js';

const tag = 'search';
const params = z.strictObject({ event: eventId });
const count = z.int().min(0);
const after = (form: RegExp) =>
  z
    .string()
    .max(200)
    .regex(form, { error: 'is not the `next` of a page' })
    .optional()
    .meta({ description: 'continue after this one: `next` of the page before' });
const NUMBER = '[0-9]{1,15}';
const AFTER_RESALE = new RegExp(`^[A-Za-z0-9:-]+/${NUMBER}/${NUMBER}$`);
const AFTER_VERSION = new RegExp(`^${NUMBER}/${NUMBER}/[A-Za-z0-9:-]+$`);

const listingSchema = z
  .strictObject({
    ticket: ticketId,
    issue: count,
    allotment: slugId,
    priceClass: slugId,
    seller: thumbprint,
    reseller: mspId,
    askMinor: minor,
    totalMinor: minor,
    exp: z.int().meta({ description: 'seconds since 1970; from then on nobody can take it, whatever its state says' }),
    state: z.enum(['open', 'sold', 'withdrawn', 'expired']),
  })
  .meta({ id: 'FoundListing' });
const resaleSchema = z
  .strictObject({
    ticket: ticketId,
    issue: count,
    number: count.meta({ description: 'which resale of the issue, from 1' }),
    seller: thumbprint,
    reseller: mspId,
    totalMinor: minor,
    surplusMinor: minor,
    block: count,
  })
  .meta({ id: 'FoundResale' });
const versionSchema = z
  .strictObject({
    ticket: ticketId,
    block: count,
    tx: txId,
    state: z.enum(TICKET_STATES),
    issue: count,
    change: count,
    holder: thumbprint,
  })
  .meta({ id: 'TicketVersion' });
const marketSchema = z
  .strictObject({ market: count, supply: z.string(), state: z.string(), closesAt: z.string() })
  .meta({ id: 'FoundMarket' });

const page = <T extends z.ZodObject>(name: string, item: T) =>
  z.strictObject({ [name]: z.array(item), next: z.string().optional() });
/** @param items what the page is called */
const pageBody = (name: string, items: readonly object[], next: string | undefined) =>
  ({ [name]: items, ...(next !== undefined && { next }) }) as never;

export const searchOperations = [
  projected({
    id: 'searchTickets',
    path: '/v1/events/{event}/search/tickets',
    tag,
    summary: "An event's tickets, in the order of their places",
    params,
    query: pageQuery(placeId).extend({
      state: z.enum(TICKET_STATES).optional(),
      allotment: slugId.optional(),
      holder: thumbprint.optional(),
    }),
    description: 'a page',
    schema: page('tickets', ticketSchema),
    async read({ params: { event }, query: { state, allotment, holder, ...query } }, db) {
      const block = await requireTouched(db, event);
      const { limit } = query;
      const found = await findTickets(db, { event, after: query.after, limit, state, allotment, holder });
      const { items, next } = pageOf(found, limit, ({ place }) => place);
      const tickets = items.map(({ place, record }) => ({ ticket: ticketIdOf(event, place), event, place, ...record }));
      return { block, body: pageBody('tickets', tickets, next) };
    },
  }),
  projected({
    id: 'searchListings',
    path: '/v1/events/{event}/search/listings',
    tag,
    summary: "An event's listings as recorded, in the order of their places",
    params,
    query: pageQuery(placeId).extend({
      state: listingSchema.shape.state.default('open'),
      priceClass: slugId.optional(),
      reseller: mspId.optional(),
      maxTotalMinor: digits(z.int().min(0)).optional(),
    }),
    description: 'a page',
    schema: page('listings', listingSchema),
    async read({ params: { event }, query: { state, priceClass, reseller, maxTotalMinor, ...query } }, db) {
      const block = await requireTouched(db, event);
      const { limit } = query;
      const filters = { state, priceClass, reseller, maxTotalMinor };
      const found = await findListings(db, { event, after: query.after, limit, ...filters });
      const { items, next } = pageOf(found, limit, ({ place }) => place);
      return { block, body: pageBody('listings', items.map(listingOf), next) };
    },
  }),
  projected({
    id: 'searchResales',
    path: '/v1/events/{event}/search/resales',
    tag,
    summary: "An event's resales, in the order of their places",
    params,
    query: z.strictObject({ after: after(AFTER_RESALE), limit: pageLimit, reseller: mspId.optional() }),
    description: 'a page',
    schema: page('resales', resaleSchema),
    async read({ params: { event }, query: { after: from, limit, reseller } }, db) {
      const block = await requireTouched(db, event);
      const [place = '', issue, number] = from?.split('/') ?? [];
      const cursor = from === undefined ? undefined : { place, issue: Number(issue), number: Number(number) };
      const found = await findResales(db, { event, after: cursor, limit, reseller });
      const { items, next } = pageOf(found, limit, (row) => `${row.place}/${row.issue}/${row.number}`);
      return { block, body: pageBody('resales', items.map(resaleOf), next) };
    },
  }),
  projected({
    id: 'searchHistory',
    path: '/v1/events/{event}/search/history',
    tag,
    summary: "Every version of an event's tickets, in the order of the ledger",
    params,
    query: z.strictObject({ after: after(AFTER_VERSION), limit: pageLimit, place: placeId.optional() }),
    description: 'a page',
    schema: page('versions', versionSchema),
    async read({ params: { event }, query: { after: from, limit, place } }, db) {
      const touched = await requireTouched(db, event);
      const [block, index, last = ''] = from?.split('/') ?? [];
      const cursor = from === undefined ? undefined : { block: Number(block), index: Number(index), place: last };
      const found = await findVersions(db, { event, after: cursor, limit, place });
      const { items, next } = pageOf(found, limit, (row) => `${row.block}/${row.index}/${row.place}`);
      return { block: touched, body: pageBody('versions', items.map(versionOf), next) };
    },
  }),
  projected({
    id: 'searchMarkets',
    path: '/v1/events/{event}/search/markets',
    tag,
    summary: "An event's sealed markets and how far they are",
    params,
    query: pageQuery(digits(z.int().min(0))),
    description: 'a page',
    schema: page('markets', marketSchema),
    async read({ params: { event }, query: { after: from, limit } }, db) {
      const block = await requireTouched(db, event);
      const found = await findMarkets(db, { event, after: from, limit });
      const { items, next } = pageOf(found, limit, ({ market }) => String(market));
      const markets = items.map(({ market, supply, state, closes_at: closesAt }) => ({
        market,
        supply,
        state,
        closesAt,
      }));
      return { block, body: pageBody('markets', markets, next) };
    },
  }),
];

type Row<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>> extends (infer R)[] ? R : never;

function listingOf(row: Row<typeof findListings>) {
  const { event, place, price_class: priceClass, ask_minor: askMinor, total_minor: totalMinor, ...rest } = row;
  return { ticket: ticketIdOf(event, place), priceClass, askMinor, totalMinor, ...rest };
}

function resaleOf({ event, place, total_minor, surplus_minor, ...rest }: Row<typeof findResales>) {
  return { ticket: ticketIdOf(event, place), ...rest, totalMinor: total_minor, surplusMinor: surplus_minor };
}

function versionOf({ event, place, index: _, ...rest }: Row<typeof findVersions>) {
  return { ticket: ticketIdOf(event, place), ...rest };
}
