/** Webhooks: what an integrator is told as it happens, signed by Standard Webhooks, in its order and until it arrives. */
import { z } from 'zod';
import { eventType } from '../../push/ledger-event.js';
import { POSITION } from '../../push/position.js';
import { WEBHOOK_STATES, type DeliveryRow, type WebhookRow } from '../../push/webhooks/tables.js';
import { callerName } from '../caller.js';
import { digits } from '../digits.js';
import { ok, operation } from '../operation.js';
import { pageLimit, pageOf, pageQuery } from '../paging.js';
import { commandId, eventId } from '../schemas.js';

const common = { tag: 'push', authority: 'webhooks', submits: false } as const;
const params = z.strictObject({ webhook: commandId });
const MAX_BLOCK = 999_999_999_999_999;
const MAX_EVENTS = 100;
const HOUR_S = 60 * 60;
const DAY_S = 24 * HOUR_S;

const url = z.url({ protocol: /^https?$/ }).max(2_000);
const types = z.array(eventType).min(1).max(eventType.options.length);
const maxEvents = z.int().min(1).max(MAX_EVENTS);
const block = z.int().min(0).max(MAX_BLOCK);
const instant = z.iso.datetime();

const webhookShape = {
  id: commandId,
  url: z.string(),
  event: eventId.optional(),
  types: types.optional().meta({ description: 'all, if absent' }),
  maxEvents: maxEvents.meta({
    description: 'in one message; from 2 on they come as `{type: "batch", data: {events}}`, of one block each',
  }),
  state: z
    .enum(WEBHOOK_STATES)
    .meta({ description: '`gone`: the target answered 410; `disabled`: it failed for three days' }),
  position: z.string().regex(POSITION).optional().meta({ description: 'everything up to there is delivered' }),
  failures: z.int().min(0).meta({ description: 'attempts since the last that was not one' }),
  nextAttemptAt: instant.optional(),
  previousSecretUntil: instant.optional().meta({ description: 'messages are signed with both until then' }),
  createdAt: instant,
};
const webhookSchema = z.strictObject(webhookShape).meta({ id: 'Webhook' });
const secretive = z
  .strictObject({ ...webhookShape, secret: z.string().meta({ description: '`whsec_…`; it is not shown again' }) })
  .meta({ id: 'WebhookWithSecret' });
const deliverySchema = z
  .strictObject({
    number: z.int().min(1),
    message: z.string().meta({ description: '`webhook-id`' }),
    events: z.int().min(1),
    at: instant,
    durationMs: z.int().min(0),
    status: z.int().optional().meta({ description: 'absent: there was no answer' }),
    error: z.string().optional(),
  })
  .meta({ id: 'WebhookDelivery' });

