/** The one place where an error becomes an answer. What we did not foresee is logged without its values and told as INTERNAL. */
import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { challengeOf } from '../../auth/challenge.js';
import { GatewayError } from '../../errors.js';
import { failureOf, problemOf, retryAfterOf, STATUS } from '../problem.js';
import type { RequestState } from './request-id.js';

const UNFORESEEN = 500;

export function catchErrors(logger: Logger): Middleware<RequestState> {
  return async (ctx, next) => {
    try {
      await next();
      requireAnswered(ctx);
    } catch (error) {
      answerProblem(ctx, error, logger);
    }
  };
}

/** Whoever asked has left, as readers of streams do all the time, or was cut off because he took nothing. */
const HANG_UPS: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);
export const isHangUp = (error: unknown): boolean =>
  error instanceof Error && HANG_UPS.has((error as { readonly code?: unknown }).code);

/** No route took it: Koa's own answer would be text. */
function requireAnswered(ctx: Context): void {
  if (ctx.body !== undefined && ctx.body !== null) return;
  if (ctx.status === 404) throw new GatewayError('NOT_FOUND', { method: ctx.method });
  if (ctx.status === 405 || ctx.status === 501) throw new GatewayError('METHOD_NOT_ALLOWED', { method: ctx.method });
}

function answerProblem(ctx: Context & { state: RequestState }, error: unknown, logger: Logger): void {
  const { requestId } = ctx.state;
  const { code, details } = failureOf(error);
  if (STATUS[code] >= UNFORESEEN) logger.error({ requestId, err: error }, 'a request failed');
  ctx.state.code = code;
  ctx.status = STATUS[code];
  ctx.body = problemOf(code, details, requestId);
  ctx.type = 'application/problem+json';
  const retryAfterS = retryAfterOf(code, details);
  if (retryAfterS !== undefined) ctx.set('Retry-After', String(retryAfterS));
  const challenge = challengeOf(code, details);
  if (challenge !== undefined) ctx.set('WWW-Authenticate', challenge);
}
