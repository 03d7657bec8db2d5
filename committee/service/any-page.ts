/**
 * A wallet's page comes from wherever its owner trusts, and asks several nodes and a gateway that are elsewhere. Nothing here knows a session, so any page may
 * ask what anybody may ask (Fetch standard, CORS protocol); an operator's token is no header that a page may send.
 */
import cors from '@koa/cors';
import type { Middleware } from 'koa';

export interface AnyPageOptions {
  /** Headers that a page may send, beside `Content-Type`. */
  readonly sends?: readonly string[];
  /** Headers that a page may read. */
  readonly reads?: readonly string[];
}

export const forAnyPage = ({ sends = [], reads = [] }: AnyPageOptions = {}): Middleware =>
  cors({
    origin: '*',
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type', ...sends],
    exposeHeaders: ['X-Request-Id', 'Retry-After', ...reads],
    maxAge: 24 * 60 * 60,
  });
