/** What changes hands after the sale: transfers and returns signed by holders, voids signed with the event's key. */
import { z } from 'zod';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { parseTicketId } from '../../../chaincode/domain/ids.js';
import { decodeStatement, payloadSchemas } from '../../../chaincode/domain/statements.js';
import { secondsOf } from '../../clock.js';
import { signOne } from '../../signer/signing-keys.js';
import { newCommandId } from '../command-id.js';
import { created, receiptOf, submit } from '../commands.js';
import { requireEventRecord } from '../event-reader.js';
import { operation } from '../operation.js';
import { commandId, compactJws, receiptShape, ticketId } from '../schemas.js';
import type { Services } from '../services.js';

const tag = 'tickets';
const changed = z
  .strictObject({ ...receiptShape, ticket: ticketId, change: z.int().min(1) })
  .meta({ id: 'TicketChange' });
const responses = {
  201: { description: 'done', schema: changed },
  200: { description: 'done before: the first receipt', schema: changed },
};

const { ticket, issue, change, holder, reason } = payloadSchemas.void.shape;
const voiding = z.strictObject({ id: commandId.optional(), ticket, issue, change, holder, reason });

export const changeOperations = [
  operation({
    id: 'createTransfer',
    method: 'POST',
    path: '/v1/transfers',
    tag,
    summary: 'Give a ticket to another holder: signed by the one, accepted by the other',
    body: z.strictObject({ transfer: compactJws, acceptance: compactJws }),
    responses,
    handle: ({ body }, services) =>
      changeTicket(services, 'transfer', body.transfer, { kind: 'ticket.transfer', ...body }),
  }),
  operation({
    id: 'createReturn',
    method: 'POST',
    path: '/v1/returns',
    tag,
    summary: 'Take a ticket back that its holder returns to this seller; the seat may be sold again',
    authority: 'operator',
    body: z.strictObject({ statement: compactJws }),
    responses,
    handle: ({ body }, services) =>
      changeTicket(services, 'return', body.statement, { kind: 'ticket.return', ...body }),
  }),
  operation({
    id: 'createVoid',
    method: 'POST',
    path: '/v1/voids',
    tag,
    summary: "Take a ticket out of use, signed with the event's key",
    authority: 'operator',
    body: z.union([voiding, z.strictObject({ statement: compactJws })]),
    responses,
    async handle({ body }, services) {
      const statement = 'statement' in body ? body.statement : await signVoid(services, body);
      return changeTicket(services, 'void', statement, { kind: 'ticket.void', statement });
    },
  }),
];

async function changeTicket(
  services: Services,
  name: 'transfer' | 'return' | 'void',
  jws: string,
  command: Readonly<Record<string, unknown>>,
) {
  const { payload } = decodeStatement(name, jws, name === 'transfer' ? name : 'statement');
  const accepted = await submit(services, command);
  return created(accepted, {
    ...receiptOf(payload.jti, accepted),
    ticket: payload.ticket,
    change: Number(accepted.result.change),
  });
}

async function signVoid(
  { records, signer, place }: Services,
  { id = newCommandId(), ...body }: z.output<typeof voiding>,
): Promise<string> {
  const { event } = parseTicketId(body.ticket);
  const { eventKey, schedule } = await requireEventRecord(records, event);
  const payload = { channel: place.channel, event, jti: id, exp: secondsOf(schedule.endsAt), ...body };
  return (await signOne(signer, { kid: thumbprintOf(eventKey), name: 'void', payload })).jws;
}
