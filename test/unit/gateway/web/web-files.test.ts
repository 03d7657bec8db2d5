import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Koa from 'koa';
import type { RequestState } from '../../../../gateway/http/middleware/request-id.js';
import { serveWebFiles } from '../../../../gateway/http/web-files.js';

describe('web files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-web-'));
  let server: Server;
  before(async () => {
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Guichet</title>');
    writeFileSync(join(folder, 'main.js'), 'export {};');
    writeFileSync(join(folder, 'main.js.map'), '{}');
    const app = new Koa<RequestState>().use(serveWebFiles(folder));
    const handle = app.callback();
    server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** `fetch` would tidy the path up. */
  const ask = (path: string, headers = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => resolve(response.resume())).on(
        'error',
        reject,
      );
    });

  it('serves the page at the root and the rest below /web', async () => {
    const [home, script] = [await ask('/'), await ask('/web/main.js')];
    expect([home.statusCode, home.headers['content-type']]).to.deep.equal([200, 'text/html; charset=utf-8']);
    expect([script.statusCode, script.headers['content-type']]).to.deep.equal([200, 'text/javascript; charset=utf-8']);
  });

  it('lets the page load and ask nothing but this gateway, and no text become markup', async () => {
    const { headers } = await ask('/');
    expect(headers['content-security-policy'])
      .to.include("default-src 'self'")
      .and.include("require-trusted-types-for 'script'");
    expect(headers['content-security-policy']).to.not.match(/unsafe|https?:|\*/);
    expect(headers['x-content-type-options']).to.equal('nosniff');
  });

  it('answers 304 to who has the file already', async () => {
    const { headers } = await ask('/web/main.js');
    expect(headers['cache-control']).to.equal('no-cache');
    expect((await ask('/web/main.js', { 'If-None-Match': headers.etag })).statusCode).to.equal(304);
    expect((await ask('/web/main.js', { 'If-None-Match': '"other"' })).statusCode).to.equal(200);
  });

  it('serves no other file, however it is asked', async () => {
    const paths = [
      '/web/../../../etc/passwd',
      '/web/%2e%2e/package.json',
      '/web/..%2fapp.js',
      '/web//main.js',
      '/web/main.js.map',
      '/web/',
      '/index.html',
    ];
    for (const path of paths) expect((await ask(path)).statusCode, path).to.equal(404);
  });

  it('leaves every path to the interface where the page was not built', async () => {
    const app = new Koa<RequestState>().use(serveWebFiles(join(folder, 'absent')));
    app.use((ctx) => void (ctx.status = 418));
    const handle = app.callback();
    server.removeAllListeners('request').on('request', (request, response) => void handle(request, response));
    expect((await ask('/')).statusCode).to.equal(418);
  });
});
