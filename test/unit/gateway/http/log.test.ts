/** What the log is told of requests: which operation and how it ended, never what was in it. */
import { expect } from 'chai';
import { GatewayError } from '../../../../gateway/errors.js';
import { LedgerFailure } from '../../../../gateway/fabric/ledger.js';
import { aGateway, TOKEN, type TestGateway } from './a-gateway.js';
import { anOpenEvent, EVENT } from './a-scene.js';
import { MemoryNetwork } from './memory-network.js';
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

describe('the log of what failed', () => {
  const holder = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
  const statement = 'eyJhbGciOiJFUzI1NiJ9.eyJob2xkZXIiOiJzb21lYm9keSJ9.c2lnbmVkLWJ5LXNvbWVib2R5';
  const [birth, name] = ['19840229', 'Lovelace'];
  /** As PostgreSQL tells of a row. */
  const ofTheDatabase = () =>
    Object.assign(new Error(`duplicate key value violates unique constraint "held_seats_pkey", ${birth} of ${name}`), {
      name: 'DatabaseError',
      code: '23505',
      table: 'held_seats',
      constraint: 'held_seats_pkey',
      detail: `Key (holder, name)=(${holder}, ${name}) already exists.`,
      parameters: [holder, statement],
    });
  const causes: readonly (readonly [number, string, () => Error])[] = [
    [500, 'INTERNAL', () => new Error(`no outcome for ${holder}\n    at ${holder}:1:1`, { cause: ofTheDatabase() })],
    [
      503,
      'LEDGER_UNAVAILABLE',
      () =>
        new GatewayError(
          'LEDGER_UNAVAILABLE',
          {},
          {
            cause: new LedgerFailure('endorse', 'unavailable', `14 UNAVAILABLE: ${statement}`, {
              cause: new AggregateError([
                new SyntaxError(`Unexpected token in '${statement}'`),
                ofTheDatabase(),
                holder,
              ]),
            }),
          },
        ),
    ],
  ];

  for (const [status, code, failure] of causes)
    it(`${status}: says what and where, and nothing of whom`, async () => {
      let failing = false;
      const network = new MemoryNetwork();
      const own = network.submitterOf('OrganizerMSP');
      const gateway = await aGateway({
        network,
        submitter: { submit: (...args) => (failing ? Promise.reject(failure()) : own.submit(...args)) },
      });
      try {
        failing = true;
        const answer = await send(gateway, {
          ...{ method: 'POST', path: '/v1/policies', headers: OPERATOR },
          body: JSON.stringify({ policy: {} }),
        });
        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      } finally {
        await gateway.close();
      }
      const line = gateway.log.find((each) => each.includes('a request failed'))!;
      const { err, requestId } = JSON.parse(line) as { err: Logged; requestId: string };
      expect(requestId).to.have.length(36);
      expect(err.stack).to.match(/^ {4}at .*log\.test\.[jt]s/);
      const [outer, inner] = [err, err.cause!];
      if (status === 500) {
        expect([outer.type, outer.message]).to.deep.equal(['Error', 'no outcome for … at …']);
        expect(inner).to.include({ type: 'DatabaseError', code: '23505', table: 'held_seats' });
        expect(inner.message).to.equal('duplicate key value violates unique constraint … … of …');
      } else {
        expect(outer).to.include({ type: 'GatewayError', code });
        expect(inner).to.include({ type: 'LedgerFailure', stage: 'endorse', reason: 'unavailable', message: '14 … …' });
        expect(inner.cause!.errors!.map(({ type }) => type)).to.deep.equal(['SyntaxError', 'DatabaseError', 'string']);
      }
      const log = gateway.log.join('\n');
      for (const value of [holder, statement, birth, name, 'already exists'])
        expect(log.includes(value), value).to.be.false;
    });
});

interface Logged {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: Logged;
  readonly errors?: readonly Logged[];
}
