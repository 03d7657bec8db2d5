/** What the log is told of requests: which operation and how it ended, never what was in it. */
import { expect } from 'chai';
import { aGateway, TOKEN, type TestGateway } from './a-gateway.js';
import { anOpenEvent, EVENT } from './a-scene.js';
import { OPERATOR, send } from './raw.js';

describe('the log', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
  });
  after(() => gateway.close());

  const said = () => gateway.log.map((line) => JSON.parse(line) as Record<string, unknown>);

  it('has one line for each request, by its id, operation, status and code', async () => {
    const { headers } = await send(gateway, { path: '/v1/events/OrganizerMSP:nowhere' });
    const requestId = headers.get('X-Request-Id');
    const lines = said().filter((line) => line.requestId === requestId);
    expect(
      lines.map(({ operation, status, code, method, msg }) => [method, operation, status, code, msg]),
    ).to.deep.equal([['GET', 'getEvent', 404, 'UNKNOWN_EVENT', 'answered']]);
  });

  it('is told neither tokens nor keys nor holders nor bodies, whatever the answer', async () => {
    const holder = 'q'.repeat(43);
    const wrong = 'wrong-token-0123456789';
    const statement = 'eyJhbGciOiJFUzI1NiJ9.c29tZWJvZHk.c2ln';
    const key = 'idempotency-key-of-somebody';
    const asked = [
      { path: `/v1/events/${EVENT}/holders/${holder}` },
      { path: `/v1/events?cursor=${holder}` },
      { path: `/no/such/path/${holder}`, headers: { Cookie: `session=${holder}` } },
      {
        method: 'POST',
        path: '/v1/sales',
        body: JSON.stringify({ holder }),
        headers: { Authorization: `Bearer ${wrong}` },
      },
      {
        method: 'POST',
        path: '/v1/sales',
        body: JSON.stringify({ holder }),
        headers: { ...OPERATOR, 'Idempotency-Key': key },
      },
      { method: 'POST', path: '/v1/transfers', body: JSON.stringify({ transfer: statement, acceptance: statement }) },
      { method: 'POST', path: '/v1/transfers', body: `{"${statement}` },
    ];
    for (const each of asked) await send(gateway, each);
    const log = gateway.log.join('\n');
    for (const secret of [TOKEN, wrong, holder, statement, key]) expect(log.includes(secret), secret).to.be.false;
  });
});
