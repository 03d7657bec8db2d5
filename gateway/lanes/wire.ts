/** What gateways of one organization say to each other: a method with its argument, and what came of it. */
import { REFUSAL_CODES, Refusal, type RefusalCode } from '../../chaincode/domain/refusal.js';
import { z } from 'zod';
import { GATEWAY_CODES, GatewayError, type GatewayCode } from '../errors.js';

export const METHODS = ['submit', 'sell', 'hold'] as const;
export type Method = (typeof METHODS)[number];

export const PATH = '/internal/lanes';

export const callSchema = z.strictObject({
  method: z.enum(METHODS),
  argument: z.looseObject({}),
  /** Who asked the first of them (http/caller.ts). */
  caller: z
    .strictObject({
      kind: z.enum(['anybody', 'operator', 'key', 'token', 'device', 'holder']),
      id: z.string(),
      share: z.string().optional(),
    })
    .optional(),
});
export type Call = z.output<typeof callSchema>;

const details = z.record(z.string(), z.unknown());
export const answerSchema = z.union([
  z.strictObject({ result: z.looseObject({}) }),
  z.strictObject({ refusal: z.enum(REFUSAL_CODES), details }),
  z.strictObject({ error: z.enum(GATEWAY_CODES), details }),
]);
export type CallAnswer = z.output<typeof answerSchema>;

/** @throws what is neither of ours */
export function answerOf(error: unknown): CallAnswer {
  if (error instanceof Refusal) return { refusal: error.code, details: { ...error.details } };
  if (error instanceof GatewayError) return { error: error.code, details: { ...error.details } };
  throw error;
}

/** @throws {Refusal | GatewayError} as the other gateway did */
export function resultOf(answer: CallAnswer): Readonly<Record<string, unknown>> {
  if ('result' in answer) return answer.result;
  if ('refusal' in answer)
    throw new Refusal(answer.refusal satisfies RefusalCode, answer.details as Refusal['details']);
  throw new GatewayError(answer.error satisfies GatewayCode, answer.details as GatewayError['details']);
}
