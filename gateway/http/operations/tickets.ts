/** Tickets: as they are, how they came to be so, and the certificate that proves it. */
import { z } from 'zod';
import { parseTicketId } from '../../../chaincode/domain/ids.js';
import { holderKey, ticketKey } from '../../../chaincode/domain/keys.js';
import type { TicketRecord } from '../../../chaincode/domain/records.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { certificateSchema, type Certificate } from '../../certificate/certificate.js';
import { collectCertificate } from '../../certificate/collect.js';
import { provenanceOf, type Provenance } from '../../certificate/provenance.js';
import { holds, verifyCertificate } from '../../certificate/verify.js';
import { GatewayError } from '../../errors.js';
import { requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { eventId, minor, thumbprint, ticketId, ticketSchema, ticketStateSchema, txId } from '../schemas.js';

const tag = 'tickets';
const params = z.strictObject({ ticket: ticketId });

const versionSchema = z.strictObject({
  ...ticketStateSchema.shape,
  tx: txId,
  block: z.int().min(0),
  timestamp: z.iso.datetime({ offset: true }),
  commands: z.array(z.string()).meta({ description: 'kinds of the commands that did it, in their order' }),
});

export const holderSchema = z
  .strictObject({
    event: eventId,
    holder: thumbprint,
    held: z.int(),
    boughtPrimary: z.int(),
    boughtResale: z.int(),
    resold: z.int(),
    balanceMinor: minor.meta({ description: 'what may be paid out to it' }),
  })
  .meta({ id: 'Holder' });
const NOTHING = { held: 0, boughtPrimary: 0, boughtResale: 0, resold: 0, balanceMinor: 0 };

export const ticketOperations = [
  operation({
    id: 'getTicket',
    method: 'GET',
    path: '/v1/tickets/{ticket}',
    tag,
    summary: 'A ticket as it is now; its issue and change are what a statement about it must name',
    params,
    tagged: true,
    responses: { 200: { description: 'it', schema: ticketSchema } },
    async handle({ params: { ticket } }, { records }) {
      const { event, place } = parseTicketId(ticket);
      const [record] = await records.read([ticketKey(event, place)]);
      return ok({ ticket, event, place, ...(record ?? unknownTicket(ticket)) });
    },
  }),
  operation({
    id: 'getTicketHistory',
    method: 'GET',
    path: '/v1/tickets/{ticket}/history',
    tag,
    summary: 'Everything that happened to a place, the oldest first',
    params,
    tagged: true,
    responses: {
      200: {
        description: 'its versions',
        schema: z.strictObject({ ticket: ticketId, versions: z.array(versionSchema) }),
      },
    },
    async handle({ params: { ticket } }, services) {
      const { event, place } = parseTicketId(ticket);
      const versions = await provenanceOf(services, ticketKey(event, place));
      if (versions.length === 0) return unknownTicket(ticket);
      return ok({ ticket, versions: versions.map(versionOf) });
    },
  }),
  operation({
    id: 'getTicketCertificate',
    method: 'GET',
    path: '/v1/tickets/{ticket}/certificate',
    tag,
    summary: 'Everything needed to verify a ticket without this software; verified before it is served',
    params,
    tagged: true,
    problems: [502],
    responses: { 200: { description: 'it', schema: certificateSchema } },
    async handle({ params: { ticket } }, services) {
      const certificate = await collectCertificate(services, services.place.channel, ticket);
      requireVerified(certificate);
      return ok(certificate);
    },
  }),
  operation({
    id: 'getHolder',
    method: 'GET',
    path: '/v1/events/{event}/holders/{holder}',
    tag,
    summary: 'How many tickets of an event a holder has, bought and resold, and what the ledger owes him there',
    params: z.strictObject({ event: eventId, holder: thumbprint }),
    tagged: true,
    responses: {
      200: {
        description: 'its counts and its balance',
        schema: holderSchema,
      },
    },
    async handle({ params: { event, holder } }, { records }) {
      const [record] = await records.read([holderKey(event, holder)]);
      if (!record) await requireEventRecord(records, event);
      return ok({ event, holder, ...NOTHING, ...record });
    },
  }),
];

const unknownTicket = (ticket: string) => refuse('UNKNOWN_TICKET', { field: 'ticket', ticket });

function versionOf({
  record,
  tx,
  block,
  timestamp,
  commands,
}: Provenance<TicketRecord>): z.input<typeof versionSchema> {
  return { ...record, tx, block, timestamp, commands: commands.map(({ kind }) => kind) };
}

function requireVerified(certificate: Certificate): void {
  const steps = verifyCertificate(certificate);
  if (holds(steps)) return;
  const { name = '', code = '' } = steps.at(-1) ?? {};
  throw new GatewayError('LEDGER_DISAGREES', { field: `certificate.${name}`, reason: code });
}
