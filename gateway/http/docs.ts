/**
 * The interface as a page, `/v1/docs`: Swagger UI, served from its package and from nowhere else. The page may load and ask nothing but this gateway, and
 * runs no script of its own text; Swagger UI sets its few styles through the object model, which the policy allows.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Middleware } from 'koa';
import { fixedFile, serveFixedFiles, type FixedFile } from './fixed-files.js';
import type { RequestState } from './middleware/request-id.js';

const HOME = '/v1/docs';
const PACKAGE = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Guichet: the API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css" />
    <link rel="icon" href="../web/icon.svg" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;
/** Deep: each operation has an address of its own. Requests tried out go to the gateway that served the page. */
const START = `SwaggerUIBundle({
  url: '/v1/openapi.json', dom_id: '#docs', deepLinking: true, docExpansion: 'none', filter: true,
  defaultModelsExpandDepth: 0, displayOperationId: true, validatorUrl: null,
});
`;

export function serveDocs(): Middleware<RequestState> {
  return serveFixedFiles({ operation: 'getDocs', files: readFiles(), headers: HEADERS });
}

let read: ReadonlyMap<string, FixedFile> | undefined;

/** Once for a process: they are a megabyte and a half. */
function readFiles(): ReadonlyMap<string, FixedFile> {
  read ??= new Map([
    [HOME, fixedFile('text/html; charset=utf-8', Buffer.from(PAGE))],
    [`${HOME}/start.js`, fixedFile('text/javascript; charset=utf-8', Buffer.from(START))],
    [`${HOME}/swagger-ui-bundle.js`, packaged('text/javascript; charset=utf-8', 'swagger-ui-bundle.js')],
    [`${HOME}/swagger-ui.css`, packaged('text/css; charset=utf-8', 'swagger-ui.css')],
  ]);
  return read;
}

const packaged = (type: string, name: string): FixedFile => fixedFile(type, readFileSync(join(PACKAGE, name)));
