/**
 * A wallet's page comes from wherever its owner trusts, and asks several nodes and a gateway that are elsewhere. Nothing here knows a session, so any page may
 * ask what anybody may ask (Fetch standard, CORS protocol); an operator's token is no header that a page may send.
 */
import cors from '@koa/cors';
import type { Middleware } from 'koa';

export const forAnyPage = (): Middleware =>
  cors({
    origin: '*',
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type'],
    exposeHeaders: ['X-Request-Id', 'Retry-After'],
    maxAge: 24 * 60 * 60,
  });
