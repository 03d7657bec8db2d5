/** The door: the venue's gate devices, and the scans that they sign. */
import { z } from 'zod';
import { jwkSchema, thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { deviceKey, devicePrefix } from '../../../chaincode/domain/keys.js';
import type { DeviceRecord } from '../../../chaincode/domain/records.js';
import { decodeStatement, payloadSchemas } from '../../../chaincode/domain/statements.js';
import { timestampOf } from '../../clock.js';
import { newCommandId } from '../command-id.js';
import { created, done, locate, receiptOf, submit } from '../commands.js';
import { AT_THE_DOOR, MAX_DOOR_PAGE, readDoorList } from '../door-list.js';
import { requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import {
  compactJws,
  commandId,
  deviceSchema,
  eventId,
  idBody,
  placeId,
  receiptSchema,
  receiptShape,
  slugId,
  thumbprint,
  ticketId,
  ticketStateSchema,
  timestamp,
  txId,
} from '../schemas.js';

const tag = 'door';
const ofEvent = z.strictObject({ event: eventId });
const registered = z.strictObject({ ...receiptShape, device: slugId, kid: thumbprint });

const { device, number, action } = payloadSchemas.scan.shape;
const admission = z
  .strictObject({
    tx: txId,
    block: receiptShape.block,
    device,
    number,
    ticket: ticketId,
    action,
    state: ticketStateSchema.shape.state,
    change: z.int().min(1),
  })
  .meta({ id: 'Admission' });

const { issue, change, holder } = ticketStateSchema.shape;
export const doorListSchema = z
  .strictObject({
    event: eventId,
    height: z.int().min(0).meta({ description: 'so many blocks at least are in it' }),
    syncedAt: timestamp.meta({
      description: "when it was read, by this gateway's clock; the first page's holds for all of them",
    }),
    tickets: z.array(z.strictObject({ ticket: ticketId, issue, change, state: z.enum(AT_THE_DOOR), holder })),
    next: placeId.optional(),
  })
  .meta({ id: 'DoorList' });

export const doorOperations = [
  operation({
    id: 'listDoor',
    method: 'GET',
    path: '/v1/events/{event}/door-list',
    tag,
    summary:
      'The tickets that may be shown at the door and whose they are, for a gate device to take along; a page may be short and still have a next one',
    authority: 'door',
    devices: true,
    params: ofEvent,
    query: pageQuery(placeId, MAX_DOOR_PAGE),
    responses: { 200: { description: 'a page', schema: doorListSchema } },
    async handle({ params: { event }, query: { after, limit } }, { records, blocks, nowMs }) {
      // Both before the records are read: what is told is at least as new.
      const syncedAt = timestampOf(nowMs());
      const { height } = await blocks.info();
      return ok({ event, height, syncedAt, ...(await readDoorList(records, event, { after, limit })) });
    },
  }),
  operation({
    id: 'listDevices',
    method: 'GET',
    path: '/v1/events/{event}/devices',
    tag,
    summary: "An event's gate devices, in the order of their ids",
    params: ofEvent,
    query: pageQuery(slugId),
    tagged: true,
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ devices: z.array(deviceSchema), next: slugId.optional() }),
      },
    },
    async handle({ params: { event }, query: { after, limit } }, { records }) {
      await requireEventRecord(records, event);
      const prefix = devicePrefix(event);
      const from = after === undefined ? {} : { after: deviceKey(event, after) };
      const listed = await records.list({ prefix, limit: limit + 1, ...from });
      const devices = listed.map(({ key, record }) => ({
        device: key.slice(prefix.length),
        ...(record as DeviceRecord),
      }));
      const { items, next } = pageOf(devices, limit, (each) => each.device);
      return ok({ devices: items, ...(next !== undefined && { next }) });
    },
  }),
  operation({
    id: 'registerDevice',
    method: 'POST',
    path: '/v1/events/{event}/devices',
    tag,
    summary: "Register a gate device for an event, by the event's venue",
    authority: 'door',
    params: ofEvent,
    body: z.strictObject({ id: commandId.optional(), device: slugId, jwk: jwkSchema, notAfter: timestamp }),
    responses: {
      201: { description: 'registered', schema: registered },
      200: { description: 'registered before', schema: registered },
    },
    async handle({ params: { event }, body: { id = newCommandId(), ...body } }, services) {
      const accepted = await submit(services, { kind: 'device.register', id, event, ...body });
      return created(accepted, { ...receiptOf(id, accepted), device: body.device, kid: thumbprintOf(body.jwk) });
    },
  }),
  operation({
    id: 'revokeDevice',
    method: 'DELETE',
    path: '/v1/events/{event}/devices/{device}',
    tag,
    summary: 'Revoke a gate device',
    authority: 'door',
    params: z.strictObject({ event: eventId, device: slugId }),
    query: idBody,
    responses: { 200: { description: 'revoked', schema: receiptSchema } },
    async handle({ params, query: { id = newCommandId() } }, services) {
      const accepted = await submit(services, { kind: 'device.revoke', id, ...params });
      return done(accepted, receiptOf(id, accepted));
    },
  }),
  operation({
    id: 'createAdmission',
    method: 'POST',
    path: '/v1/admissions',
    tag,
    summary:
      'Admit, let out, let in again or take that back: a scan signed by a gate device, on the gateway of its venue',
    body: z.strictObject({
      scan: compactJws,
      presentation: compactJws.optional().meta({
        description:
          "the holder's presentation, for `admit` and `reenter`; a scan that names the credential of the document shown needs none",
      }),
    }),
    responses: {
      201: { description: 'done', schema: admission },
      200: { description: 'done before: the first receipt', schema: admission },
    },
    async handle({ body }, services) {
      const { payload } = decodeStatement('scan', body.scan, 'scan');
      const accepted = await locate(services, await services.publicCommands.admit(body));
      const { tx, block, result } = accepted;
      const state = ticketStateSchema.shape.state.parse(result.state);
      const { device: by, number: n, ticket, action: what } = payload;
      const position = { tx, ...(block !== undefined && { block }) };
      return created(accepted, {
        ...position,
        device: by,
        number: n,
        ticket,
        action: what,
        state,
        change: Number(result.change),
      });
    },
  }),
];
