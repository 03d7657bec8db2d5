import { get } from 'node:http';
import { expect } from 'chai';
import { aGateway, type TestGateway } from './a-gateway.js';

describe('rendered documentation', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await aGateway();
  });
  after(() => gateway.close());
  const ask = (path: string) => fetch(`${gateway.url}${path}`);

  it('is a page that loads from this gateway only, and runs nothing inline', async () => {
    const page = await ask('/v1/docs');
    const policy = page.headers.get('content-security-policy');
    expect(policy)
      .to.include("default-src 'self'")
      .and.not.to.match(/unsafe|https?:|\*/);
    const html = await page.text();
    expect(html).not.to.match(/https?:|<style|style=|<script>/);
    const loaded = [...html.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, name]) => `/v1/${name!}`);
    expect(loaded).to.have.length(3);
    for (const path of loaded) {
      const file = await ask(path);
      expect([file.status, file.headers.get('x-content-type-options')], path).to.deep.equal([200, 'nosniff']);
      expect((await file.text()).length, path).to.be.greaterThan(100);
    }
  });

  it('is not sent again to who has it', async () => {
    const etag = (await ask('/v1/docs/swagger-ui.css')).headers.get('etag')!;
    // `fetch` would say `no-cache` beside it.
    const status = await new Promise((resolve) => {
      const headers = { 'If-None-Match': etag };
      get(`${gateway.url}/v1/docs/swagger-ui.css`, { headers, agent: false }, (response) =>
        resolve(response.resume().statusCode),
      );
    });
    expect(status).to.equal(304);
  });

  it('serves no other file of its package', async () => {
    for (const path of ['/v1/docs/', '/v1/docs/package.json', '/v1/docs/..%2fpackage.json', '/v1/docs/index.html'])
      expect((await ask(path)).status, path).to.equal(404);
  });
});
