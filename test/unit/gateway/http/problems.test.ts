import { expect } from 'chai';
import { z } from 'zod';
import { REFUSAL_CODES, Refusal } from '../../../../chaincode/domain/refusal.js';
import { GATEWAY_CODES, GatewayError } from '../../../../gateway/errors.js';
import { ok, operation } from '../../../../gateway/http/operation.js';
import { problemSchema, STATUS } from '../../../../gateway/http/problem.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { EVENT, newAllotment, newEvent } from './a-scene.js';
import { OPERATOR, send } from './raw.js';

describe('problems', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await aGateway();
  });
  afterEach(() => gateway.close());

  const createEvent = (body: string, headers: Record<string, string> = OPERATOR) =>
    send(gateway, { method: 'POST', path: '/v1/events', body, headers });
  const event = JSON.stringify(newEvent());

  it('has a status for every code, 4xx for what the ledger refuses', () => {
    for (const code of REFUSAL_CODES) expect(STATUS[code], code).to.be.within(400, 499);
    for (const code of GATEWAY_CODES) expect(STATUS[code], code).to.be.within(400, 599);
  });

  it('is a problem document with code, field, details and the request id', async () => {
    const { status, headers, body } = await send(gateway, { path: '/v1/events/OrganizerMSP:nothing' });
    expect(status).to.equal(404);
    expect(headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(problemSchema.safeParse(body).success).to.be.true;
    expect(body).to.deep.include({
      type: 'urn:guichet:problem:UNKNOWN_EVENT',
      code: 'UNKNOWN_EVENT',
      field: 'event',
      status: 404,
    });
    expect(body.instance).to.equal(headers.get('x-request-id'));
  });

  it('answers 404 for an unknown path and 405 with Allow for an unknown method', async () => {
    expect((await send(gateway, { path: '/v1/nothing' })).body.code).to.equal('NOT_FOUND');
    const { status, headers, body } = await send(gateway, { method: 'PUT', path: '/v1/events', body: '{}' });
    expect([status, body.code]).to.deep.equal([405, 'METHOD_NOT_ALLOWED']);
    expect(headers.get('allow')).to.include('POST').and.to.include('GET');
  });

  it('names the path parameter or query parameter that is not valid', async () => {
    expect((await send(gateway, { path: '/v1/events/NO SUCH' })).body).to.deep.include({
      code: 'INVALID_FIELD',
      field: 'event',
    });
    expect((await send(gateway, { path: '/v1/events?limit=1000' })).body).to.deep.include({
      code: 'INVALID_FIELD',
      field: 'query.limit',
    });
    expect((await send(gateway, { path: '/v1/events?colour=red' })).body).to.deep.include({
      code: 'UNKNOWN_FIELD',
      field: 'query.colour',
    });
    expect((await send(gateway, { path: '/v1/tickets/%E0%A4%A' })).status).to.equal(400);
  });

  for (const text of ['0x1', '1e1', '', '+1', '-1', '1.0', ' 1', 'true', '1e400', '9007199254740993']) {
    it(`takes no “${text}” for an integer in a path or a query`, async () => {
      const encoded = encodeURIComponent(text);
      for (const path of [
        `/v1/events?limit=${encoded}`,
        `/v1/blocks?limit=${encoded}`,
        `/v1/blocks?before=${encoded}`,
      ]) {
        const { status, body } = await send(gateway, { path });
        expect([status, body.code], path).to.deep.equal([400, 'INVALID_FIELD']);
        expect(body.field, path).to.match(/^query\.(limit|before)$/);
      }
      if (text.trim() === '') return;
      expect((await send(gateway, { path: `/v1/blocks/${encoded}` })).body).to.deep.include({ field: 'number' });
    });
  }

  describe('of a body that may bring a statement or what is to be signed', () => {
    const noVenue = { ...newEvent(), venue: undefined };
    const allotments = `/v1/events/${EVENT}/allotments`;
    const aVoid = { ticket: `${EVENT}:floor:A:1`, issue: 1, change: 0, holder: 'h'.repeat(43), reason: 'fraud' };
    for (const [path, sent, code, field] of [
      ['/v1/events', { ...newEvent(), currency: 'euro' }, 'INVALID_FIELD', 'currency'],
      ['/v1/events', { ...newEvent(), name: 7 }, 'INVALID_FIELD', 'name'],
      ['/v1/events', noVenue, 'INVALID_FIELD', 'venue'],
      ['/v1/events', { ...newEvent(), colour: 1 }, 'UNKNOWN_FIELD', 'colour'],
      ['/v1/events', { statement: 7 }, 'INVALID_FIELD', 'statement'],
      ['/v1/events', { statement: 'x', name: 'y' }, 'UNKNOWN_FIELD', 'name'],
      [`/v1/events/${EVENT}/changes`, { change: 0, action: 'burn' }, 'INVALID_FIELD', 'action'],
      ['/v1/voids', { ...aVoid, reason: 'mood' }, 'INVALID_FIELD', 'reason'],
      [allotments, newAllotment({ facePriceMinor: -1 }), 'INVALID_FIELD', 'facePriceMinor'],
      [allotments, [newAllotment(), newAllotment({ facePriceMinor: -1 })], 'INVALID_FIELD', '[1].facePriceMinor'],
      [allotments, [newAllotment(), { statement: 7 }], 'INVALID_FIELD', '[1].statement'],
      [allotments, [], 'INVALID_FIELD', ''],
    ] as const) {
      it(`names “${field}” at fault for ${path}`, async () => {
        const { body } = await send(gateway, { method: 'POST', path, body: JSON.stringify(sent), headers: OPERATOR });
        expect(body).to.deep.include({ code, field });
      });
    }
  });

  it('refuses a body that is malformed, no JSON, too large or of the wrong form', async () => {
    expect((await createEvent('{"event":')).body.code).to.equal('MALFORMED_BODY');
    expect((await createEvent('"text"')).body.code).to.equal('MALFORMED_BODY');
    const wrongType = await createEvent('event=1', {
      ...OPERATOR,
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect([wrongType.status, wrongType.body.code]).to.deep.equal([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const large = await createEvent(JSON.stringify({ name: 'x'.repeat(3_000_000) }));
    expect([large.status, large.body.code]).to.deep.equal([413, 'BODY_TOO_LARGE']);
    expect((await createEvent('{}')).body.code).to.equal('INVALID_FIELD');
    const unknown = await send(gateway, {
      method: 'POST',
      path: `/v1/events/${EVENT}/advance`,
      body: '{"at":"now"}',
      headers: OPERATOR,
    });
    expect(unknown.body).to.deep.include({ code: 'UNKNOWN_FIELD', field: 'at' });
  });

  it('takes no body for an empty object', async () => {
    await gateway.operator.createEvent(newEvent());
    const { status } = await send(gateway, {
      method: 'POST',
      path: `/v1/events/${EVENT}/sales/close`,
      headers: OPERATOR,
    });
    expect(status).to.equal(200);
  });

  for (const [code, status, retryAfter] of [
    ['QUEUE_FULL', 429, '1'],
    ['LEDGER_UNAVAILABLE', 503, '2'],
    ['LEDGER_CONFLICT', 409, '1'],
    ['OUTCOME_UNKNOWN', 504, null],
    ['SHUTTING_DOWN', 503, '5'],
    ['LEDGER_DISAGREES', 502, null],
  ] as const) {
    it(`answers ${status} when the submitter says ${code}`, async () => {
      gateway.network.failNext = new GatewayError(code, { tx: 'tx-77' });
      const answer = await createEvent(event);
      expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).to.deep.equal([
        status,
        code,
        retryAfter,
      ]);
      expect(answer.body.details).to.deep.equal({ tx: 'tx-77' });
    });
  }

  it('passes every refusal of the ledger on with its details', async () => {
    gateway.network.failNext = new Refusal('ROLE_MISSING', { field: 'caller.mspId', role: 'organizer' });
    const { status, body } = await createEvent(event);
    expect(status).to.equal(403);
    expect(body).to.deep.include({
      code: 'ROLE_MISSING',
      field: 'caller.mspId',
      details: { field: 'caller.mspId', role: 'organizer' },
    });
  });

  it('tells nothing of an error that nobody foresaw, and logs it', async () => {
    gateway.network.failNext = new Error('password of the database at 10.0.0.1');
    const { status, body } = await createEvent(event);
    expect([status, body.code, body.details]).to.deep.equal([500, 'INTERNAL', {}]);
    expect(JSON.stringify(body)).not.to.match(/password|at .*\.js/);
    expect(gateway.log.join('')).to.include('password of the database').and.to.include(String(body.instance));
  });

  it('does not log tokens, bodies or holders', async () => {
    await createEvent(event);
    await send(gateway, { path: `/v1/events/${EVENT}/holders/${'h'.repeat(43)}` });
    const log = gateway.log.join('');
    expect(log).not.to.include('a-token-of-an-operator');
    expect(log).not.to.include('Opening night');
    expect(log).not.to.include('h'.repeat(43));
    expect(log).to.include('"operation":"getHolder"');
  });

  describe('answers against the own schema', () => {
    it('are not sent, in any mode', async () => {
      const broken = operation({
        id: 'broken',
        method: 'GET',
        path: '/v1/broken',
        tag: 'test',
        summary: 'answers against its schema',
        responses: { 200: { description: 'a number', schema: z.strictObject({ count: z.int() }) } },
        handle: () => Promise.resolve(ok({ count: 'secret' as unknown as number })),
      });
      const other = await aGateway({ operations: [broken] });
      try {
        const { status, body } = await send(other, { path: '/v1/broken' });
        expect([status, body.code]).to.deep.equal([500, 'INTERNAL']);
        expect(JSON.stringify(body)).not.to.include('secret');
        expect(other.log.join('')).to.include('answers against its own schema');
      } finally {
        await other.close();
      }
    });
  });

  describe('authorisation', () => {
    it('asks for the operator’s token where the organization signs, with WWW-Authenticate', async () => {
      for (const Authorization of ['', 'Bearer wrong', 'Basic Zm9v', `Bearer ${OPERATOR.Authorization.slice(7)}x`]) {
        const { status, headers, body } = await createEvent(event, { Authorization });
        expect([status, body.code]).to.deep.equal([401, 'UNAUTHENTICATED']);
        expect(headers.get('www-authenticate')).to.match(/^Bearer/);
      }
    });

    it('comes before the body is judged', async () => {
      expect((await createEvent('{"wrong":1}', {})).body.code).to.equal('UNAUTHENTICATED');
    });

    it('is not asked for by reads and by what carries its own signature', async () => {
      expect((await send(gateway, { path: '/v1/events' })).status).to.equal(200);
      const { body } = await send(gateway, {
        method: 'POST',
        path: '/v1/transfers',
        body: '{"transfer":"x","acceptance":"y"}',
      });
      expect(body.code).to.equal('MALFORMED_STATEMENT');
    });
  });
});
