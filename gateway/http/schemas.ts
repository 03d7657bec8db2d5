/** What the interface answers: the ledger's records as resources. Requests take their parts from the domain's own schemas. */
import { z } from 'zod';
import { jwkSchema } from '../../chaincode/crypto/jwk.js';
import {
  commandId,
  eventId,
  marketId,
  mspId,
  placeId,
  slugId,
  thumbprint,
  ticketId,
} from '../../chaincode/domain/ids.js';
import { GATES, type Gate } from '../../chaincode/domain/gates.js';
import { parameter, PARAMETER_NAMES } from '../../chaincode/domain/policy/parameters.js';
import { classesSchema, policyPartSchema, type Policy } from '../../chaincode/domain/policy/policy.js';
import { KEY_USES, ROLES, TICKET_STATES } from '../../chaincode/domain/records.js';
import { scheduleSchema, timestamp } from '../../chaincode/domain/schedule.js';
import { payloadSchemas } from '../../chaincode/domain/statements.js';

export { commandId, eventId, marketId, mspId, placeId, slugId, thumbprint, ticketId, timestamp };

export const minor = z.int().min(0).meta({ description: "minor units of the event's currency" });
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

const gateSchema = z.strictObject({
  state: z.enum(['pending', 'open', 'closed']).meta({ description: 'as recorded, which is what counts' }),
  byOrganizer: z.boolean(),
  opensAt: timestamp
    .optional()
    .meta({ description: 'by schedule and policy; absent: it never does, or it did from the first' }),
  closesAt: timestamp.optional().meta({ description: 'absent: it never opens' }),
});
export const gatesSchema = z.strictObject(
  Object.fromEntries(GATES.map((gate) => [gate, gateSchema])) as Record<Gate, typeof gateSchema>,
);

/** Every parameter decided. */
export const policySchema = (
  z.strictObject(
    Object.fromEntries(PARAMETER_NAMES.map((name) => [name, parameter(name).schema])),
  ) as unknown as z.ZodType<Policy>
).meta({ id: 'Policy' });
/** What one level of the inheritance says. */
export const policyPart = policyPartSchema.meta({ id: 'PolicyPart' });
export const policyClasses = classesSchema.meta({ description: 'what price classes say beyond the event' });

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
    classes: policyClasses,
    policyVersion: z.int().min(1),
    policyHash: thumbprint,
    postponedAt: timestamp.optional(),
    claimsUntil: timestamp
      .optional()
      .meta({ description: 'postponements before the last let tickets be given back so long' }),
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
    state: z.enum(['open', 'closed', 'market']),
    market: z
      .tuple([z.int(), z.enum(['open', 'closed'])])
      .readonly()
      .optional()
      .meta({ description: 'which sealed market draws its places, and as what it comes back' }),
    places: z.int().min(1),
    statement: thumbprint.meta({ description: 'digest of the allotment statement' }),
  })
  .meta({ id: 'Allotment' });

export const runSchema = z.strictObject({ row: z.string().optional(), from: z.int(), to: z.int() });

/** One resale: the seller has his proceeds at once, the surplus when the event has ended. */
export const resaleSchema = z
  .strictObject({
    seller: thumbprint,
    reseller: mspId,
    sellerSide: z.tuple([mspId, minor]).readonly().optional().meta({
      description: "of a sealed market: the seller's reseller, where that is another, and its part of the commission",
    }),
    totalMinor: minor,
    commissionMinor: minor,
    royaltyMinor: minor,
    venueMinor: minor,
    proceedsMinor: minor,
    surplusMinor: minor,
  })
  .meta({ id: 'Resale' });

export const ticketStateSchema = z
  .strictObject({
    allotment: slugId,
    state: z.enum(TICKET_STATES),
    issue: z.int().min(1),
    change: z.int().min(0),
    holder: thumbprint,
    buyer: thumbprint.optional().meta({ description: 'who bought it, where that is not the holder' }),
    paidMinor: minor,
    firstPriceMinor: minor,
    hops: z.int().min(0),
    entered: z.int().min(0),
    acquiredAt: z.int().min(0).meta({ description: 'when the holder got it: seconds since 1970' }),
    resales: z.array(resaleSchema).readonly().optional().meta({ description: 'of this issue, the oldest first' }),
    owed: z
      .enum(['return', 'refund', 'remainder'])
      .optional()
      .meta({ description: 'what its holder is owed since it ended' }),
    owedFrom: timestamp.optional().meta({ description: 'when a return is refunded at the latest' }),
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
export const ticketChange = z
  .strictObject({ ...receiptShape, ticket: ticketId, change: z.int().min(1) })
  .meta({ id: 'TicketChange' });
export const idBody = z.strictObject({ id: commandId.optional() });

export const deviceSchema = z
  .strictObject({ device: slugId, kid: thumbprint, jwk: jwkSchema, notAfter: timestamp, revoked: z.boolean() })
  .meta({ id: 'Device' });
