/**
 * The messages of a key generation as JSON, which nodes sign and post on the ledger. committee/README.md has their bytes. All binary values are base64url:
 * a point 44 characters, a digest 43, a proof of possession 87, a DLEQ 86, a sealed share 64.
 */
import { z } from 'zod';
import { check } from '../fault.js';
import { MAX_INDEX } from '../sharing.js';

const text = (length: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));
const index = z.int().min(1).max(MAX_INDEX);
const point = text(44);

const sealedShare = z.strictObject({ recipient: index, enc: point, ciphertext: text(64) });
const complaint = z.strictObject({
  dealer: index,
  /** The Diffie-Hellman point of the one sealed share that is complained of. */
  shared: point,
  /** That it is: DLEQ(receiving secret; G, receiving key; enc, shared). */
  proof: text(86),
});

export const messageSchema = z.discriminatedUnion('kind', [
  /** Announces the key that shares are sealed for; fresh for every generation. */
  z.strictObject({ kind: z.literal('receive'), recipient: index, key: point }),
  /** Fixes a dealing before anybody shows one. */
  z.strictObject({ kind: z.literal('commit'), dealer: index, digest: text(43) }),
  z.strictObject({
    kind: z.literal('deal'),
    dealer: index,
    /** A_l = a_l·G of the polynomial's coefficients, constant first. */
    commitments: z.array(point).min(1).max(MAX_INDEX),
    possession: text(87),
    /** One for each recipient, in the order of their indexes. */
    shares: z.array(sealedShare).max(MAX_INDEX),
  }),
  /** What a recipient found wrong; without complaints, that it found nothing. */
  z.strictObject({ kind: z.literal('verdict'), recipient: index, complaints: z.array(complaint).max(MAX_INDEX) }),
  /** That the node holds its share of this key. */
  z.strictObject({ kind: z.literal('ready'), recipient: index, groupKey: point, possession: text(87) }),
  /** That the node has deleted its share: stated, not proven. */
  z.strictObject({ kind: z.literal('destroyed'), recipient: index }),
]);

export type Message = Readonly<z.infer<typeof messageSchema>>;
export type MessageOf<K extends Message['kind']> = Extract<Message, { kind: K }>;
export type Dealing = MessageOf<'deal'>;
export type SealedShare = Dealing['shares'][number];
export type Complaint = MessageOf<'verdict'>['complaints'][number];

/** @throws {Fault} MESSAGE_INVALID */
export function parseMessage(value: unknown): Message {
  const parsed = messageSchema.safeParse(value);
  check(parsed.success, 'MESSAGE_INVALID', parsed.error?.issues[0]?.path.join('.') ?? 'message');
  return parsed.data;
}
