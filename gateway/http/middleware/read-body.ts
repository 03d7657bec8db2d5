/** Request bodies: JSON only, of a bounded size. No body at all reads as an empty object, so that a command without members needs none. */
import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import { GatewayError } from '../../errors.js';

/** A batch of allotments is the largest thing anybody sends. */
export const MAX_BODY = '2mb';

export function readBody(): Middleware {
  const parse = bodyParser({
    enableTypes: ['json'],
    jsonLimit: MAX_BODY,
    onError: (error) => {
      throw bodyError(error);
    },
  });
  return async (ctx, next) => {
    requireJson(ctx);
    await parse(ctx, next);
  };
}

function requireJson(ctx: Context): void {
  const is = ctx.is('application/json');
  if (is === false && ctx.request.length !== 0) {
    throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', { field: 'Content-Type', expected: 'application/json' });
  }
}

function bodyError(error: Error & { readonly status?: number }): GatewayError {
  if (error.status === 413) return new GatewayError('BODY_TOO_LARGE', { limit: MAX_BODY });
  if (error.status === 415) return new GatewayError('UNSUPPORTED_MEDIA_TYPE', { field: 'Content-Encoding' });
  return new GatewayError('MALFORMED_BODY', { reason: 'is not a JSON object or array' }, { cause: error });
}
