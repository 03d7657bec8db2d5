/** A wallet's page as somebody else would serve it: another origin than any gateway's, with the built modules and the libraries that they name. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { findProjectRoot } from '../../network/data-directory.js';

/** What may be loaded, below the project's root. */
const SERVED = ['dist/', 'test/e2e/', 'node_modules/@noble/', 'node_modules/zod/'];
const LIBRARIES = {
  '@noble/': '/node_modules/@noble/',
  zod: '/node_modules/zod/index.js',
};
const PAGE = `<!doctype html><html lang="en"><title>A wallet</title><link rel="icon" href="data:," />
<script type="importmap">${JSON.stringify({ imports: LIBRARIES })}</script>
<script type="module">globalThis.wallet = await import('/test/e2e/wallet-page.js');</script></html>`;

export interface Origin {
  readonly url: string;
  close(): Promise<void>;
}

export async function anotherOrigin(): Promise<Origin> {
  const root = findProjectRoot();
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE);
      return;
    }
    const path = normalize(url).slice(1);
    const known = SERVED.some((folder) => path.startsWith(folder)) && existsSync(join(root, path));
    response.writeHead(known ? 200 : 404, { 'Content-Type': 'text/javascript; charset=utf-8' });
    if (known) createReadStream(join(root, path)).pipe(response);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
