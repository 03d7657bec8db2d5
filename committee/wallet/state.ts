/** What a wallet keeps, as JSON. All of it is secret; storage seals it. It holds no identity: of the document only blinded elements are left. */
import { z } from 'zod';
import { eventId, mspId } from '../../chaincode/domain/ids.js';
import { compactJws, digest, openingSchema, point, publicKey, sequence } from '../messages/index.js';

const scalar = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'is not 32 bytes in base64url' });
const privateKey = z.strictObject({ ...publicKey.shape, d: scalar });

/** Far more than a person's year has. */
export const MAX_BLINDED = 4_096;

/** B_j with all that belongs to it; `handle` and `attestor` once it is signed. */
const blindedSchema = z.strictObject({
  ...openingSchema.shape,
  /** r_j */
  blinding: scalar,
  kind: z.enum(['master', 'event']),
  /** The organization whose attestor is shown the opening, stored before it is: its nodes never see the handle. */
  desk: mspId,
  signed: z.strictObject({ handle: compactJws, attestor: mspId, exp: z.int().min(0) }).optional(),
  /** The one event that it is used for, for good. */
  event: eventId.optional(),
});
export type BlindedState = Readonly<z.infer<typeof blindedSchema>>;

const heldKey = z.strictObject({ key: privateKey, sequence });
export type HeldKey = Readonly<z.infer<typeof heldKey>>;

/** Whose key it is: `next` waits for the ledger, be it a moment or 72 hours. */
const bindingSchema = z.strictObject({
  /** D or C_e, once known. */
  subject: digest.optional(),
  current: heldKey.optional(),
  next: heldKey.optional(),
});
export type BindingState = Readonly<z.infer<typeof bindingSchema>>;

const credentialSchema = z.strictObject({
  ...bindingSchema.shape,
  /** com_j of the handle that the gate passes name. */
  commitment: digest.optional(),
  /** Opens com_j: the handle may be gone before the event is. */
  salt: openingSchema.shape.salt.optional(),
  gatePasses: z.array(compactJws).max(255),
  /** The highest that an order of a sealed market had. */
  orderSequence: z.int().min(0).optional(),
});
export type CredentialState = Readonly<z.infer<typeof credentialSchema>>;

export const walletStateSchema = z.strictObject({
  version: z.literal(1),
  channel: z.string().min(1).max(249),
  /** K of the consortium's key: it moves from committee to committee and never changes. */
  dedupKey: point.optional(),
  person: bindingSchema,
  /** t nodes' receipts for the newest master handle. */
  receipts: z.array(compactJws).max(255),
  blinded: z.array(blindedSchema).max(MAX_BLINDED),
  credentials: z.record(z.string(), credentialSchema),
});
export type WalletState = Readonly<z.infer<typeof walletStateSchema>>;

export const emptyState = (channel: string): WalletState => ({
  version: 1,
  channel,
  person: {},
  receipts: [],
  blinded: [],
  credentials: {},
});
