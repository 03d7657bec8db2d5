/** Serves a fixed set of files that are read once, so that no path of a request ever reaches the file system. Their policies let pages load from this gateway only. */
import { createHash } from 'node:crypto';
import type { Middleware } from 'koa';
import type { RequestState } from './middleware/request-id.js';

export interface FixedFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

export const fixedFile = (type: string, body: Buffer): FixedFile => ({
  type,
  body,
  etag: createHash('sha256').update(body).digest('base64url'),
});

export interface FixedFiles {
  /** For the log. */
  readonly operation: string;
  /** By the path that asks for it. */
  readonly files: ReadonlyMap<string, FixedFile>;
  /** Beside those that every file has: its policy. */
  readonly headers: Readonly<Record<string, string>>;
}

const HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

export function serveFixedFiles({ operation, files, headers }: FixedFiles): Middleware<RequestState> {
  return async (ctx, next) => {
    const file = ctx.method === 'GET' || ctx.method === 'HEAD' ? files.get(ctx.path) : undefined;
    if (!file) {
      await next();
      return;
    }
    ctx.state.operation = operation;
    ctx.set({ ...HEADERS, ...headers });
    ctx.status = 200;
    ctx.etag = file.etag;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    ctx.type = file.type;
    ctx.body = file.body;
  };
}
