/** Health: `live` says that the process answers, `ready` that it can sell and is not about to stop. And the OpenAPI document. */
import { z } from 'zod';
import { GatewayError } from '../../errors.js';
import { ok, operation } from '../operation.js';

const healthy = z.strictObject({ status: z.literal('ok') });

export const healthOperations = [
  operation({
    id: 'healthLive',
    method: 'GET',
    path: '/health/live',
    tag: 'health',
    asOf: 'never',
    summary: 'The process answers',
    responses: { 200: { description: 'it does', schema: healthy } },
    handle: () => Promise.resolve(ok({ status: 'ok' as const })),
  }),
  operation({
    id: 'healthReady',
    method: 'GET',
    path: '/health/ready',
    tag: 'health',
    asOf: 'never',
    summary: "The ledger, the signer and the gateway's store can be reached, and the gateway stays",
    responses: { 200: { description: 'they can', schema: z.strictObject({ ...healthy.shape, height: z.int() }) } },
    async handle(_, { health, readiness, seenHeight }) {
      if (health.isLeaving()) throw new GatewayError('SHUTTING_DOWN');
      // That was asked a moment ago, perhaps; what has come since is there too.
      return ok({ status: 'ok' as const, height: Math.max(await readiness.height(), seenHeight()) });
    },
  }),
];
