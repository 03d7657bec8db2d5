import { expect } from 'chai';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import { aGateway, type TestGateway } from './a-gateway.js';

interface Answered {
  readonly status: number;
  readonly code: unknown;
  readonly headers: IncomingHttpHeaders;
}

const BOMB = gzipSync(Buffer.alloc(100_000_000, 32));
const CHUNKED = { 'transfer-encoding': 'chunked' };

describe('bodies that are refused unread', () => {
  let gateway: TestGateway;
  let agent: Agent;
  beforeEach(async () => {
    gateway = await aGateway();
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
  });
  afterEach(async () => {
    agent.destroy();
    await gateway.close();
  });

  const send = (path: string, body?: string | Buffer, headers: Record<string, string> = {}): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(gateway.url);
      const method = body === undefined ? 'GET' : 'POST';
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const call = request({ hostname, port, path, method, agent, headers: { ...type, ...headers } }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.once('end', () => {
          const { code } = JSON.parse(text) as { code?: unknown };
          resolve({ status: answer.statusCode ?? 0, code, headers: answer.headers });
        });
      });
      call.once('error', reject).end(body);
    });

  for (const [what, body, headers, status, code] of [
    ['too large and chunked', 'x'.repeat(3_000_000), CHUNKED, 413, 'BODY_TOO_LARGE'],
    ['far too large and chunked', 'x'.repeat(8_000_000), CHUNKED, 413, 'BODY_TOO_LARGE'],
    ['too large by its own word', 'x'.repeat(3_000_000), {}, 413, 'BODY_TOO_LARGE'],
    ['compressed', BOMB, { 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['compressed and chunked', BOMB, { 'content-encoding': 'gzip', ...CHUNKED }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of another type', 'x'.repeat(3_000_000), { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ] as const) {
    it(`that are ${what} end their connection, and the next request is answered`, async () => {
      const refused = await send('/v1/transfers', body, { ...headers });
      expect([refused.status, refused.code]).to.deep.equal([status, code]);
      expect(refused.headers.connection).to.equal('close');
      expect((await send('/v1/organizations')).status).to.equal(200);
    });
  }

  it('are not unpacked: what is inside makes no difference', async () => {
    const { status, code } = await send('/v1/transfers', 'no gzip at all', { 'content-encoding': 'gzip' });
    expect([status, code]).to.deep.equal([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('but a connection whose body was read whole is kept', async () => {
    const { headers } = await send('/v1/transfers', '{"transfer":');
    expect(headers.connection).to.equal('keep-alive');
  });

  it('of a client that never ends are given up', async () => {
    const { hostname, port } = new URL(gateway.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'text/plain', ...CHUNKED };
      const call = request({ hostname, port, path: '/v1/transfers', method: 'POST', agent, headers }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      call.once('error', reject).write('and so on');
    });
    expect(status).to.equal(415);
  });
});
