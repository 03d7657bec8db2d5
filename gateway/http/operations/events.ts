/** Events: listed, read, created with the organizer's signature, changed with the event's own, moved along their schedule. */
import { z } from 'zod';
import { EVENT_INDEX_PREFIX } from '../../../chaincode/domain/keys.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { decodeStatement, payloadSchemas } from '../../../chaincode/domain/statements.js';
import { organizerOf } from '../../../chaincode/domain/ids.js';
import { GatewayError } from '../../errors.js';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { signOne } from '../../signer/signing-keys.js';
import { statementOr } from '../bodies.js';
import { claimsOf } from '../claims.js';
import { newCommandId } from '../command-id.js';
import { created, done, receiptOf, submit } from '../commands.js';
import { readEvents, requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import { commandId, eventId, eventSchema, idBody, receiptSchema, receiptShape } from '../schemas.js';
import type { Services } from '../services.js';

const tag = 'events';
const params = z.strictObject({ event: eventId });

const { event, name, venue, currency, schedule, policy, classes, policyHash } = payloadSchemas.event.shape;
const creation = z.strictObject({
  id: commandId.optional(),
  event,
  name,
  venue,
  currency,
  schedule,
  policy: policy.meta({ description: 'what this event says beyond its organizer and its venue' }),
  classes,
  policyHash: policyHash.meta({ description: 'SHA-256 of the rules that must come of it' }),
});
const createdEvent = z.strictObject({ ...receiptShape, event: eventId });

const change = z.strictObject({
  id: commandId.optional(),
  change: payloadSchemas['event-change'].shape.change.meta({ description: "the event's change number that you saw" }),
  action: payloadSchemas['event-change'].shape.action,
  schedule: payloadSchemas['event-change'].shape.schedule,
});

export const eventOperations = [
  operation({
    id: 'listEvents',
    method: 'GET',
    path: '/v1/events',
    tag,
    summary: 'Events, in the order of their ids',
    query: pageQuery(eventId),
    tagged: true,
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ events: z.array(eventSchema), next: eventId.optional() }),
      },
    },
    async handle({ query: { after, limit } }, { records }) {
      const from = after === undefined ? {} : { after: `${EVENT_INDEX_PREFIX}${after}` };
      const listed = await records.list({ prefix: EVENT_INDEX_PREFIX, limit: limit + 1, ...from });
      const { items, next } = pageOf(
        listed.map(({ key }) => key.slice(EVENT_INDEX_PREFIX.length)),
        limit,
        (id) => id,
      );
      return ok({ events: [...(await readEvents(records, items))], ...(next !== undefined && { next }) });
    },
  }),
  operation({
    id: 'getEvent',
    method: 'GET',
    path: '/v1/events/{event}',
    tag,
    summary: 'One event with its policy, its schedule and its gates',
    params,
    tagged: true,
    responses: { 200: { description: 'it', schema: eventSchema } },
    async handle({ params: { event: id } }, { records }) {
      const [found] = await readEvents(records, [id]);
      return ok(found ?? refuse('UNKNOWN_EVENT', { field: 'event', event: id }));
    },
  }),
  operation({
    id: 'createEvent',
    method: 'POST',
    path: '/v1/events',
    tag,
    summary:
      'Create an event; the signer makes its key and signs, unless a statement is given that was signed elsewhere',
    authority: 'events',
    body: statementOr(creation),
    responses: {
      201: { description: 'created', schema: createdEvent },
      200: { description: 'created before', schema: createdEvent },
    },
    async handle({ body }, services) {
      const statement = 'statement' in body ? body.statement : await signEvent(services, body);
      const { payload } = decodeStatement('event', statement, 'statement');
      const accepted = await submit(services, { kind: 'event.create', statement });
      return created(accepted, { ...receiptOf(payload.jti, accepted), event: payload.event });
    },
  }),
  operation({
    id: 'changeEvent',
    method: 'POST',
    path: '/v1/events/{event}/changes',
    tag,
    summary: 'Cancel or postpone an event, signed with its key',
    authority: 'events',
    params,
    body: statementOr(change),
    responses: { 200: { description: 'changed', schema: z.strictObject({ ...receiptShape, change: z.int() }) } },
    async handle({ params: { event: id }, body }, services) {
      const statement = 'statement' in body ? body.statement : await signChange(services, id, body);
      const { payload } = decodeStatement('event-change', statement, 'statement');
      if (payload.event !== id) return refuse('WRONG_EVENT', { field: 'statement.event', expected: id });
      const accepted = await submit(services, { kind: 'event.change', statement });
      return done(accepted, { ...receiptOf(payload.jti, accepted), change: Number(accepted.result.change) });
    },
  }),
  unsigned('closeSales', '/v1/events/{event}/sales/close', 'sales.close', "Stop an event's sales before their time"),
  unsigned('reopenSales', '/v1/events/{event}/sales/reopen', 'sales.reopen', 'Take a closing of sales back'),
  unsigned(
    'advanceEvent',
    '/v1/events/{event}/advance',
    'event.advance',
    'Record on the ledger what the schedule says now',
  ),
];

/** A command that the organization gives by its identity alone. */
function unsigned(id: string, path: string, kind: string, summary: string) {
  return operation({
    id,
    method: 'POST',
    path,
    tag,
    summary,
    authority: 'events',
    params,
    body: idBody,
    responses: { 200: { description: 'recorded', schema: receiptSchema } },
    async handle({ params: { event: of }, body: { id: given = newCommandId() } }, services) {
      const accepted = await submit(services, { kind, id: given, event: of });
      return done(accepted, receiptOf(given, accepted));
    },
  });
}

async function signEvent(
  { signer, keyRing, place }: Services,
  { id = newCommandId(), ...body }: z.output<typeof creation>,
): Promise<string> {
  const organizer = organizerOf(body.event);
  if (organizer !== place.mspId) throw new GatewayError('FORBIDDEN', { field: 'event', expected: place.mspId });
  const [kid, { jwk }] = await Promise.all([keyRing.keyFor('event-creation'), signer.createKey('event', body.event)]);
  const payload = { ...claimsOf(place, body.event, id), ...body, eventKey: jwk };
  return (await signOne(signer, { kid, name: 'event', payload })).jws;
}

async function signChange(
  { signer, records, place }: Services,
  of: string,
  { id = newCommandId(), ...body }: z.output<typeof change>,
): Promise<string> {
  const { eventKey } = await requireEventRecord(records, of);
  const payload = { ...claimsOf(place, of, id), ...body };
  return (await signOne(signer, { kid: thumbprintOf(eventKey), name: 'event-change', payload })).jws;
}
