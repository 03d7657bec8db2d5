/** `GET /metrics`, for who shows the operator's token: how much is sold, and what is refused, is the organization's own business. */
import type { Middleware } from 'koa';
import type { Authoriser } from '../http/middleware/authorise.js';
import type { RequestState } from '../http/middleware/request-id.js';
import type { Metrics } from './metrics.js';

export function serveMetrics(metrics: Metrics, authoriser: Authoriser): Middleware<RequestState> {
  return async (ctx, next) => {
    if (ctx.path !== '/metrics' || ctx.method !== 'GET') {
      await next();
      return;
    }
    ctx.state.operation = 'metrics';
    authoriser.authorise(ctx, 'operator');
    ctx.body = await metrics.text();
    ctx.type = metrics.mediaType;
  };
}
