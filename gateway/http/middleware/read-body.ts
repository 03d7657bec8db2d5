/**
 * Request bodies: JSON only, uncompressed, of a bounded size. No body at all reads as an empty object, so that a command without members needs none.
 * A body that is refused before its end ends its connection: the next request there would wait behind bytes that nobody reads.
 */
import type { IncomingMessage } from 'node:http';
import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import { GatewayError } from '../../errors.js';

/** A batch of allotments is the largest thing anybody sends. */
export const MAX_BODY = '2mb';
/** How long a client that is still sending is listened to, so that it gets to read its answer. */
const LINGER_MS = 1_000;

export function readBody(): Middleware {
  const parse = bodyParser({
    enableTypes: ['json'],
    jsonLimit: MAX_BODY,
    onError: (error) => {
      throw bodyError(error);
    },
  });
  return async (ctx, next) => {
    try {
      requireJson(ctx);
      requireUncompressed(ctx);
      await parse(ctx, () => Promise.resolve());
    } catch (error) {
      if (!ctx.req.complete) await hangUp(ctx);
      throw error;
    }
    await next();
  };
}

function requireJson(ctx: Context): void {
  const is = ctx.is('application/json');
  if (is === false && ctx.request.length !== 0) {
    throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', { field: 'Content-Type', expected: 'application/json' });
  }
}

/** A kilobyte that unpacks to a gigabyte costs nothing where nothing is unpacked. */
function requireUncompressed(ctx: Context): void {
  const encoding = ctx.get('Content-Encoding');
  if (encoding !== '' && encoding.toLowerCase() !== 'identity')
    throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', { field: 'Content-Encoding', expected: 'identity' });
}

function bodyError(error: Error & { readonly status?: number }): GatewayError {
  if (error.status === 413) return new GatewayError('BODY_TOO_LARGE', { limit: MAX_BODY });
  return new GatewayError('MALFORMED_BODY', { reason: 'is not a JSON object or array' }, { cause: error });
}

/** Node ends the connection after an answer that says `close`, read or not. */
export async function hangUp(ctx: Context): Promise<void> {
  ctx.set('Connection', 'close');
  await discard(ctx.req);
}

function discard(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, LINGER_MS);
    function done() {
      clearTimeout(timer);
      request.off('close', done).off('end', done).pause();
      resolve();
    }
    request.once('end', done).once('close', done).resume();
  });
}
