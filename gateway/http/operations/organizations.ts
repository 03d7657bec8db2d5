/** Organizations of the consortium and the keys they sign with. An organization changes its own keys only. */
import { z } from 'zod';
import { jwkSchema, thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { ORGANIZATION_PREFIX, organizationKey, organizationKeysKey } from '../../../chaincode/domain/keys.js';
import { KEY_USES, type KeyUse, type OrganizationRecord } from '../../../chaincode/domain/records.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../errors.js';
import { LEDGER_USE, type RegisteredUse } from '../../signer/key-ring.js';
import { newCommandId } from '../command-id.js';
import { created, done, receiptOf, submit } from '../commands.js';
import { ok, operation } from '../operation.js';
import {
  commandId,
  idBody,
  keySchema,
  mspId,
  organizationSchema,
  receiptSchema,
  receiptShape,
  thumbprint,
  timestamp,
} from '../schemas.js';
import type { Services } from '../services.js';

const tag = 'organizations';
const params = z.strictObject({ mspId });
/** The ledger takes no more founders; organizations are few. */
const MAX_ORGANIZATIONS = 1_000;

const registration = z.strictObject({
  id: commandId.optional(),
  use: z.enum(KEY_USES),
  jwk: jwkSchema
    .optional()
    .meta({ description: 'a key that lives elsewhere; without it the signer makes one, the same for the same id' }),
  notBefore: timestamp,
  notAfter: timestamp,
});

export const organizationOperations = [
  operation({
    id: 'listOrganizations',
    method: 'GET',
    path: '/v1/organizations',
    tag,
    summary: 'The organizations of the consortium',
    tagged: true,
    responses: {
      200: { description: 'all of them', schema: z.strictObject({ organizations: z.array(organizationSchema) }) },
    },
    async handle(_, { records }) {
      const listed = await records.list({ prefix: ORGANIZATION_PREFIX, limit: MAX_ORGANIZATIONS });
      const organizations = listed.map(({ record }) => resourceOf(record as OrganizationRecord));
      return ok({ organizations });
    },
  }),
  operation({
    id: 'getOrganization',
    method: 'GET',
    path: '/v1/organizations/{mspId}',
    tag,
    summary: 'One organization with the keys it registered',
    params,
    tagged: true,
    responses: {
      200: { description: 'it', schema: z.strictObject({ ...organizationSchema.shape, keys: z.array(keySchema) }) },
    },
    async handle({ params: { mspId: msp } }, { records }) {
      const [organization, registry] = await records.read([organizationKey(msp), organizationKeysKey(msp)]);
      if (!organization) return refuse('UNKNOWN_ORGANIZATION', { field: 'mspId', organization: msp });
      return ok({ ...resourceOf(organization), keys: [...(registry?.keys ?? [])] });
    },
  }),
  operation({
    id: 'registerKey',
    method: 'POST',
    path: '/v1/organizations/{mspId}/keys',
    tag,
    summary: "Register a key of this gateway's own organization",
    authority: 'keys',
    params,
    body: registration,
    responses: {
      201: { description: 'registered', schema: z.strictObject({ ...receiptShape, kid: thumbprint }) },
      200: { description: 'registered before', schema: z.strictObject({ ...receiptShape, kid: thumbprint }) },
    },
    async handle({ params: { mspId: msp }, body }, services) {
      requireOwn(services, msp);
      const { id = newCommandId(), use, notBefore, notAfter } = body;
      const jwk = body.jwk ?? (await newKey(services, use, id));
      const accepted = await submit(services, { kind: 'keys.register', id, use, jwk, notBefore, notAfter });
      services.keyRing.forget();
      return created(accepted, { ...receiptOf(id, accepted), kid: thumbprintOf(jwk) });
    },
  }),
  operation({
    id: 'revokeKey',
    method: 'DELETE',
    path: '/v1/organizations/{mspId}/keys/{kid}',
    tag,
    summary: "Revoke a key of this gateway's own organization",
    authority: 'keys',
    params: z.strictObject({ mspId, kid: thumbprint }),
    query: idBody,
    responses: { 200: { description: 'revoked', schema: receiptSchema } },
    async handle({ params: { mspId: msp, kid }, query: { id = newCommandId() } }, services) {
      requireOwn(services, msp);
      const accepted = await submit(services, { kind: 'keys.revoke', id, kid });
      services.keyRing.forget();
      return done(accepted, receiptOf(id, accepted));
    },
  }),
];

const resourceOf = ({ mspId: msp, name, roles, status }: OrganizationRecord) => ({
  mspId: msp,
  name,
  roles: [...roles],
  status,
});

function requireOwn({ place }: Services, msp: string): void {
  if (msp !== place.mspId) throw new GatewayError('FORBIDDEN', { field: 'mspId', expected: place.mspId });
}

const signerUseOf = (use: KeyUse): RegisteredUse => {
  const uses = Object.keys(LEDGER_USE) as RegisteredUse[];
  return uses.find((each) => LEDGER_USE[each] === use) ?? refuse('INVALID_FIELD', { field: 'use' });
};

const newKey = async ({ signer }: Services, use: KeyUse, id: string) =>
  (await signer.createKey(signerUseOf(use), id)).jwk;
