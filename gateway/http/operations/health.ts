/** Health: `live` says that the process answers, `ready` that it reaches its peer and its signer. And the OpenAPI document. */
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
    summary: 'The process answers',
    responses: { 200: { description: 'it does', schema: healthy } },
    handle: () => Promise.resolve(ok({ status: 'ok' as const })),
  }),
  operation({
    id: 'healthReady',
    method: 'GET',
    path: '/health/ready',
    tag: 'health',
    summary: 'The ledger and the signer can be reached',
    responses: { 200: { description: 'both can', schema: z.strictObject({ ...healthy.shape, height: z.int() }) } },
    async handle(_, { blocks, signer }) {
      const [{ height }] = await Promise.all([reachable(blocks.info()), signer.listKeys()]);
      return ok({ status: 'ok' as const, height });
    },
  }),
];

async function reachable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw cause instanceof GatewayError ? cause : new GatewayError('LEDGER_UNAVAILABLE', {}, { cause });
  }
}
