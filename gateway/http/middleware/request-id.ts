/** Each request's id: ours, never the caller's, so that a log line can't be forged; and one log line, and one count, when it has been answered. */
import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import type { Answered } from '../../metrics/metrics.js';
import type { Identity } from '../../auth/identity.js';
import type { Aside } from './shed-reads.js';

export interface RequestState {
  requestId: string;
  /** Path template of the operation, for the log: paths themselves hold holders' thumbprints. */
  operation?: string;
  /** What the caller's credential has proved. */
  identity?: Identity;
  /** A read waits for a block without keeping its place. */
  aside?: Aside;
  /** Code of the problem that was answered. */
  code?: string;
}

export function identifyRequests(logger: Logger, count: (answered: Answered) => void): Middleware<RequestState> {
  return async (ctx, next) => {
    const started = performance.now();
    ctx.state.requestId = randomUUID();
    ctx.set('X-Request-Id', ctx.state.requestId);
    await next();
    const { requestId, operation, code } = ctx.state;
    const answered = { operation, status: ctx.status, code, durationMs: Math.round(performance.now() - started) };
    count(answered);
    logger.info({ requestId, method: ctx.method, ...answered }, 'answered');
  };
}
