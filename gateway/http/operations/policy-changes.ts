/** Setting rules: what an organization says for all its events, and what an event changes later, signed with its key. */
import { z } from 'zod';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { organizationKey, policyDefaultsKey } from '../../../chaincode/domain/keys.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { decodeStatement, payloadSchemas } from '../../../chaincode/domain/statements.js';
import { signOne } from '../../signer/signing-keys.js';
import { statementOr } from '../bodies.js';
import { claimsOf } from '../claims.js';
import { newCommandId } from '../command-id.js';
import { created, done, receiptOf, submit } from '../commands.js';
import { requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { commandId, eventId, mspId, policyPart, receiptShape, thumbprint } from '../schemas.js';
import type { Services } from '../services.js';

const version = z.int().min(1);
const setDefaults = z.strictObject({ ...receiptShape, version });
export const defaultsSchema = z
  .strictObject({
    mspId,
    policy: policyPart,
    version: z.int().min(0).meta({ description: '0: it has not said anything yet' }),
  })
  .meta({ id: 'PolicyDefaults' });

const { version: next, policy, classes, policyHash } = payloadSchemas.policy.shape;
const change = z.strictObject({
  id: commandId.optional(),
  version: next.meta({ description: 'one more than the version that you saw' }),
  policy: policy.meta({ description: 'parameters that change' }),
  classes,
  policyHash: policyHash.meta({ description: 'SHA-256 of the rules that must come of it' }),
});
const changed = z.strictObject({ ...receiptShape, event: eventId, version, policyHash: thumbprint });

export const policyChangeOperations = [
  operation({
    id: 'setPolicy',
    method: 'POST',
    path: '/v1/policies',
    tag: 'organizations',
    summary: "What this gateway's organization says for events that are created from now on",
    authority: 'events',
    body: z.strictObject({ id: commandId.optional(), policy: policyPart }),
    responses: {
      201: { description: 'set', schema: setDefaults },
      200: { description: 'set before', schema: setDefaults },
    },
    async handle({ body: { id = newCommandId(), policy: part } }, services) {
      const accepted = await submit(services, { kind: 'policy.set', id, policy: part });
      return created(accepted, { ...receiptOf(id, accepted), version: Number(accepted.result.version) });
    },
  }),
  operation({
    id: 'getOrganizationPolicy',
    method: 'GET',
    path: '/v1/organizations/{mspId}/policy',
    tag: 'organizations',
    summary: 'What an organization says for all its events that do not say otherwise',
    params: z.strictObject({ mspId }),
    tagged: true,
    responses: { 200: { description: 'it', schema: defaultsSchema } },
    async handle({ params: { mspId: msp } }, { records }) {
      const [organization, defaults] = await records.read([organizationKey(msp), policyDefaultsKey(msp)]);
      if (!organization) return refuse('UNKNOWN_ORGANIZATION', { field: 'mspId', organization: msp });
      return ok({ mspId: msp, ...(defaults ?? { policy: {}, version: 0 }) });
    },
  }),
  operation({
    id: 'changePolicy',
    method: 'POST',
    path: '/v1/events/{event}/policy',
    tag: 'events',
    summary: "Change an event's rules, signed with its key; once sales have opened only in the buyers' favour",
    authority: 'events',
    params: z.strictObject({ event: eventId }),
    body: statementOr(change),
    responses: { 200: { description: 'changed', schema: changed } },
    async handle({ params: { event: id }, body }, services) {
      const statement = 'statement' in body ? body.statement : await signPolicy(services, id, body);
      const { payload } = decodeStatement('policy', statement, 'statement');
      if (payload.event !== id) return refuse('WRONG_EVENT', { field: 'statement.event', expected: id });
      const accepted = await submit(services, { kind: 'event.policy', statement });
      const { policy: of, policyHash: hash } = accepted.result;
      return done(accepted, {
        ...receiptOf(payload.jti, accepted),
        event: id,
        version: Number(of),
        policyHash: String(hash),
      });
    },
  }),
];

async function signPolicy(
  { signer, records, place }: Services,
  event: string,
  { id = newCommandId(), ...body }: z.output<typeof change>,
): Promise<string> {
  const { eventKey } = await requireEventRecord(records, event);
  const payload = { ...claimsOf(place, event, id), ...body };
  return (await signOne(signer, { kid: thumbprintOf(eventKey), name: 'policy', payload })).jws;
}
