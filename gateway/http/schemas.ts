/** What the interface answers: the ledger's records as resources. Requests take their parts from the domain's own schemas. */
import { z } from 'zod';
import { jwkSchema } from '../../chaincode/crypto/jwk.js';
import { commandId, eventId, mspId, placeId, slugId, thumbprint, ticketId } from '../../chaincode/domain/ids.js';
import { KEY_USES, ROLES, type TicketState } from '../../chaincode/domain/records.js';
import { GATES, scheduleSchema, timestamp } from '../../chaincode/domain/schedule.js';
import { payloadSchemas, policySchema } from '../../chaincode/domain/statements.js';

export { commandId, eventId, mspId, placeId, slugId, thumbprint, ticketId, timestamp };

const minor = z.int().min(0).meta({ description: "minor units of the event's currency" });
export const currency = payloadSchemas.event.shape.currency;
export const compactJws = z
  .string()
  .min(1)
  .max(128 * 1024)
  .meta({ description: 'JWS compact serialization' });
export const txId = z.string().regex(/^[A-Za-z0-9-]{1,128}$/, { error: 'is not a transaction id' });

export const keySchema = z
  .strictObject({
    kid: thumbprint,
    use: z.enum(KEY_USES),
    jwk: jwkSchema,
    notBefore: timestamp,
    notAfter: timestamp,
    revoked: z.boolean(),
  })
  .meta({ id: 'OrganizationKey' });

export const organizationSchema = z
  .strictObject({ mspId, name: z.string(), roles: z.array(z.enum(ROLES)), status: z.enum(['active', 'suspended']) })
  .meta({ id: 'Organization' });

const gateSchema = z.strictObject({ state: z.enum(['pending', 'open', 'closed']), byOrganizer: z.boolean() });
export const gatesSchema = z.strictObject({
  sales: gateSchema,
  transfers: gateSchema,
  doors: gateSchema,
} satisfies Record<(typeof GATES)[number], typeof gateSchema>);

export const eventSchema = z
  .strictObject({
    event: eventId,
    name: z.string(),
    organizer: mspId,
    venue: mspId,
    currency,
    eventKey: jwkSchema,
    schedule: scheduleSchema,
    state: z.enum(['scheduled', 'cancelled']),
    change: z.int().min(0),
    policy: policySchema,
    policyVersion: z.int().min(1),
    gates: gatesSchema,
  })
  .meta({ id: 'Event' });

const { priceClass, facePriceMinor, fees, seats, pool } = payloadSchemas.allotment.shape;
export const allotmentSchema = z
  .strictObject({
    allotment: slugId,
    seller: mspId,
    priceClass,
    facePriceMinor,
    fees,
    seats,
    pool,
    state: z.enum(['open', 'closed']),
    places: z.int().min(1),
    statement: thumbprint.meta({ description: 'digest of the allotment statement' }),
  })
  .meta({ id: 'Allotment' });

export const runSchema = z.strictObject({ row: z.string().optional(), from: z.int(), to: z.int() });

const TICKET_STATES = ['sold', 'admitted', 'exited', 'returned', 'void'] as const satisfies readonly TicketState[];
export const ticketStateSchema = z
  .strictObject({
    allotment: slugId,
    state: z.enum(TICKET_STATES),
    issue: z.int().min(1),
    change: z.int().min(0),
    holder: thumbprint,
    paidMinor: minor,
    firstPriceMinor: minor,
    hops: z.int().min(0),
    entered: z.int().min(0),
  })
  .meta({ id: 'TicketState' });

export const ticketSchema = z
  .strictObject({ ticket: ticketId, event: eventId, place: placeId, ...ticketStateSchema.shape })
  .meta({ id: 'Ticket' });

/** What every command answers: where on the ledger it stands. The block of a transaction that this peer has not read yet is absent. */
export const receiptShape = {
  id: commandId.meta({ description: 'the id under which the command is remembered' }),
  tx: txId,
  block: z.int().min(0).optional(),
};
export const receiptSchema = z.strictObject(receiptShape).meta({ id: 'Receipt' });
export const idBody = z.strictObject({ id: commandId.optional() });

export const deviceSchema = z
  .strictObject({ device: slugId, kid: thumbprint, jwk: jwkSchema, notAfter: timestamp, revoked: z.boolean() })
  .meta({ id: 'Device' });
