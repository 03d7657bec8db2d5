/** What a wallet shows an attestor, who has the person's document before it. It opens commitments, so it goes to nobody else. */
import { z } from 'zod';
import { eventId } from '../../chaincode/domain/ids.js';
import { unblindingSchema } from './requests.js';
import { compactJws, digest, dleq, point, publicKey, salt, sequence } from './shapes.js';

/** j = 1 to 64 (COMMITTEE protocol, A). */
export const MAX_EVENT_HANDLES = 64;

/** A blinded element with its opening: all that an attestor needs to see that it is this person's. */
export const openingSchema = z.strictObject({
  /** B */
  blinded: point,
  /** R */
  blindingKey: point,
  /** com_j */
  commitment: digest,
  salt,
  /** p_j = DLEQ(r_j; G,R_j; M,B_j) */
  proof: dleq,
});
export type Opening = Readonly<z.infer<typeof openingSchema>>;

/** Handle 0, of an enrolment, a refill or a replaced key. */
export const masterHandleRequestSchema = z.strictObject({ kind: z.literal('master'), opening: openingSchema });
export type MasterHandleRequest = Readonly<z.infer<typeof masterHandleRequestSchema>>;

/** Handles 1 to 64, once t nodes have stated that the person of handle 0 is on the ledger, under the key that asked them. */
export const eventHandlesRequestSchema = z.strictObject({
  kind: z.literal('event'),
  master: openingSchema,
  /** t of `guichet-receipt+jwt` */
  receipts: z.array(compactJws).min(1).max(255),
  openings: z.array(openingSchema).min(1).max(MAX_EVENT_HANDLES),
});
export type EventHandlesRequest = Readonly<z.infer<typeof eventHandlesRequestSchema>>;

/** That the replacement of this person's key need not wait 72 hours. It shows the attestor the pseudonym that the replacement is of. */
export const approvalRequestSchema = z.strictObject({
  kind: z.literal('approval'),
  event: eventId.optional(),
  opening: openingSchema,
  shown: z.strictObject({ ...unblindingSchema, possession: compactJws }),
  /** The new key; the possession carries it too. */
  key: publicKey,
  sequence,
});
export type ApprovalRequest = Readonly<z.infer<typeof approvalRequestSchema>>;
