/** `GET /metrics`, for who has the scope: how much is sold, and what is refused, is the organization's own business. */
import type { Middleware } from 'koa';
import type { Callers } from '../http/middleware/authorise.js';
import type { RequestState } from '../http/middleware/request-id.js';
import type { Metrics } from './metrics.js';

export function serveMetrics(metrics: Metrics, callers: Pick<Callers, 'authorise'>): Middleware<RequestState> {
  return async (ctx, next) => {
    if (ctx.path !== '/metrics' || ctx.method !== 'GET') {
      await next();
      return;
    }
    ctx.state.operation = 'metrics';
    await callers.authorise(ctx, { authority: 'metrics', devices: false });
    ctx.body = await metrics.text();
    ctx.type = metrics.mediaType;
  };
}
