/** How a gate device comes to an event without anybody copying a key: the operator shows it a QR code, and it answers with a key of its own making. */
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { jwkSchema } from '../../../chaincode/crypto/jwk.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { HANDSHAKE_ID } from '../../auth/handshakes.js';
import { verifyPossession } from '../../auth/possession.js';
import { timestampOf } from '../../clock.js';
import { GatewayError } from '../../errors.js';
import { created, receiptOf, submit } from '../commands.js';
import { requireEventRecord } from '../event-reader.js';
import { operation } from '../operation.js';
import { compactJws, eventId, receiptShape, slugId, thumbprint, timestamp } from '../schemas.js';

const tag = 'door';
const handshakeId = z.string().regex(HANDSHAKE_ID, { error: 'is not the id of a handshake' });
const code = z.string().regex(/^[A-Za-z0-9_-]{22}$/, { error: 'is not a code of a handshake' });

const begunSchema = z
  .strictObject({
    handshake: handshakeId,
    code,
    text: z.string().meta({ description: 'what the QR code says: `gateway`, `handshake` and `code` as JSON' }),
    qr: z.string().meta({ description: 'the QR code, as SVG' }),
    expiresAt: timestamp,
  })
  .meta({ id: 'DeviceHandshake' });
const registered = z
  .strictObject({ ...receiptShape, event: eventId, device: slugId, kid: thumbprint, notAfter: timestamp })
  .meta({ id: 'DeviceOfHandshake' });

export const handshakeOperations = [
  operation({
    id: 'beginHandshake',
    method: 'POST',
    path: '/v1/events/{event}/devices/handshakes',
    tag,
    summary: 'Show a gate device a code, once and for five minutes, by which it brings its own key',
    authority: 'door',
    submits: false,
    params: z.strictObject({ event: eventId }),
    body: z.strictObject({ device: slugId, notAfter: timestamp }),
    responses: { 201: { description: 'begun', schema: begunSchema } },
    async handle({ params: { event }, body }, { records, handshakes, place, nowMs }) {
      const { venue } = await requireEventRecord(records, event);
      // The ledger would refuse the device, but only when it is there.
      if (venue !== place.mspId) throw new GatewayError('FORBIDDEN', { field: 'event', venue });
      if (body.notAfter <= timestampOf(nowMs()))
        return refuse('INVALID_FIELD', { field: 'notAfter', reason: 'has passed' });
      const { id: handshake, code: shown, expiresAt } = await handshakes.begin({ event, ...body });
      const text = JSON.stringify({ gateway: place.publicUrl, handshake, code: shown });
      const qr = renderSVG(text, { ecc: 'M' });
      return { status: 201 as const, body: { handshake, code: shown, text, qr, expiresAt: timestampOf(expiresAt) } };
    },
  }),
  operation({
    id: 'answerHandshake',
    method: 'POST',
    path: '/v1/handshakes/{handshake}',
    tag,
    summary: 'Register the key of a gate device that was shown the code; the first key that shows it is the one',
    params: z.strictObject({ handshake: handshakeId }),
    body: z.strictObject({
      code,
      jwk: jwkSchema,
      possession: compactJws.meta({
        description:
          '`guichet-device-handshake+jwt` over `channel` and `handshake`, signed by the key, with `jwk` in its header',
      }),
    }),
    responses: {
      201: { description: 'registered', schema: registered },
      200: { description: 'the same key was registered by it before: the first receipt', schema: registered },
    },
    async handle({ params: { handshake }, body: { code: shown, jwk, possession } }, services) {
      const kid = verifyPossession(possession, { channel: services.place.channel, handshake, jwk });
      const accepted = await services.handshakes.accept(handshake, { code: shown, kid });
      // The id is the handshake's, so what was registered before a crash is found again.
      const id = `handshake-${handshake}`;
      const committed = await submit(services, { kind: 'device.register', id, ...accepted, jwk });
      return created(committed, { ...receiptOf(id, committed), ...accepted, kid });
    },
  }),
];
