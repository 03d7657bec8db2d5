/** Attestations: a clerk who sees somebody's document says of the blinded handles of that person's wallet that they are this person's. */
import { z } from 'zod';
import { identityPolicySchema } from '../../attestation/identity-policy.js';
import {
  approvalRequestSchema,
  eventHandlesRequestSchema,
  masterHandleRequestSchema,
} from '../../../committee/messages/index.js';
import { ok, operation } from '../operation.js';
import { compactJws, mspId } from '../schemas.js';

const tag = 'committee';
/** Three lines of 30 characters or two of 44, and what a scanner puts between them. */
const MAX_ZONE_CHARS = 256;

export const attested = z
  .strictObject({
    attestor: mspId.meta({ description: 'show a handle to no node of this organization' }),
    statements: z.array(compactJws).meta({
      description: 'the handles (guichet-handle+jwt) in the order of the request, or one guichet-key-approval+jwt',
    }),
  })
  .meta({ id: 'Attestation' });

export const identityPolicy = z
  .strictObject({ attestor: mspId, policy: identityPolicySchema })
  .meta({ id: 'IdentityPolicy' });

export const attestationOperations = [
  operation({
    id: 'createAttestation',
    method: 'POST',
    path: '/v1/attestations',
    tag,
    summary:
      "Sign a wallet's blinded handles, or approve a key's replacement, for the person whose document is at hand; nothing of it is kept",
    authority: 'attestations',
    submits: false,
    body: z.strictObject({
      document: z
        .string()
        .min(1)
        .max(MAX_ZONE_CHARS)
        .meta({ description: "the document's machine-readable zone (ICAO 9303), as shown" }),
      request: z
        .discriminatedUnion('kind', [masterHandleRequestSchema, eventHandlesRequestSchema, approvalRequestSchema])
        .meta({ description: 'what the wallet shows' }),
    }),
    responses: { 200: { description: 'signed', schema: attested } },
    async handle({ body: { document, request } }, { attestationDesk, place }) {
      const statements = await attestationDesk.attest(document, request);
      return ok({ attestor: place.mspId, statements: [...statements] });
    },
  }),
  operation({
    id: 'getIdentityPolicy',
    method: 'GET',
    path: '/v1/identity-policy',
    tag,
    summary: "What of a document makes a person's identity: wallets and gates work it out as attestors do",
    tagged: 'body',
    responses: { 200: { description: 'it', schema: identityPolicy } },
    handle: (_, { attestationDesk, place }) =>
      Promise.resolve(ok({ attestor: place.mspId, policy: identityPolicySchema.parse(attestationDesk.policy) })),
  }),
];
