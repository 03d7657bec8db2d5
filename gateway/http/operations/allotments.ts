/** Allotments: which seats of an event are whose to sell, at what price, signed with the event's key. */
import { z } from 'zod';
import { allotmentKey, allotmentPrefix } from '../../../chaincode/domain/keys.js';
import type { AllotmentRecord } from '../../../chaincode/domain/records.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { placeCount, sectionOf } from '../../../chaincode/domain/seats.js';
import { FreePlaces } from '../../sales/free-places.js';
import { takenPlaces } from '../../sales/places.js';
import { allotmentOutcome, allotmentReceipt, createAllotment, newAllotment, outcomeOf } from '../allotment-creation.js';
import { newCommandId } from '../command-id.js';
import { done, receiptOf, submit } from '../commands.js';
import { requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import type { Records } from '../ports.js';
import { allotmentSchema, eventId, idBody, receiptSchema, runSchema, slugId } from '../schemas.js';

const tag = 'allotments';
const ofEvent = z.strictObject({ event: eventId });
const params = z.strictObject({ event: eventId, allotment: slugId });
const MAX_ALLOTMENTS = 100;

export const allotmentOperations = [
  operation({
    id: 'listAllotments',
    method: 'GET',
    path: '/v1/events/{event}/allotments',
    tag,
    summary: "An event's allotments, in the order of their ids",
    params: ofEvent,
    query: pageQuery(slugId),
    tagged: true,
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ allotments: z.array(allotmentSchema), next: slugId.optional() }),
      },
    },
    async handle({ params: { event }, query: { after, limit } }, { records }) {
      await requireEventRecord(records, event);
      const from = after === undefined ? {} : { after: allotmentKey(event, after) };
      const listed = await records.list({ prefix: allotmentPrefix(event), limit: limit + 1, ...from });
      const { items, next } = pageOf(
        listed.map(({ record }) => resourceOf(record as AllotmentRecord)),
        limit,
        (each) => each.allotment,
      );
      return ok({ allotments: items, ...(next !== undefined && { next }) });
    },
  }),
  operation({
    id: 'getAllotment',
    method: 'GET',
    path: '/v1/events/{event}/allotments/{allotment}',
    tag,
    summary: 'One allotment',
    params,
    tagged: true,
    responses: { 200: { description: 'it', schema: allotmentSchema } },
    async handle({ params: { event, allotment: id } }, { records }) {
      return ok(resourceOf(await requireAllotment(records, event, id)));
    },
  }),
  operation({
    id: 'createAllotments',
    method: 'POST',
    path: '/v1/events/{event}/allotments',
    tag,
    summary: `Sign one allotment, or up to ${MAX_ALLOTMENTS} at once with an outcome for each`,
    authority: 'events',
    params: ofEvent,
    body: z.union([newAllotment, z.array(newAllotment).min(1).max(MAX_ALLOTMENTS)]),
    responses: {
      201: { description: 'one, created', schema: allotmentReceipt },
      200: {
        description: 'one, created before; or the outcomes of many',
        schema: z.union([allotmentReceipt, z.strictObject({ outcomes: z.array(allotmentOutcome) })]),
      },
    },
    async handle({ params: { event }, body, requestId }, services) {
      const record = await requireEventRecord(services.records, event);
      if (!Array.isArray(body)) return createAllotment(services, record, body);
      const outcomes = await Promise.all(
        body.map((each) => outcomeOf(createAllotment(services, record, each), requestId, services)),
      );
      return ok({ outcomes });
    },
  }),
  operation({
    id: 'closeAllotment',
    method: 'POST',
    path: '/v1/events/{event}/allotments/{allotment}/close',
    tag,
    summary: 'The seller is done with an allotment',
    authority: 'events',
    params,
    body: idBody,
    responses: { 200: { description: 'closed', schema: receiptSchema } },
    async handle({ params: of, body: { id = newCommandId() } }, services) {
      const accepted = await submit(services, {
        kind: 'allotment.close',
        id,
        event: of.event,
        allotment: of.allotment,
      });
      return done(accepted, receiptOf(id, accepted));
    },
  }),
  operation({
    id: 'getAvailability',
    method: 'GET',
    path: '/v1/events/{event}/allotments/{allotment}/availability',
    tag,
    summary: 'Which places of an allotment are free now',
    params,
    tagged: true,
    responses: {
      200: {
        description: 'counts, and the free places as runs of numbers',
        schema: z.strictObject({
          places: z.int(),
          sold: z.int(),
          free: z.int(),
          held: z.int().meta({ description: 'in a cart, by this gateway’s holds' }),
          section: z.string(),
          runs: z.array(runSchema),
        }),
      },
    },
    async handle({ params: { event, allotment: id } }, { records, heldPlaces }) {
      const allotment = await requireAllotment(records, event, id);
      return ok(await availabilityOf(records, event, allotment, await heldPlaces.of(event)));
    },
  }),
];

const resourceOf = (record: AllotmentRecord) => ({ ...record, places: placeCount(record) });

async function requireAllotment(records: Records, event: string, id: string): Promise<AllotmentRecord> {
  const [record] = await records.read([allotmentKey(event, id)]);
  return record ?? refuse('UNKNOWN_ALLOTMENT', { field: 'allotment', allotment: id });
}

async function availabilityOf(
  records: Records,
  event: string,
  record: AllotmentRecord,
  onHold: ReadonlyMap<string, unknown>,
) {
  const free = new FreePlaces(record);
  for (const place of await takenPlaces(records, event, record)) free.take(place);
  const places = placeCount(record);
  const sold = places - free.count;
  const held = [...onHold.keys()].filter((place) => free.take(place)).length;
  const runs = Array.from(free.runs(), ([row, from, to]) => ({ ...(row !== undefined && { row }), from, to }));
  const section = sectionOf(record, 'allotment');
  return { places, sold, free: free.count, held, section, runs };
}
