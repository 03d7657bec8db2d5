/**
 * Serves the public window (`gateway/web`).
 * The policy lets the page load and ask nothing but this gateway, and keeps text from becoming markup (Trusted Types).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Middleware } from 'koa';
import { fixedFile, serveFixedFiles, type FixedFile } from './fixed-files.js';
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
};

/** @param folder of the built page; where it was not built, `/` is NOT_FOUND like any other path */
export function serveWebFiles(folder: string = BUILT): Middleware<RequestState> {
  return serveFixedFiles({ operation: 'getWebFile', files: readFiles(folder), headers: HEADERS });
}

/** By the path that asks for it. */
function readFiles(folder: string): ReadonlyMap<string, FixedFile> {
  const files = new Map<string, FixedFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    files.set(name === HOME ? '/' : `/web/${name}`, fixedFile(type, readFileSync(path)));
  }
  return files;
}
