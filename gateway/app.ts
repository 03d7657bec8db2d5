/** The HTTP application. The order of its middleware is its architecture. */
import Koa from 'koa';
import type { Logger } from 'pino';
import { forAnyPage } from '../committee/service/any-page.js';
import { ERROR_SERIALIZERS } from '../committee/service/log-errors.js';
import { catchErrors, isHangUp } from './http/middleware/error-boundary.js';
import type { Callers } from './http/middleware/authorise.js';
import { readBody } from './http/middleware/read-body.js';
import { identifyRequests, type RequestState } from './http/middleware/request-id.js';
import { shareAnswers } from './http/middleware/share-answers.js';
import type { ReadGate } from './http/middleware/shed-reads.js';
import { peerDoor } from './lanes/peer-door.js';
import { serveDocs } from './http/docs.js';
import type { Operation } from './http/operation.js';
import { OPERATIONS } from './http/operations/index.js';
import { routesOf } from './http/routes.js';
import type { Services } from './http/services.js';
import { serveWebFiles } from './http/web-files.js';
import type { Metrics } from './metrics/metrics.js';
import { serveMetrics } from './metrics/serve-metrics.js';

export interface AppOptions {
  readonly services: Services;
  readonly callers: Callers;
  /** Proxies before this gateway that name their client in X-Forwarded-For. Absent: none, and nobody is believed. */
  readonly proxies?: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Which reads are answered when there are too many; all, unless given. */
  readonly readGate?: ReadGate;
  /** Whether those who ask the same at once get the same answer. */
  readonly sharesAnswers?: boolean;
  /** All of them, unless a test says otherwise. */
  readonly operations?: readonly Operation[];
}

/** What a page may say and be told beside bodies. */
const HEADERS = {
  sends: ['idempotency-key', 'prefer', 'if-none-match', 'guichet-proof', 'last-event-id', 'min-block'],
  reads: ['ETag', 'Location', 'Preference-Applied', 'Idempotency-Replayed', 'RateLimit', 'RateLimit-Policy'],
};

export function createApp(options: AppOptions): Koa<RequestState> {
  const { services, callers, metrics, operations = OPERATIONS, proxies = 0, readGate, sharesAnswers = false } = options;
  const logger = options.logger.child({}, { serializers: ERROR_SERIALIZERS });
  const router = routesOf({ operations, services, callers });
  const app = new Koa<RequestState>({ proxy: proxies > 0, maxIpsCount: proxies });
  app.on('error', (err: unknown) => logger[isHangUp(err) ? 'debug' : 'warn']({ err }, 'an answer could not be sent'));
  if (readGate) app.use(readGate.shedReads((code) => metrics.refused(code)));
  app.use(identifyRequests(logger, (answered) => metrics.answered(answered)));
  app.use(forAnyPage(HEADERS));
  app.use(catchErrors(logger));
  app.use(serveWebFiles());
  app.use(serveDocs());
  // Its secret is none of the callers' credentials.
  app.use(peerDoor(services.laneSecret, services.laneMethods));
  app.use(callers.identify());
  app.use(serveMetrics(metrics, callers));
  if (sharesAnswers) app.use(shareAnswers(services));
  app.use(readBody());
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
