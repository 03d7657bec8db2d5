/** What goes over the signer's socket: HTTP with JSON bodies. `GET /keys`, `POST /keys`, `POST /sign`. */
import { z } from 'zod';
import { REFUSAL_CODES, Refusal, type RefusalCode } from '../../chaincode/domain/refusal.js';
import { GATEWAY_CODES, GatewayError, type GatewayCode } from '../errors.js';
import { signableSchemas, type SignableName } from './sign-statement.js';
import { SIGNER_USES, signerKeySchema, type SigningResult } from './signing-keys.js';

export const MAX_SIGNATURES_PER_CALL = 100;

export const createKeySchema = z.strictObject({ use: z.enum(SIGNER_USES), label: z.string().min(1).max(256) });

export const signSchema = z.strictObject({
  statements: z
    .array(
      z.strictObject({
        kid: z.string(),
        name: z.enum(Object.keys(signableSchemas) as [SignableName, ...SignableName[]]),
        payload: z.unknown(),
      }),
    )
    .max(MAX_SIGNATURES_PER_CALL),
});

const details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const failureSchema = z.strictObject({ code: z.enum([...REFUSAL_CODES, ...GATEWAY_CODES]), details });
const resultSchema = z.union([z.strictObject({ jws: z.string(), digest: z.string() }), failureSchema]);
type WireResult = z.infer<typeof resultSchema>;

export const keySchema = signerKeySchema;
export const keysSchema = z.strictObject({ keys: z.array(signerKeySchema) });
export const signedSchema = z.strictObject({ statements: z.array(resultSchema) });
export const errorSchema = z.strictObject({ error: failureSchema });

export function encodeResult(result: SigningResult): WireResult {
  return result instanceof Error ? { code: result.code, details: { ...result.details } } : { ...result };
}

export function decodeResult(result: WireResult): SigningResult {
  return 'code' in result ? decodeFailure(result) : result;
}

export function decodeFailure(failure: z.infer<typeof failureSchema>): Refusal | GatewayError {
  return isRefusalCode(failure.code)
    ? new Refusal(failure.code, failure.details)
    : new GatewayError(failure.code, failure.details);
}

const isRefusalCode = (code: RefusalCode | GatewayCode): code is RefusalCode =>
  (REFUSAL_CODES as readonly string[]).includes(code);
