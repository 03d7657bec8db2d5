/** Where a caller leaves the command's id to the gateway, his `Idempotency-Key` is that id. */
import { z } from 'zod';
import { commandId } from '../../chaincode/domain/ids.js';
import { parseWith } from '../../chaincode/domain/parse.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import { IDEMPOTENCY_KEY } from './idempotency.js';
import type { AnyInput, Operation } from './operation.js';

type Members = Readonly<Record<string, unknown>>;

/** @throws {GatewayError} IDEMPOTENCY_KEY_MISMATCH where the body has another id @throws {Refusal} INVALID_FIELD */
export function withKey({ body, query }: Operation, input: AnyInput, key: string): AnyInput {
  return {
    ...input,
    idempotencyKey: key,
    ...(body && { body: withIds(body, input.body, key) }),
    ...(takesId(query) && { query: withId(input.query as Members, key, 'query.id') }),
  };
}

/** Of many each gets an id of its own. */
function withIds(schema: z.ZodType, body: unknown, key: string): unknown {
  if (!takesId(schema)) return body;
  if (!Array.isArray(body)) return withId(body as Members, key, 'id');
  return body.map((each: Members, index) => ('id' in each ? each : withId(each, `${key}.${index}`, `[${index}].id`)));
}

function withId(members: Members, key: string, field: string): Members {
  // A statement has its id inside.
  if ('statement' in members) return members;
  const id = parseWith(commandId, key, IDEMPOTENCY_KEY);
  if (members.id !== undefined && members.id !== id)
    throw new GatewayError('IDEMPOTENCY_KEY_MISMATCH', { field, expected: id });
  return { ...members, id };
}

/** An id that must be given is the client's own, as a statement's is: what it names exists elsewhere already. */
function takesId(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodObject)
    return (schema.shape.id as z.ZodType | undefined)?.safeParse(undefined).success ?? false;
  if (schema instanceof z.ZodArray) return takesId(schema.element as z.ZodType);
  return schema instanceof z.ZodUnion && (schema.options as readonly z.ZodType[]).some(takesId);
}

/** The ledger has another command under the id that the caller's key is. */
export const reusedKey = (error: unknown, key: string): unknown =>
  error instanceof Refusal && error.code === 'COMMAND_ID_REUSED'
    ? new GatewayError('IDEMPOTENCY_KEY_REUSED', { ...error.details, field: IDEMPOTENCY_KEY, key }, { cause: error })
    : error;
