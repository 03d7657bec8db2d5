import { expect } from 'chai';
import { once } from 'node:events';
import { get as requestOf, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { GatewayError } from '../../../../gateway/errors.js';
import { operation } from '../../../../gateway/http/operation.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { until } from '../../../support/until.js';

/** What the source has come to. */
let closed = 0;

async function* source(chunks: number, failure?: Error): AsyncGenerator<string> {
  try {
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      await Promise.resolve();
      yield 'x'.repeat(1_000);
    }
    if (failure) throw failure;
  } finally {
    closed += 1;
  }
}

const streaming = (id: string, mediaType: string, chunks: () => AsyncIterable<string>) =>
  operation({
    id,
    method: 'GET',
    path: `/v1/${id}`,
    tag: 'test',
    summary: id,
    responses: { 200: { description: 'it', schema: z.unknown(), also: ['text/plain'] } },
    handle: () => Promise.resolve({ status: 200, mediaType, chunks: chunks() }),
  });

const OPERATIONS = [
  streaming('whole', 'text/plain', () => source(3)),
  streaming('nothing', 'text/plain', () => source(0)),
  streaming('endless', 'text/plain', () => source(Infinity)),
  streaming('refused', 'text/plain', () => source(0, new GatewayError('LEDGER_UNAVAILABLE'))),
  streaming('broken', 'text/plain', () => source(3, new GatewayError('LEDGER_UNAVAILABLE'))),
  streaming('undescribed', 'text/html', () => source(3)),
];

describe('an answer that is sent while it is made', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await aGateway({ operations: OPERATIONS });
  });
  after(() => gateway.close());
  const get = (id: string) => fetch(`${gateway.url}/v1/${id}`);

  it('comes whole', async () => {
    const response = await get('whole');
    expect(response.headers.get('Content-Type')).to.match(/^text\/plain/);
    expect(await response.text()).to.have.length(3_000);
    expect(await (await get('nothing')).text()).to.equal('');
  });

  it('is a problem where it fails before it began', async () => {
    const response = await get('refused');
    expect(response.status).to.equal(503);
    expect(await response.json()).to.include({ code: 'LEDGER_UNAVAILABLE' });
  });

  it('does not look whole where it fails later', async () => {
    const failure = await get('broken')
      .then((response) => response.text())
      .catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
  });

  it('must be described', async () => {
    expect(await (await get('undescribed')).json()).to.include({ code: 'INTERNAL' });
  });

  it('closes its source when the client hangs up', async () => {
    const before = closed;
    const request = requestOf(`${gateway.url}/v1/endless`);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await once(response, 'data');
    request.destroy();
    await until(() => closed === before + 1);
  });
});
