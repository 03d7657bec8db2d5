/** What changes hands after the sale: transfers and returns signed by holders, voids signed with the event's key. */
import { z } from 'zod';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { parseTicketId } from '../../../chaincode/domain/ids.js';
import { decodeStatement, payloadSchemas, type Payload } from '../../../chaincode/domain/statements.js';
import { signOne } from '../../signer/signing-keys.js';
import { statementOr } from '../bodies.js';
import { claimsOf } from '../claims.js';
import { newCommandId } from '../command-id.js';
import { created, locate, receiptOf, submit, type Accepted } from '../commands.js';
import { requireEventRecord } from '../event-reader.js';
import { operation } from '../operation.js';
import { commandId, compactJws, ticketChange } from '../schemas.js';
import type { Services } from '../services.js';

const tag = 'tickets';
const responses = {
  201: { description: 'done', schema: ticketChange },
  200: { description: 'done before: the first receipt', schema: ticketChange },
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
    async handle({ body }, services) {
      const { payload } = decodeStatement('transfer', body.transfer, 'transfer');
      return changed(payload, await locate(services, await services.publicCommands.transfer(body)));
    },
  }),
  operation({
    id: 'createReturn',
    method: 'POST',
    path: '/v1/returns',
    tag,
    summary: 'Take a ticket back that its holder returns to this seller; the seat may be sold again',
    authority: 'sales',
    body: z.strictObject({ statement: compactJws }),
    responses,
    async handle({ body }, services) {
      const { payload } = decodeStatement('return', body.statement, 'statement');
      return changed(payload, await submit(services, { kind: 'ticket.return', ...body }));
    },
  }),
  operation({
    id: 'createVoid',
    method: 'POST',
    path: '/v1/voids',
    tag,
    summary: "Take a ticket out of use, signed with the event's key",
    authority: 'sales',
    body: statementOr(voiding),
    responses,
    async handle({ body }, services) {
      const statement = 'statement' in body ? body.statement : await signVoid(services, body);
      const { payload } = decodeStatement('void', statement, 'statement');
      return changed(payload, await submit(services, { kind: 'ticket.void', statement }));
    },
  }),
];

const changed = ({ jti, ticket: of }: Payload<'transfer' | 'return' | 'void'>, accepted: Accepted) =>
  created(accepted, { ...receiptOf(jti, accepted), ticket: of, change: Number(accepted.result.change) });

async function signVoid(
  { records, signer, place }: Services,
  { id = newCommandId(), ...body }: z.output<typeof voiding>,
): Promise<string> {
  const { event } = parseTicketId(body.ticket);
  const { eventKey } = await requireEventRecord(records, event);
  const payload = { ...claimsOf(place, event, id), ...body };
  return (await signOne(signer, { kid: thumbprintOf(eventKey), name: 'void', payload })).jws;
}
