/** Finding events, out of the read model. */
import { z } from 'zod';
import { findEvents, type EventCursor } from '../../projection/queries/events.js';
import { pageLimit, pageOf } from '../paging.js';
import { projected } from '../projected.js';
import { currency, eventId, minor, mspId, slugId, timestamp } from '../schemas.js';
import { ok, operation } from '../operation.js';

const tag = 'search';
const cursor = z
  .string()
  .max(300)
  .refine((text) => cursorOf(text) !== undefined, { error: 'is not the `next` of a page' });
const flag = z.enum(['true', 'false']).optional();

const foundSchema = z
  .strictObject({
    event: eventId,
    name: z.string(),
    organizer: mspId,
    organizerName: z.string().optional(),
    venue: mspId,
    venueName: z.string().optional(),
    currency,
    state: z.enum(['scheduled', 'cancelled']),
    startsAt: timestamp,
    endsAt: timestamp,
    onSale: z.boolean().meta({ description: 'whether sales are recorded as open' }),
    places: z.int().min(0),
    free: z.int().min(0).meta({ description: 'in allotments that are open' }),
    fromMinor: minor.optional().meta({ description: 'the lowest price with fees; absent where none is free' }),
  })
  .meta({ id: 'FoundEvent' });

export const searchEventOperations = [
  projected({
    id: 'searchEvents',
    path: '/v1/search/events',
    tag,
    summary: 'Find events, the earliest first',
    params: z.strictObject({}),
    query: z.strictObject({
      q: z.string().max(200).optional().meta({
        description:
          "each word begins a word of the event's name or id, or of its organizer's or venue's name; accents and case do not matter",
      }),
      from: timestamp.optional().meta({ description: 'starts then or later' }),
      to: timestamp.optional().meta({ description: 'starts before' }),
      venue: mspId.optional(),
      organizer: mspId.optional(),
      currency: currency.optional(),
      priceClass: slugId.optional(),
      state: z.enum(['scheduled', 'cancelled']).optional(),
      onSale: flag,
      after: cursor.optional().meta({ description: 'continue after this one: `next` of the page before' }),
      limit: pageLimit,
    }),
    description: 'a page',
    schema: z.strictObject({ events: z.array(foundSchema), next: z.string().optional() }),
    async read({ query: { q: words, after, onSale, ...query } }, db, height) {
      const wanted = { ...filtersOf(query), words, after: after === undefined ? undefined : cursorOf(after) };
      const found = await findEvents(db, { ...wanted, onSale: onSale && onSale === 'true' });
      const { items, next } = pageOf(found, query.limit, ({ starts_at, event }) => `${starts_at}/${event}`);
      return {
        block: height - 1,
        body: { events: items.map(resourceOf) as never, ...(next !== undefined && { next }) },
      };
    },
  }),
  operation({
    id: 'getReadModel',
    method: 'GET',
    path: '/v1/search/status',
    tag,
    asOf: 'never',
    summary: 'How far the read model is',
    tagged: 'body',
    responses: {
      200: {
        description: 'numbers of blocks',
        schema: z.strictObject({
          height: z.int().min(0).meta({ description: 'that are in' }),
          ledger: z.int().min(0).meta({ description: 'that there are, as far as this gateway has heard' }),
        }),
      },
    },
    handle: (_, { readModel: { height, known } }) => Promise.resolve(ok({ height, ledger: known })),
  }),
];

interface Filters {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly venue?: string | undefined;
  readonly organizer?: string | undefined;
  readonly currency?: string | undefined;
  readonly priceClass?: string | undefined;
  readonly state?: string | undefined;
  readonly limit: number;
}

const filtersOf = ({ from, to, venue, organizer, currency: of, priceClass, state, limit }: Filters) => {
  return { from, to, venue, organizer, currency: of, priceClass, state, limit };
};

function cursorOf(text: string): EventCursor | undefined {
  const [startsAt = '', event = '', ...more] = text.split('/');
  const isCursor = timestamp.safeParse(startsAt).success && eventId.safeParse(event).success && more.length === 0;
  return isCursor ? { startsAt, event } : undefined;
}

type FoundEvent = Awaited<ReturnType<typeof findEvents>>[number];

function resourceOf(row: FoundEvent) {
  const { organizer_name, venue_name, starts_at, ends_at, on_sale, from_minor, places, free, ...rest } = row;
  return {
    ...rest,
    ...(organizer_name !== null && { organizerName: organizer_name }),
    ...(venue_name !== null && { venueName: venue_name }),
    startsAt: starts_at,
    endsAt: ends_at,
    onSale: on_sale,
    places: places ?? 0,
    free: free ?? 0,
    ...(from_minor !== null && { fromMinor: from_minor }),
  };
}
