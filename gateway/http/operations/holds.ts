/** Holds: seats that are kept for a cart for some minutes, and sold to whom names the hold. */
import { z } from 'zod';
import { HOLD_STATES, MAX_MINUTES, stateOf, type Hold } from '../../holds/hold.js';
import { callerName } from '../caller.js';
import { REPLAYED } from '../commands.js';
import { newCommandId } from '../command-id.js';
import { requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { commandId, eventId, placeId, slugId, thumbprint } from '../schemas.js';

const tag = 'sales';
const authority = 'sales';
const params = z.strictObject({ hold: thumbprint });
/** A cart has no more; and a sale neither. */
const MAX_SEATS = 50;
const minutes = z.int().min(1).max(30).default(10).meta({ description: 'from now' });

const time = z.iso.datetime();
const holdSchema = z
  .strictObject({
    hold: thumbprint,
    event: eventId,
    allotment: slugId,
    priceClass: slugId,
    seats: z.array(placeId).meta({ description: 'those that are still to be sold by it' }),
    sold: z.array(placeId).meta({ description: 'those that were' }),
    state: z.enum(HOLD_STATES),
    expiresAt: time,
    latestAt: time.meta({ description: `it can't be extended beyond, ${MAX_MINUTES} minutes after it was made` }),
  })
  .meta({ id: 'Hold' });

const shown = ({ hold, event, allotment, priceClass, seats, sold, ...rest }: Hold, nowMs: number) => ({
  ...{
    hold,
    event,
    allotment,
    priceClass,
    seats: [...seats],
    sold: [...sold],
    state: stateOf({ ...rest, hold, event, allotment, priceClass, seats, sold }, nowMs),
  },
  expiresAt: new Date(rest.expiresAtMs).toISOString(),
  latestAt: new Date(rest.latestAtMs).toISOString(),
});

export const holdOperations = [
  operation({
    id: 'createHold',
    method: 'POST',
    path: '/v1/holds',
    tag,
    summary: 'Keep seats for a cart: those that are named, or so many of a class, side by side where possible',
    authority,
    submits: false,
    // The key is its id; asked again, it is told as it is then.
    keepsAnswer: false,
    body: z.strictObject({
      id: commandId.optional(),
      event: eventId,
      seats: z.array(placeId).min(1).max(MAX_SEATS).optional(),
      priceClass: slugId.optional(),
      quantity: z.int().min(1).max(MAX_SEATS).optional(),
      allotment: slugId.optional().meta({ description: 'from this allotment' }),
      minutes,
    }),
    responses: {
      201: { description: 'held', schema: holdSchema },
      200: { description: 'held before, under the same id: as it is now', schema: holdSchema },
    },
    async handle({ body: { id = newCommandId(), ...body } }, services) {
      await requireEventRecord(services.records, body.event);
      const { hold, replayed } = await services.holdsMade.make({ ...body, id, caller: callerName() });
      const answer = shown(hold, services.nowMs());
      return replayed
        ? { status: 200 as const, body: answer, headers: REPLAYED }
        : { status: 201 as const, body: answer };
    },
  }),
  operation({
    id: 'getHold',
    method: 'GET',
    path: '/v1/holds/{hold}',
    tag,
    summary: 'A hold of the caller',
    authority,
    params,
    tagged: 'body',
    responses: {
      200: {
        description: 'it',
        schema: holdSchema.extend({
          lost: z.array(placeId).meta({ description: 'of its seats: sold without it, by what the ledger says' }),
        }),
      },
    },
    async handle({ params: { hold: id } }, { holdDesk, nowMs }) {
      const hold = await holdDesk.find(id, callerName());
      return ok({ ...shown(hold, nowMs()), lost: [...(await holdDesk.lost(hold))] });
    },
  }),
  operation({
    id: 'extendHold',
    method: 'POST',
    path: '/v1/holds/{hold}/extend',
    tag,
    summary: 'Keep its seats longer',
    authority,
    submits: false,
    params,
    body: z.strictObject({ minutes }),
    responses: { 200: { description: 'it, never shorter than before', schema: holdSchema } },
    async handle({ params: { hold: id }, body }, { holdDesk, nowMs }) {
      return ok(shown(await holdDesk.extend(id, body.minutes, callerName()), nowMs()));
    },
  }),
  operation({
    id: 'releaseHold',
    method: 'DELETE',
    path: '/v1/holds/{hold}',
    tag,
    summary: 'Give its seats back',
    authority,
    submits: false,
    params,
    responses: { 200: { description: 'released, now or before', schema: holdSchema } },
    async handle({ params: { hold: id } }, { holdDesk, nowMs }) {
      return ok(shown(await holdDesk.release(id, callerName()), nowMs()));
    },
  }),
];
