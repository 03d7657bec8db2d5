/**
 * What a certificate shows where holders are pseudonyms of people: the nodes that hold the event's key, and their word for whose key spoke for each holder.
 * Of the person it says nothing; a replacement's approvals stay out, because they name who has looked at a document.
 */
import { z } from 'zod';
import { jwkSchema } from '../../chaincode/crypto/jwk.js';
import { MAX_COMMITTEE_NODES } from '../../chaincode/domain/governance/action.js';
import { compactJws, mspId, slugId } from '../http/schemas.js';
import { position } from './position.js';

const statements = z.array(compactJws).min(1).max(MAX_COMMITTEE_NODES);

const committee = z.strictObject({
  epoch: z.int().min(1),
  threshold: z.int().min(1),
  members: z
    .array(z.strictObject({ mspId, node: slugId, jwk: jwkSchema }))
    .min(1)
    .max(MAX_COMMITTEE_NODES)
    .meta({ description: "as appointed; a node's index is its place, from 1" }),
  appointed: z.strictObject(position).optional().meta({
    description: "the transaction that appointed it; absent where the peer's history does not reach back to it",
  }),
});

const enrolment = z.strictObject({
  statements: statements.meta({ description: 'guichet-enrolment+jwt of t nodes: credential, key and sequence' }),
  release: compactJws.optional().meta({ description: 'by the key before it, of a replacement that counted at once' }),
  ...position,
  activated: z.strictObject(position).optional().meta({
    description: 'where a replacement without a release counts from, which has waited',
  }),
});
/** A key of a credential's. */
export type Enrolment = Readonly<z.infer<typeof enrolment>>;

export const credentialsSchema = z.strictObject({
  committee,
  generation: z.int().min(1).meta({ description: "of the event's key" }),
  ready: statements.meta({ description: 'guichet-key-message+jwt of nodes that hold a share of it' }),
  enrolments: z
    .array(enrolment)
    .min(1)
    .meta({ description: 'by credential the keys that it has had, each credential’s first to last' }),
});
export type Credentials = Readonly<z.infer<typeof credentialsSchema>>;
