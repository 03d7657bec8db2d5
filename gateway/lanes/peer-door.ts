/** Where the other gateways of the organization ask. Not part of the interface: what opens it is in the store that they share, and changes with each start. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { parseWith } from '../../chaincode/domain/parse.js';
import { GatewayError } from '../errors.js';
import { asCaller } from '../http/caller.js';
import { readBody } from '../http/middleware/read-body.js';
import { answerOf, callSchema, PATH, type Call, type CallAnswer, type Method } from './wire.js';

type Members = Readonly<Record<string, unknown>>;
export type Methods = Readonly<Record<Method, (argument: Members) => Promise<object>>>;

/** @param secret undefined: nobody asks */
export function peerDoor(secret: string | undefined, methods: Methods): Middleware {
  const read = readBody();
  return async (ctx, next) => {
    if (secret === undefined || ctx.path !== PATH) {
      await next();
      return;
    }
    if (ctx.method !== 'POST' || !shows(ctx, secret))
      throw new GatewayError('UNAUTHENTICATED', { field: 'Authorization' });
    await read(ctx, async () => {
      const call = parseWith(callSchema, (ctx.request as { body?: unknown }).body, '');
      ctx.status = 200;
      ctx.body = await answer(call, methods);
    });
  };
}

async function answer({ method, argument, caller }: Call, methods: Methods): Promise<CallAnswer> {
  const run = () => methods[method](argument);
  try {
    return { result: { ...(await (caller ? asCaller(caller, run) : run())) } };
  } catch (error) {
    return answerOf(error);
  }
}

function shows(ctx: Context, secret: string): boolean {
  const [, shown = ''] = /^Bearer ([\x21-\x7e]+)$/.exec(ctx.get('Authorization')) ?? [];
  return timingSafeEqual(sha256(shown), sha256(secret));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
