/** A node's HTTP application. The order of its middleware is its architecture. */
import Router from '@koa/router';
import Koa from 'koa';
import type { Logger } from 'pino';
import { parseWith } from '../../chaincode/domain/parse.js';
import type { Metrics } from '../metrics.js';
import { forAnyPage } from '../service/any-page.js';
import { catchErrors, identifyRequests, limitInFlight, readBody, type RequestState } from './middleware.js';
import { openApiDocument } from './openapi.js';
import type { Operation, Served } from './operation.js';
import { OPERATIONS } from './operations.js';

export interface AppOptions {
  readonly served: Served;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly maxInFlight?: number;
}

const MAX_IN_FLIGHT = 256;

export function createApp({ served, metrics, logger, maxInFlight = MAX_IN_FLIGHT }: AppOptions): Koa<RequestState> {
  const help = 'Requests by operation and what was answered.';
  const answered = metrics.counter('guichet_committee_requests_total', help, ['operation', 'code']);
  const router = new Router<RequestState>();
  for (const each of OPERATIONS) addRoute(router, each, served);
  const document = openApiDocument(OPERATIONS);
  router.get('/v1/openapi.json', (ctx) => {
    ctx.body = document;
  });
  router.get('/metrics', async (ctx) => {
    ctx.type = 'text/plain; version=0.0.4';
    ctx.body = await metrics.text();
  });
  const app = new Koa<RequestState>();
  app.on('error', (error: unknown) => logger.warn({ err: error }, 'an answer could not be sent'));
  app.use(identifyRequests(logger, answered));
  app.use(forAnyPage());
  app.use(catchErrors(logger));
  // Who sends a body slowly holds a connection, and nobody's place.
  app.use(readBody());
  app.use(limitInFlight(maxInFlight));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}

function addRoute(router: Router<RequestState>, operation: Operation, served: Served) {
  const { id, method, path, body, response } = operation;
  router.register(path, [method], async (ctx) => {
    ctx.state.operation = id;
    const sent = (ctx.request as { body?: unknown }).body ?? {};
    const answer = await operation.handle(body ? parseWith(body, sent, '') : undefined, served);
    const checked = response.safeParse(answer);
    // An answer that breaks its schema is our defect: it is not sent.
    if (!checked.success) throw new Error(`${id} answers against its own schema: ${checked.error.message}`);
    ctx.body = checked.data;
  });
}