export const webhookOperations = [
  operation({
    ...common,
    id: 'createWebhook',
    method: 'POST',
    path: '/v1/webhooks',
    summary: 'Have what happens posted to an address',
    body: z.strictObject({
      id: commandId.optional(),
      url,
      event: eventId.optional(),
      types: types.optional(),
      maxEvents: maxEvents.default(1),
      from: block.optional().meta({ description: 'begin with this block; now, if absent' }),
    }),
    responses: {
      201: { description: 'it, with its secret', schema: secretive },
      200: { description: 'created before; its secret was shown then', schema: webhookSchema },
    },
    async handle({ body }, { push: { webhooks } }) {
      const { webhook, secret } = await webhooks.create(body);
      if (secret === undefined) return ok(resourceOf(webhook));
      return { status: 201 as const, body: { ...resourceOf(webhook), secret } };
    },
  }),
  operation({
    ...common,
    id: 'listWebhooks',
    method: 'GET',
    path: '/v1/webhooks',
    summary: 'All webhooks',
    query: pageQuery(commandId),
    tagged: 'body',
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ webhooks: z.array(webhookSchema), next: commandId.optional() }),
      },
    },
    async handle({ query: { after = '', limit } }, { push }) {
      const { items, next } = pageOf(await push.webhooks.list(after, limit + 1), limit, ({ id }) => id);
      return ok({ webhooks: items.map(resourceOf), ...(next !== undefined && { next }) });
    },
  }),
  operation({
    ...common,
    id: 'getWebhook',
    method: 'GET',
    path: '/v1/webhooks/{webhook}',
    summary: 'A webhook and how far it is',
    params,
    tagged: 'body',
    responses: { 200: { description: 'it', schema: webhookSchema } },
    async handle({ params: { webhook } }, { push }) {
      return ok(resourceOf(await push.webhooks.find(webhook)));
    },
  }),
  operation({
    ...common,
    id: 'changeWebhook',
    method: 'PATCH',
    path: '/v1/webhooks/{webhook}',
    summary: 'Change what it is told and where; pause it, or have it go on at once',
    params,
    body: z.strictObject({
      url: url.optional(),
      event: eventId.nullable().optional(),
      types: types.nullable().optional(),
      maxEvents: maxEvents.optional(),
      state: z.enum(['active', 'paused']).optional(),
    }),
    responses: { 200: { description: 'as it is now', schema: webhookSchema } },
    async handle({ params: { webhook }, body }, { push }) {
      return ok(resourceOf(await push.webhooks.change(webhook, body)));
    },
  }),
  operation({
    ...common,
    id: 'removeWebhook',
    method: 'DELETE',
    path: '/v1/webhooks/{webhook}',
    summary: 'Remove it with its log',
    params,
    responses: { 200: { description: 'removed', schema: z.strictObject({ id: commandId }) } },
    async handle({ params: { webhook } }, { push }) {
      await push.webhooks.remove(webhook);
      return ok({ id: webhook });
    },
  }),
  operation({
    ...common,
    id: 'rotateWebhookSecret',
    method: 'POST',
    path: '/v1/webhooks/{webhook}/rotate',
    summary: 'A new secret; messages are signed with the one before too, for a while',
    params,
    body: z.strictObject({
      overlapSeconds: z
        .int()
        .min(0)
        .max(7 * DAY_S)
        .default(DAY_S),
    }),
    responses: { 200: { description: 'it, with its new secret', schema: secretive } },
    async handle({ params: { webhook: id }, body: { overlapSeconds }, idempotencyKey: key }, { push }) {
      const { webhook, secret } = await push.webhooks.rotate(id, overlapSeconds * 1_000, key && ownOf(key));
      return ok({ ...resourceOf(webhook), secret });
    },
  }),
  operation({
    ...common,
    id: 'replayWebhook',
    method: 'POST',
    path: '/v1/webhooks/{webhook}/replay',
    summary: 'Go on with this block: what was delivered since comes again, under the ids that it had',
    params,
    body: z.strictObject({ from: block }),
    responses: { 200: { description: 'as it is now', schema: webhookSchema } },
    async handle({ params: { webhook }, body: { from } }, { push }) {
      return ok(resourceOf(await push.webhooks.replay(webhook, from)));
    },
  }),
  operation({
    ...common,
    id: 'listWebhookDeliveries',
    method: 'GET',
    path: '/v1/webhooks/{webhook}/deliveries',
    summary: 'Its last thousand attempts, the newest first',
    params,
    query: z.strictObject({
      after: digits(z.int().min(1))
        .optional()
        .meta({ description: 'continue after this one: `next` of the page before' }),
      limit: pageLimit,
    }),
    tagged: 'body',
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ deliveries: z.array(deliverySchema), next: z.int().optional() }),
      },
    },
    async handle({ params: { webhook }, query: { after = Number.MAX_SAFE_INTEGER, limit } }, { push }) {
      const found = await push.webhooks.deliveries(webhook, after, limit + 1);
      const { items, next } = pageOf(found, limit, ({ number }) => String(number));
      return ok({ deliveries: items.map(deliveryOf), ...(next !== undefined && { next: Number(next) }) });
    },
  }),
];

/** Keys of different callers have nothing to do with each other. */
const ownOf = (key: string): string => JSON.stringify([callerName(), key]);

const at = (ms: number): string => new Date(ms).toISOString();

function resourceOf(row: WebhookRow): z.input<typeof webhookSchema> {
  const { id, url, event, state, position, failures } = row;
  const isWaiting = state === 'active' && row.next_attempt_ms > 0;
  return {
    ...{ id, url, state, failures, maxEvents: row.max_events, createdAt: at(row.created_ms) },
    ...(event !== null && { event }),
    ...(row.types !== null && { types: types.parse(JSON.parse(row.types)) }),
    ...(position !== null && { position }),
    ...(isWaiting && { nextAttemptAt: at(row.next_attempt_ms) }),
    ...(row.previous_until_ms !== null && { previousSecretUntil: at(row.previous_until_ms) }),
  };
}

const deliveryOf = ({ number, message, events, at_ms, duration_ms, status, error }: DeliveryRow) => ({
  ...{ number, message, events, at: at(at_ms), durationMs: duration_ms },
  ...(status !== null && { status }),
  ...(error !== null && { error }),
});
