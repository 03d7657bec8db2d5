/**
 * Serves the public window (`gateway/web`): a fixed set of files, read once, so that no path of a request ever reaches the file system.
 * The policy lets the page load and ask nothing but this gateway, and keeps text from becoming markup (Trusted Types).
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Middleware } from 'koa';
import type { RequestState } from './middleware/request-id.js';

const BUILT = fileURLToPath(new URL('../web/', import.meta.url));
const HOME = 'index.html';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

interface WebFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

/** @param folder of the built page; where it was not built, `/` is NOT_FOUND like any other path */
export function serveWebFiles(folder: string = BUILT): Middleware<RequestState> {
  const files = readFiles(folder);
  return async (ctx, next) => {
    const file = ctx.method === 'GET' || ctx.method === 'HEAD' ? files.get(ctx.path) : undefined;
    if (!file) {
      await next();
      return;
    }
    ctx.state.operation = 'getWebFile';
    ctx.set(HEADERS);
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

/** By the path that asks for it. */
function readFiles(folder: string): ReadonlyMap<string, WebFile> {
  const files = new Map<string, WebFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    const name = relative(folder, path).split(sep).join('/');
    const etag = createHash('sha256').update(body).digest('base64url');
    files.set(name === HOME ? '/' : `/web/${name}`, { type, body, etag });
  }
  return files;
}
