/** API keys of the organization's integrators: made, listed, rotated, revoked. A secret is shown once, in the answer that makes it. */
import { z } from 'zod';
import { API_KEY_ID, type ApiKey } from '../../auth/api-key.js';
import { SCOPE_NAMES } from '../../auth/scopes.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { timestampOf } from '../../clock.js';
import { callerName } from '../caller.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import { timestamp } from '../schemas.js';

const tag = 'api-keys';
const authority = 'admin';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** Nobody remembers an older key. */
const LONGEST_MS = 2 * YEAR_MS;
const DAY_S = 24 * 60 * 60;

const keyId = z.string().regex(API_KEY_ID, { error: 'is not the id of an API key' });
const params = z.strictObject({ apiKey: keyId });
const scopes = z
  .array(z.enum(SCOPE_NAMES))
  .min(1)
  .refine((all) => new Set(all).size === all.length, { error: 'names one twice' });
const name = z
  .string()
  .regex(/^[\p{L}\p{N}\p{P} ]{1,80}$/u, { error: 'is not 1 to 80 letters, digits, marks and spaces' });

const shape = {
  apiKey: keyId,
  name,
  scopes: z.array(z.enum(SCOPE_NAMES)),
  createdAt: timestamp,
  expiresAt: timestamp,
  revokedAt: timestamp.optional(),
  lastUsedAt: timestamp.optional().meta({ description: 'by the hour' }),
  secrets: z.array(z.strictObject({ until: timestamp.optional() })).meta({
    description: 'that hold, the newest first; older ones have an end',
  }),
};
const apiKeySchema = z.strictObject(shape).meta({ id: 'ApiKey' });
const issuedSchema = z
  .strictObject({
    ...shape,
    secret: z.string().meta({ description: 'the whole key, as it is sent: it is not shown again' }),
  })
  .meta({ id: 'IssuedApiKey' });

function resourceOf(key: ApiKey, nowMs: number): z.input<typeof apiKeySchema> {
  const { id, revokedAt, lastUsedAt, secrets } = key;
  const living = secrets.filter(({ until }) => until === undefined || until > nowMs);
  return {
    ...{ apiKey: id, name: key.name, scopes: [...key.scopes] },
    ...{ createdAt: timestampOf(key.createdAt), expiresAt: timestampOf(key.expiresAt) },
    ...(revokedAt !== undefined && { revokedAt: timestampOf(revokedAt) }),
    ...(lastUsedAt !== undefined && { lastUsedAt: timestampOf(lastUsedAt) }),
    secrets: living.map(({ until }) => (until === undefined ? {} : { until: timestampOf(until) })),
  };
}

/** Keys of different callers have nothing to do with each other. */
const ownOf = (key: string): string => JSON.stringify([callerName(), key]);

export const apiKeyOperations = [
  operation({
    id: 'createApiKey',
    method: 'POST',
    path: '/v1/api-keys',
    tag,
    summary: 'Make an API key; its secret is shown here and never again',
    authority,
    submits: false,
    body: z.strictObject({
      name,
      scopes,
      expiresAt: timestamp.optional().meta({ description: 'in a year if absent, in two at most' }),
    }),
    responses: { 201: { description: 'made', schema: issuedSchema } },
    async handle({ body, idempotencyKey }, { apiKeys, nowMs }) {
      const now = nowMs();
      const expiresAt = body.expiresAt === undefined ? now + YEAR_MS : Date.parse(body.expiresAt);
      if (expiresAt <= now || expiresAt > now + LONGEST_MS)
        return refuse('INVALID_FIELD', { field: 'expiresAt', reason: 'is not within two years from now' });
      const { key, secret } = await apiKeys.create({
        ...{ name: body.name, scopes: body.scopes, expiresAt },
        once: idempotencyKey && ownOf(idempotencyKey),
      });
      return { status: 201 as const, body: { ...resourceOf(key, now), secret } };
    },
  }),
  operation({
    id: 'listApiKeys',
    method: 'GET',
    path: '/v1/api-keys',
    tag,
    summary: 'API keys in the order of their ids, also what has expired or was revoked in the last 30 days',
    authority,
    query: pageQuery(keyId),
    tagged: 'body',
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ apiKeys: z.array(apiKeySchema), next: keyId.optional() }),
      },
    },
    async handle({ query: { after, limit } }, { apiKeys, nowMs }) {
      const { items, next } = pageOf(await apiKeys.list({ after, limit }), limit, ({ id }) => id);
      const found = items.map((key) => resourceOf(key, nowMs()));
      return ok({ apiKeys: found, ...(next !== undefined && { next }) });
    },
  }),
  operation({
    id: 'getApiKey',
    method: 'GET',
    path: '/v1/api-keys/{apiKey}',
    tag,
    summary: 'One API key',
    authority,
    params,
    tagged: 'body',
    responses: { 200: { description: 'it', schema: apiKeySchema } },
    handle: async ({ params: { apiKey: id } }, { apiKeys, nowMs }) => ok(resourceOf(await apiKeys.get(id), nowMs())),
  }),
  operation({
    id: 'rotateApiKey',
    method: 'POST',
    path: '/v1/api-keys/{apiKey}/rotate',
    tag,
    summary: 'Give an API key a new secret; those of before hold for a while, so that clients can change over',
    authority,
    submits: false,
    params,
    body: z.strictObject({
      overlapSeconds: z
        .int()
        .min(0)
        .max(30 * DAY_S)
        .default(DAY_S)
        .meta({ description: 'how long those of before hold; 0 if one of them has leaked' }),
    }),
    responses: { 200: { description: 'rotated', schema: issuedSchema } },
    async handle({ params: { apiKey: id }, body: { overlapSeconds }, idempotencyKey }, { apiKeys, nowMs }) {
      const once = idempotencyKey && ownOf(idempotencyKey);
      const { key, secret } = await apiKeys.rotate(id, overlapSeconds * 1000, once);
      return ok({ ...resourceOf(key, nowMs()), secret });
    },
  }),
  operation({
    id: 'revokeApiKey',
    method: 'DELETE',
    path: '/v1/api-keys/{apiKey}',
    tag,
    summary: 'Revoke an API key for good; the other gateways of the organization know it within seconds',
    authority,
    submits: false,
    params,
    responses: { 200: { description: 'revoked', schema: apiKeySchema } },
    handle: async ({ params: { apiKey: id } }, { apiKeys, nowMs }) => ok(resourceOf(await apiKeys.revoke(id), nowMs())),
  }),
];
