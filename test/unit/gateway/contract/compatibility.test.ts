import { expect } from 'chai';
import { incompatibilities, type ApiDocument } from '../../../../gateway/contract/compatibility.js';
import type { Schema } from '../../../../gateway/contract/schema-compatibility.js';
import { documentNow, publishedDocument } from '../../../contract/publish.js';

interface Shown {
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody: Record<string, unknown> | undefined;
  responses: Record<string, Record<string, unknown>>;
  security?: unknown[];
  operationId: string;
}

const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const text: Schema = { type: 'string' };
const variant = (kind: string, more: Readonly<Record<string, Schema>> = {}) =>
  object({ kind: { type: 'string', const: kind }, ...more }, ['kind', ...Object.keys(more)]);

/** One operation with a bit of everything. */
function shown(change: (operation: Shown, schemas: Record<string, Schema>) => unknown = () => undefined): ApiDocument {
  const schemas: Record<string, Schema> = {
    Order: object({ seat: text, note: text, next: { $ref: '#/components/schemas/Order' } }, ['seat']),
    Receipt: object(
      { tx: text, lines: { type: 'array', items: object({ amount: { type: 'integer' } }, ['amount']) } },
      ['tx', 'lines'],
    ),
  };
  const operation: Shown = {
    operationId: 'createOrder',
    parameters: [
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
    ],
    requestBody: { required: false, ...json({ $ref: '#/components/schemas/Order' }) },
    responses: {
      200: { ...json({ $ref: '#/components/schemas/Receipt' }), headers: { ETag: { required: true } } },
      default: json(text),
    },
  };
  change(operation, schemas);
  const securitySchemes = { operator: { type: 'http', scheme: 'bearer' }, other: { type: 'http', scheme: 'bearer' } };
  const components = {
    schemas,
    securitySchemes,
    responses: { Conflict: json(text), Other: json({ type: 'integer' }) },
  };
  return { paths: { '/v1/orders': { post: operation as never } }, components };
}

type Change = Parameters<typeof shown>[0];
const of = (present: Change, published?: Change) => incompatibilities(shown(published), shown(present));
const parameter =
  (schema: Schema): Change =>
  (operation) =>
    void (operation.parameters[0]!.schema = schema);
const body =
  (schema: Schema): Change =>
  (operation) =>
    void (operation.requestBody = { required: false, ...json(schema) });
const answer =
  (schema: Schema): Change =>
  (operation) =>
    void (operation.responses['200'] = { ...operation.responses['200'], ...json(schema) });

