/** What every request passes: an id and a log line, the one error boundary, a bound on what is under way, and on what is read. */
import { randomUUID } from 'node:crypto';
import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { decline, demand, NodeError } from '../errors.js';
import type { Counter } from '../metrics.js';
import { failureOf, problemOf, RETRY_AFTER_S, statusOf } from './problem.js';

export interface RequestState {
  requestId: string;
  /** Never the path as it was asked: a log holds nothing that a caller chose. */
  operation?: string;
  code?: string;
}

/** Seven nodes' answers with a handle and a possession are about 5 KB. */
const MAX_BODY = '32kb';
const UNFORESEEN = 500;

export function identifyRequests(logger: Logger, answered: Counter<'operation' | 'code'>): Middleware<RequestState> {
  return async (ctx, next) => {
    const started = performance.now();
    ctx.state.requestId = randomUUID();
    ctx.set('X-Request-Id', ctx.state.requestId);
    await next();
    const { requestId, operation = 'none', code } = ctx.state;
    answered.inc({ operation, code: code ?? 'ok' });
    const durationMs = Math.round(performance.now() - started);
    logger.info({ requestId, operation, status: ctx.status, code, durationMs }, 'answered');
  };
}

/** What we did not foresee is logged without its values and told as INTERNAL. */
export function catchErrors(logger: Logger): Middleware<RequestState> {
  return async (ctx, next) => {
    try {
      await next();
      requireAnswered(ctx);
    } catch (error) {
      const failure = failureOf(error);
      const { requestId } = ctx.state;
      if (statusOf(failure.code) >= UNFORESEEN) logger.error({ requestId, err: error }, 'a request failed');
      ctx.state.code = failure.code;
      ctx.status = statusOf(failure.code);
      ctx.body = problemOf(failure, requestId);
      ctx.type = 'application/problem+json';
      const retryAfterS = RETRY_AFTER_S[failure.code];
      if (retryAfterS !== undefined) ctx.set('Retry-After', String(retryAfterS));
    }
  };
}

/** No route took it: Koa's own answer would be text. */
function requireAnswered(ctx: Context): void {
  if (ctx.body !== undefined && ctx.body !== null) return;
  if (ctx.status === 404) decline('NOT_FOUND');
  if (ctx.status === 405 || ctx.status === 501) decline('METHOD_NOT_ALLOWED');
}

/** Each request holds the processor for milliseconds: a queue without a bound would answer everybody too late. */
export function limitInFlight(most: number): Middleware<RequestState> {
  let inFlight = 0;
  return async (ctx, next) => {
    // Whoever watches the node has to see that it is busy.
    if (ctx.method === 'GET') {
      await next();
      return;
    }
    demand(inFlight < most, 'BUSY');
    inFlight += 1;
    try {
      await next();
    } finally {
      inFlight -= 1;
    }
  };
}

/** JSON only, uncompressed and small. A body that is refused before its end ends its connection. */
export function readBody(): Middleware<RequestState> {
  const parse = bodyParser({
    enableTypes: ['json'],
    jsonLimit: MAX_BODY,
    onError: (error) => {
      throw bodyError(error);
    },
  });
  return async (ctx, next) => {
    try {
      requireReadable(ctx);
      await parse(ctx, () => Promise.resolve());
    } catch (error) {
      if (!ctx.req.complete) ctx.set('Connection', 'close');
      throw error;
    }
    await next();
  };
}

function requireReadable(ctx: Context): void {
  if (ctx.method !== 'POST') return;
  const isJson = ctx.is('application/json') !== false || ctx.request.length === 0;
  demand(isJson, 'UNSUPPORTED_MEDIA_TYPE', { field: 'Content-Type', expected: 'application/json' });
  // A kilobyte that unpacks to a gigabyte costs nothing where nothing is unpacked.
  const encoding = ctx.get('Content-Encoding').toLowerCase();
  demand(encoding === '' || encoding === 'identity', 'UNSUPPORTED_MEDIA_TYPE', { field: 'Content-Encoding' });
}

/** The parser's own words quote the body; they stay out of the answer. */
function bodyError(error: Error & { readonly status?: number }): NodeError {
  if (error.status === 413) return new NodeError('BODY_TOO_LARGE', { limit: MAX_BODY });
  return new NodeError('MALFORMED_BODY', { reason: 'is not a JSON object' });
}
