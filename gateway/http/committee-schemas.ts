/** What the interface says of the committee's keys, of persons and of credentials. */
import { z } from 'zod';
import { jwkSchema } from '../../chaincode/crypto/jwk.js';
import { DEDUP } from '../../chaincode/domain/committee-keys.js';
import type { BoundKey } from '../../chaincode/domain/committee-records.js';
import { ROUNDS } from '../../chaincode/domain/key-generation/board.js';
import { registrationMembers } from '../../chaincode/domain/rules/person.js';
import type { Accepted } from './commands.js';
import { compactJws, eventId, marketId, receiptShape, thumbprint, timestamp, txId } from './schemas.js';

const isKeyName = (name: string): boolean =>
  name === DEDUP || eventId.safeParse(name).success || marketId.safeParse(name).success;
export const keyName = z
  .string()
  .max(256)
  .refine(isKeyName, { error: 'is neither "dedup" nor the id of an event or a market' })
  .meta({ description: '`dedup`, the key by which nobody registers twice, or the event or market whose key it is' });
export const generationNumber = z.int().min(1);

const index = z.int().min(1);
const point = z.string().meta({ description: 'a point of P-256, compressed, base64url' });

export const sharedKeySchema = z
  .strictObject({
    key: keyName,
    generation: generationNumber.meta({ description: 'the newest' }),
    epoch: z.int().min(1),
    threshold: z.int().min(1),
    state: z.enum(['generating', 'usable', 'failed', 'destroyed']).meta({ description: 'of the newest generation' }),
    failure: z.string().optional(),
    usable: z
      .strictObject({
        generation: generationNumber,
        epoch: z.int().min(1),
        threshold: z.int().min(1),
        groupKey: point,
        publicShares: z.record(z.string(), point).meta({ description: 'by the index of the node' }),
        nodes: z.array(jwkSchema).meta({ description: 'their own keys; the first has the index 1' }),
        ready: z
          .array(compactJws)
          .meta({ description: 'what nodes have signed of it: believe it with `threshold` of these' }),
      })
      .optional()
      .meta({ description: 'the key as it may be used now, and by whom' }),
  })
  .meta({ id: 'CommitteeKey' });

export const generationSchema = z
  .strictObject({
    key: keyName,
    generation: generationNumber,
    epoch: z.int().min(1),
    threshold: z.int().min(1),
    nodes: index,
    round: z.enum([...ROUNDS, 'usable', 'failed']),
    startedAt: z.int().min(0).meta({ description: 'seconds since 1970' }),
    deadline: z.int().min(0).optional().meta({ description: 'when anybody may end the round: seconds since 1970' }),
    awaited: z
      .strictObject({ dealers: z.array(index), recipients: z.array(index) })
      .meta({ description: 'whose messages the round waits for' }),
    silent: z
      .array(z.strictObject({ round: z.enum(ROUNDS), dealers: z.array(index), recipients: z.array(index) }))
      .meta({
        description: 'who had not posted when the deadline of a round had passed and it was ended without them',
      }),
    named: z
      .array(z.strictObject({ guilty: z.enum(['dealer', 'recipient']), index, code: z.string() }))
      .meta({ description: 'who was found to have cheated, and how' }),
    failure: z.string().optional(),
  })
  .meta({ id: 'KeyGeneration' });

/** Where on the ledger a command stands that is remembered by its content. */
export const placed = { tx: txId, block: receiptShape.block };
export const placeOf = ({ tx, block }: Accepted) => ({ tx, ...(block !== undefined && { block }) });

const { release, approvals } = registrationMembers;
export const registrationShape = {
  statements: z
    .array(compactJws)
    .min(1)
    .max(64)
    .meta({ description: 'by as many nodes of the committee as make it up' }),
  release: release.meta({
    description: 'by the old key, of a replacement that counts at once (guichet-key-release+jwt)',
  }),
  approvals: approvals.meta({
    description: 'by attestors of two organizations, of a replacement that waits less (guichet-key-approval+jwt)',
  }),
};

const sequence = z.int().min(0).meta({ description: 'how often the key was replaced' });
export const registeredShape = {
  sequence,
  state: z.enum(['active', 'pending']),
  activatesAt: timestamp.optional().meta({ description: 'when a replacement counts that the old key does not veto' }),
};

export const registeredOf = ({ result }: Accepted) => z.object(registeredShape).parse(result);

export const boundKeyShape = {
  key: thumbprint.meta({ description: "of the key that speaks for it: the key's thumbprint" }),
  sequence,
  pending: z
    .strictObject({
      key: thumbprint,
      sequence,
      activatesAt: timestamp,
      approved: z.literal(true).optional().meta({ description: 'by attestors of two organizations' }),
    })
    .optional()
    .meta({ description: 'a replacement that waits' }),
};

/** Without what a person's record says beyond it. */
export const boundKeyOf = ({ key, sequence: count, pending }: BoundKey) => ({
  key,
  sequence: count,
  ...(pending && { pending }),
});