describe('compatibility of the interface', () => {
  it('is kept with the published document (npm run api -- publish, after raising API_VERSION)', () => {
    expect(incompatibilities(publishedDocument(), documentNow())).to.deep.equal([]);
  });

  it('is a rule for each published operation: without any, each is missed', () => {
    const published = publishedDocument();
    const missed = incompatibilities(published, { ...published, paths: {} });
    expect(missed).to.have.length(Object.values(published.paths).flatMap((methods) => Object.keys(methods)).length);
  });

  const number: Schema = { type: 'integer', minimum: 1, maximum: 100 };
  const colours = (...values: string[]): Schema => ({ type: 'string', enum: values });
  for (const [what, said, present, published] of [
    ['an operation under another id', 'operationId createOrder is other now', (o) => void (o.operationId = 'other')],
    ['new authorisation', 'it asks for authorisation now', (o) => void (o.security = [{ operator: [] }])],
    [
      'authorisation by another scheme',
      'http bearer: is not enough any more',
      (o) => void (o.security = [{ device: [] }]),
      (o) => void (o.security = [{ operator: [] }]),
    ],
    [
      'authorisation by two schemes at once',
      'http bearer: is not enough any more',
      (o) => void (o.security = [{ operator: [], device: [] }]),
      (o) => void (o.security = [{ operator: [] }]),
    ],
    [
      'authorisation with another scope',
      'http bearer: is not enough any more',
      (o) => void (o.security = [{ operator: ['sales', 'events'] }]),
      (o) => void (o.security = [{ operator: ['sales'] }]),
    ],
    [
      'a new required header',
      'header x-day: is required now',
      (o) => void o.parameters.push({ name: 'x-day', in: 'header', required: true, schema: text }),
    ],
    ['a parameter that is gone', 'query limit: is gone', (o) => void (o.parameters = [])],
    [
      'a parameter that is required now',
      'query limit: is required now',
      (o) => void (o.parameters[0]!.required = true),
    ],
    [
      'a new required parameter',
      'query day: is required now',
      (o) => void o.parameters.push({ name: 'day', in: 'query', required: true, schema: text }),
    ],
    ['a lower maximum', 'query limit: maximum is stricter', parameter({ ...number, maximum: 50 })],
    ['a higher minimum', 'query limit: minimum is stricter', parameter({ ...number, minimum: 2 })],
    ['a parameter of another type', 'query limit: type "integer" is "string" now', parameter(text)],
    [
      'another default',
      'query limit: default has changed',
      parameter({ ...number, default: 10 }),
      parameter({ ...number, default: 20 }),
    ],
    ['a step', 'query limit: multipleOf has changed', parameter({ ...number, multipleOf: 5 })],
    ['a type where anything was taken', 'query limit: only string is taken now', parameter(text), parameter({})],
    [
      'members that are not taken any more',
      'body: other members are not taken any more',
      body({ type: 'object', additionalProperties: false }),
      body({ type: 'object' }),
    ],
    [
      'fewer members of a record',
      'body: maxProperties is stricter',
      body({ type: 'object', maxProperties: 1 }),
      body({ type: 'object', maxProperties: 2 }),
    ],
    ['a pattern', 'query limit: pattern has changed', parameter({ ...number, pattern: '^1' })],
    ['a narrowed enum', 'body: value red is gone', body(colours('blue')), body(colours('blue', 'red'))],
    ['a new enum', 'body: only some values are taken now', body(colours('blue')), body(text)],
    ['a body that is gone', 'body: is gone', (o) => void (o.requestBody = undefined)],
    ['a body that is required now', 'body: is required now', (o) => void (o.requestBody!.required = true)],
    [
      'a member that is not taken any more',
      'body.note: is gone',
      (_, s) => void (s.Order = object({ seat: text }, ['seat'])),
    ],
    [
      'a member that is required now',
      'body.note: is required now',
      (_, s) => void (s.Order = { ...s.Order, required: ['seat', 'note'] }),
    ],
    [
      'a variant that is not taken any more',
      'body: kind "b" is gone',
      body({ anyOf: [variant('a'), variant('c')] }),
      body({ anyOf: [variant('a'), variant('b')] }),
    ],
    [
      'a variant that wants more',
      'body.size: is required now',
      body({ anyOf: [variant('a', { size: text }), variant('b')] }),
      body({ anyOf: [variant('a'), variant('b')] }),
    ],
    ['a status that is gone', '200: is gone', (o) => (o.responses = {})],
    ['a header that is gone', '200: header ETag is gone', (o) => void (o.responses['200']!.headers = {})],
    [
      'a header that may be absent',
      '200: header ETag may be absent now',
      (o) => void (o.responses['200']!.headers = { etag: {} }),
    ],
    ['problems that are not told any more', 'default: is gone', (o) => delete o.responses.default],
    [
      'a problem in another form than `default` said',
      '409: type "string" is "integer" now',
      (o) => void (o.responses['409'] = { $ref: '#/components/responses/Other' }),
    ],
    ['a media type that is gone', '200: application/json is gone', (o) => void (o.responses['200']!.content = {})],
    ['a member that is gone', '200.tx: is gone', answer(object({ lines: { type: 'array', items: object({}) } }))],
    [
      'a member that may be absent',
      '200.tx: may be absent now',
      (_, s) => void (s.Receipt = { ...s.Receipt, required: ['lines'] }),
    ],
    ['a member of another type', '200: type "object" is "array" now', answer({ type: 'array', items: text })],
    [
      'items of another type',
      '200[]: type "string" is "integer" now',
      answer({ type: 'array', items: number }),
      answer({ type: 'array', items: text }),
    ],
    [
      'a tuple of another length',
      '200: has another length',
      answer({ type: 'array', prefixItems: [text] }),
      answer({ type: 'array', prefixItems: [text, text] }),
    ],
    [
      'values of a record of another type',
      '200.*: type "string" is "integer" now',
      answer({ type: 'object', additionalProperties: number }),
      answer({ type: 'object', additionalProperties: text }),
    ],
    ['another fixed value', '200: 1 is 2 now', answer({ const: 2 }), answer({ const: 1 })],
    [
      'a nameless variant in an answer',
      '200: type "string" is "null" now',
      answer({ anyOf: [text, { type: 'null' }] }),
      answer(text),
    ],
    [
      'a variant of an answer that lost a member',
      '200.size: is gone',
      answer({ oneOf: [variant('a'), variant('b')] }),
      answer({ oneOf: [variant('a', { size: text }), variant('b')] }),
    ],
  ] as readonly (readonly [string, string, Change, Change?])[]) {
    it(`is broken by ${what}`, () => {
      expect(of(present, published)).to.include(`POST /v1/orders: ${said}`);
    });
  }

  it('is broken by an operation that is gone', () => {
    expect(incompatibilities(shown(), { ...shown(), paths: {} })).to.deep.equal([
      'POST /v1/orders: the operation is gone',
    ]);
  });

  for (const [what, present, published] of [
    ['nothing', () => undefined],
    [
      'a new optional parameter',
      (o) => void o.parameters.push({ name: 'day', in: 'query', required: false, schema: text }),
    ],
    ['wider bounds', parameter({ type: 'integer', minimum: 0, maximum: 1_000 })],
    ['more values to send', body(colours('blue', 'red')), body(colours('blue'))],
    ['more values to read', answer(colours('blue', 'red')), answer(colours('blue'))],
    ['another form of a body', body({ anyOf: [text, object({})] }), body(text)],
    ['a named variant to read', answer({ oneOf: [variant('a'), variant('b')] }), answer({ oneOf: [variant('a')] })],
    [
      'a problem that was told by `default`',
      (o) => void (o.responses['409'] = { $ref: '#/components/responses/Conflict' }),
    ],
    [
      'a scheme under another name',
      (o) => void (o.security = [{ other: [] }, { device: [] }]),
      (o) => void (o.security = [{ operator: [] }]),
    ],
    ['another status', (o) => void (o.responses['202'] = json(text))],
    [
      'a new member in an answer',
      (_, s) => void (s.Receipt = { ...s.Receipt, properties: { ...(s.Receipt!.properties as object), more: text } }),
    ],
    ['a member that is always there now', (_, s) => void (s.Order = { ...s.Order, required: [] })],
    [
      'a component written out',
      body(object({ seat: text, note: text, next: { $ref: '#/components/schemas/Order' } }, ['seat'])),
    ],
    ['authorisation that is not asked for any more', () => undefined, (o) => void (o.security = [{ operator: [] }])],
  ] as readonly (readonly [string, Change, Change?])[]) {
    it(`is kept by ${what}`, () => {
      expect(of(present, published)).to.deep.equal([]);
    });
  }
});
