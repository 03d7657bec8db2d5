/**
 * The signed statements of the committee's protocol: between wallets, attestors, nodes and gates, and those that nodes sign for the ledger. Their form is
 * that of every statement: a JWT with an explicit type (RFC 8725 section 3.11), signed with ES256.
 */
import { z } from 'zod';
import { eventId, marketNumber, mspId, slugId } from '../../chaincode/domain/ids.js';
import { claims, digest, epoch, keyName, nodeIndex, point, possession, sequence } from './shapes.js';

/** Of a key's replacement: what a release, a veto and an approval name. */
const replacement = { ...claims, event: eventId.optional(), subject: digest, key: digest, sequence };

export const messageSchemas = {
  /**
   * By an attestor, of one blinded element of a person whose document it has seen. `exp` is the first second of a month, for all that it signs: a finer
   * time would tell a node which handles were signed together. For the same reason nothing in it refers to another handle.
   */
  handle: z.strictObject({
    ...claims,
    attestor: mspId,
    kind: z.enum(['master', 'event']),
    /** B */
    blinded: point,
    /** R */
    blindingKey: point,
    /** com_j */
    commitment: digest,
  }),
  /**
   * By the new master or holder key, which it carries: that its owner asks, and for what. What nodes sign for the ledger has its `jti` and `exp`, a receipt has
   * neither. So `exp` is a multiple of EXPIRY_STEP_S.
   */
  possession: z.strictObject({
    ...claims,
    event: eventId.optional(),
    /** Digest of the handle's statement. */
    handle: digest,
    sequence,
  }),
  /** By a node: the person of this blinded element is on the ledger. It does not say as which one, for attestors know the person. */
  receipt: z.strictObject({ ...claims, blinded: point, blindingKey: point }),
  /** By a node, for the ledger: D and its master key. */
  person: z.strictObject({ ...claims, epoch, person: digest, key: digest, sequence }),
  /** By a node, for the ledger: C_e and its holder key. */
  enrolment: z.strictObject({ ...claims, event: eventId, credential: digest, key: digest, sequence }),
  /** By a node, for a gate without a connection: whoever opens the commitment to the document that he shows is this credential's holder. */
  'gate-pass': z.strictObject({ ...claims, event: eventId, credential: digest, commitment: digest }),
  /** By a node, for the ledger: a sealed market's time has come, by its own clock. */
  'market-close': z.strictObject({ ...claims, event: eventId, market: marketNumber }),
  /** By an event's gate device: the blinded element of a document that it is shown. */
  'gate-check': z.strictObject({ ...claims, event: eventId, device: slugId, blinded: point }),
  /** By a node, on the ledger, of all its messages the last of a key generation: that it holds its share of this key. Wallets believe t of them. */
  'key-message': z.strictObject({
    ...claims,
    key: keyName,
    generation: z.int().min(1),
    message: z.strictObject({ kind: z.literal('ready'), recipient: nodeIndex, groupKey: point, possession }),
  }),
  /** By the old key: the new one may take its place at once. */
  'key-release': z.strictObject(replacement),
  /** By the old key: the pending one may not. */
  'key-veto': z.strictObject(replacement),
  /** By an attestor who has seen the person; two organizations' shorten the wait. */
  'key-approval': z.strictObject({ ...replacement, attestor: mspId }),
} as const;

export type MessageName = keyof typeof messageSchemas;
export type MessagePayload<N extends MessageName> = Readonly<z.infer<(typeof messageSchemas)[N]>>;

export const messageTypOf = (name: MessageName): string => `guichet-${name}+jwt`;

/** Holders' keys are in no registry that says whose they are, so their statements carry them; every other names its key by thumbprint. */
const CARRIES_KEY: ReadonlySet<MessageName> = new Set(['possession', 'key-release', 'key-veto']);

export const carriesKey = (name: MessageName): boolean => CARRIES_KEY.has(name);
