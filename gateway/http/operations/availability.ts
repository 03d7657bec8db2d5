/** What of an event can be bought, out of the read model: fast, and a moment behind. What counts is what the ledger says to a sale. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { payloadSchemas } from '../../../chaincode/domain/statements.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { availabilityOf, type AllotmentAvailability } from '../../projection/queries/availability.js';
import { PlaceBits } from '../../projection/place-bits.js';
import { projected } from '../projected.js';
import { currency, eventId, minor, mspId, slugId } from '../schemas.js';

const count = z.int().min(0);
const heldCount = count.meta({
  description:
    'not free because somebody has them in a cart, as far as this gateway knows: of its own organization’s allotments',
});
const { seats, pool } = payloadSchemas.allotment.shape;

const allotmentSchema = z
  .strictObject({
    allotment: slugId,
    seller: mspId,
    priceClass: slugId,
    totalMinor: minor.meta({ description: 'face price and fees' }),
    state: z.enum(['open', 'closed', 'market']),
    places: count,
    free: count,
    held: heldCount,
    seats,
    pool,
    taken: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/)
      .optional()
      .meta({
        description:
          'base64url: one bit for each place, 1 where it is not free; rows as `seats` lists them, each from its first number to its last; place n is bit n mod 8, the lowest first, of byte n div 8',
      }),
  })
  .meta({ id: 'AllotmentAvailability' });

const classSchema = z.strictObject({
  priceClass: slugId,
  places: count,
  free: count.meta({ description: 'in allotments that are open' }),
  held: heldCount,
  fromMinor: minor.optional().meta({ description: 'the lowest price with fees; absent where none is free' }),
});

export const availabilityOperations = [
  projected({
    id: 'getEventAvailability',
    path: '/v1/events/{event}/availability',
    tag: 'search',
    summary: 'Which places of an event are free, by class and allotment',
    params: z.strictObject({ event: eventId }),
    query: z.strictObject({
      priceClass: slugId.optional(),
      seller: mspId.optional(),
      allotment: slugId.optional(),
      detail: z.enum(['counts', 'places']).default('counts').meta({ description: '`places`: also which ones' }),
    }),
    description: 'counts, and places where they were asked for',
    schema: z.strictObject({
      event: eventId,
      currency,
      places: count,
      free: count.meta({ description: 'in allotments that are open' }),
      held: heldCount,
      classes: z.array(classSchema),
      allotments: z.array(allotmentSchema),
    }),
    async read({ params: { event }, query: { priceClass, seller, allotment, detail } }, db, _height, { heldPlaces }) {
      const wanted = { event, priceClass, seller, allotment, places: detail === 'places' };
      const found = (await availabilityOf(db, wanted)) ?? refuse('UNKNOWN_EVENT', { field: 'event', event });
      const held = await heldPlaces.of(event);
      const { block } = found;
      const withPlaces =
        held.size === 0 || wanted.places ? found : await availabilityOf(db, { ...wanted, places: true });
      const allotments = (withPlaces ?? found).allotments.map((each) => withoutHeld(each, held, wanted.places));
      const body = {
        event,
        currency: found.currency,
        ...sumOf(allotments),
        classes: classesOf(allotments),
        allotments,
      };
      return { block, ...(held.size > 0 && { tag: tagOf(held) }), body: body as never };
    },
  }),
];

type Supplies = readonly (AllotmentAvailability & { readonly held: number })[];

const sumOf = (allotments: Supplies) => ({
  places: allotments.reduce((sum, { places }) => sum + places, 0),
  free: allotments.reduce((sum, { state, free }) => sum + (state === 'open' ? free : 0), 0),
  held: allotments.reduce((sum, { held }) => sum + held, 0),
});

function classesOf(allotments: Supplies) {
  const names = [...new Set(allotments.map(({ priceClass }) => priceClass))].sort();
  return names.map((priceClass) => {
    const own = allotments.filter((each) => each.priceClass === priceClass);
    const prices = own.filter(({ state, free }) => state === 'open' && free > 0).map(({ totalMinor }) => totalMinor);
    return { priceClass, ...sumOf(own), ...(prices.length > 0 && { fromMinor: Math.min(...prices) }) };
  });
}

type HeldPlaces = ReadonlyMap<string, unknown>;

/** What is on hold is not free. A place that is sold already counts once. */
function withoutHeld(found: AllotmentAvailability, held: HeldPlaces, showsPlaces: boolean): Supplies[number] {
  const { seats: rows, pool: numbers, taken, ...counts } = found;
  if (taken === undefined) return { ...counts, held: 0 };
  const supply = { ...(rows && { seats: rows }), ...(numbers && { pool: numbers }) };
  const bits = new PlaceBits(supply, Buffer.from(taken, 'base64url'));
  const before = bits.count;
  for (const place of held.keys()) bits.set(place, true);
  const onHold = bits.count - before;
  const places = { ...supply, taken: Buffer.from(bits.bytes).toString('base64url') };
  return { ...counts, free: counts.free - onHold, held: onHold, ...(showsPlaces && places) };
}

/** Of the same places it is the same. */
const tagOf = (held: HeldPlaces): string =>
  createHash('sha256')
    .update([...held.keys()].sort().join())
    .digest('base64url')
    .slice(0, 11);
