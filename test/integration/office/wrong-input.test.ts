/** What callers get wrong at the REST interface: always a problem document (RFC 9457) with a code, where possible a field, and never our insides. */
import { expect } from 'chai';
import { problemSchema } from '../../../gateway/http/problem.js';
import { realNetwork, type Party } from '../../support/real-network.js';
import { call } from '../../support/rest.js';
import type { Mistake } from './wrong-input/mistake.js';
import { SECOND_HAND } from './wrong-input/second-hand.js';

const MISTAKES: readonly Mistake[] = [
  { what: 'a body that is no JSON', body: '{"request":', status: 400, code: 'MALFORMED_BODY' },
  { what: 'a body that is a number', body: '7', status: 400, code: 'MALFORMED_BODY' },
  {
    what: 'a body in bytes that are no UTF-8',
    body: '{"request":"\ud800"}',
    status: 400,
    code: 'MALFORMED_STATEMENT',
    field: 'request',
  },
  {
    what: 'a body of another type',
    body: 'request=1',
    headers: { 'Content-Type': 'text/plain' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    field: 'Content-Type',
  },
  {
    what: 'a body beyond two megabytes',
    body: JSON.stringify({ request: 'x'.repeat(3_000_000) }),
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  { what: 'no body at all', status: 400, code: 'INVALID_FIELD', field: 'request' },
  { what: 'a member of another type', body: '{"request":7}', status: 400, code: 'INVALID_FIELD', field: 'request' },
  {
    what: 'a member that nobody knows',
    body: '{"request":"a.b.c","discount":5}',
    status: 400,
    code: 'UNKNOWN_FIELD',
    field: 'discount',
  },
  {
    what: 'a member named __proto__',
    body: '{"request":"a.b.c","__proto__":{"sale":"a.b.c"}}',
    status: 400,
    code: 'MALFORMED_BODY',
  },
  {
    what: 'a list where one thing is sold',
    body: '[{"request":"a.b.c"}]',
    status: 400,
    code: 'INVALID_FIELD',
    field: '',
  },
  {
    what: 'a statement that is no JWS',
    body: '{"request":"a.b.c"}',
    status: 400,
    code: 'MALFORMED_STATEMENT',
    field: 'request',
  },
  {
    what: 'a statement beyond its size',
    body: JSON.stringify({ request: `${'x'.repeat(9_000)}.a.b` }),
    status: 413,
    code: 'TOO_LARGE',
    field: 'request',
  },
  {
    what: 'an id in a path that can not be',
    method: 'GET',
    path: '/v1/events/nowhere',
    status: 400,
    code: 'INVALID_FIELD',
    field: 'event',
  },
  {
    what: 'a path that climbs',
    method: 'GET',
    path: '/v1/tickets/..%2F..%2Fetc%2Fpasswd',
    status: 400,
    code: 'INVALID_FIELD',
    field: 'ticket',
  },
  {
    what: 'a null byte in a path',
    method: 'GET',
    path: '/v1/tickets/%00',
    status: 400,
    code: 'INVALID_FIELD',
    field: 'ticket',
  },
  {
    what: 'a percent sign that escapes nothing',
    method: 'GET',
    path: '/v1/tickets/%ZZ',
    status: 400,
    code: 'INVALID_FIELD',
    field: 'ticket',
  },
  {
    what: 'a number out of range in a query',
    method: 'GET',
    path: '/v1/events?limit=-1',
    status: 400,
    code: 'INVALID_FIELD',
    field: 'query.limit',
  },
  {
    what: 'a query that nobody knows',
    method: 'GET',
    path: '/v1/events?colour=red',
    status: 400,
    code: 'UNKNOWN_FIELD',
    field: 'query.colour',
  },
  { what: 'a path that nobody knows', method: 'GET', path: '/v1/nowhere', status: 404, code: 'NOT_FOUND' },
  { what: 'a method that a path does not have', method: 'PUT', body: '{}', status: 405, code: 'METHOD_NOT_ALLOWED' },
  {
    what: 'a transaction that nobody knows',
    method: 'GET',
    path: '/v1/transactions/none',
    status: 404,
    code: 'NOT_FOUND',
    field: 'tx',
  },
  {
    what: 'a block that is not there yet',
    method: 'GET',
    path: '/v1/blocks/9007199254740991',
    status: 404,
    code: 'NOT_FOUND',
    field: 'number',
  },
  {
    what: 'no token',
    body: '{"request":"a.b.c"}',
    headers: { Authorization: '' },
    status: 401,
    code: 'UNAUTHENTICATED',
    field: 'Authorization',
  },
  {
    what: "another organization's token",
    body: '{"request":"a.b.c"}',
    headers: { Authorization: 'Bearer of-somebody-else' },
    status: 401,
    code: 'UNAUTHENTICATED',
    field: 'Authorization',
  },
];

describe('wrong input at REST', () => {
  let reseller: Party;

  before(async () => {
    ({ reseller } = await realNetwork());
  });

  for (const { what, method = 'POST', path = '/v1/sales', body, headers, status, code, field } of [
    ...MISTAKES,
    ...SECOND_HAND,
  ]) {
    it(`${what}: ${code}`, async () => {
      const response = await call(reseller, method, path, body, headers);
      const text = await response.text();
      expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
      const problem = problemSchema.parse(JSON.parse(text));
      expect({ status: response.status, code: problem.code, field: problem.field }).to.deep.equal({
        status,
        code,
        field,
      });
      expect(problem.status).to.equal(status);
      expect(text).not.to.match(/node_modules|\.[jt]s:\d|\n\s+at |Error:/);
    });
  }

  it('leaves the gateway well', async () => {
    expect((await reseller.client.ready()).status).to.equal('ok');
  });
});
