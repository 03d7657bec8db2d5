import { expect } from 'chai';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { statusesOf } from '../../../../gateway/http/openapi-problems.js';
import { aGateway, type TestGateway } from './a-gateway.js';

type Node = Readonly<Record<string, unknown>>;
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: unknown;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Node;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Node }>> };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly $ref?: string;
        readonly headers?: Node;
        readonly content?: Readonly<Record<string, { readonly schema: Node }>>;
      }
    >
  >;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Node>>;
    readonly responses: Readonly<Record<string, Node>>;
  };
}

function* referencesIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === '$ref') yield String(value);
    else yield* referencesIn(value);
  }
}

describe('OpenAPI document', () => {
  let gateway: TestGateway;
  let document: Document;
  before(async () => {
    gateway = await aGateway();
    document = (await (await fetch(`${gateway.url}/v1/openapi.json`)).json()) as Document;
  });
  after(() => gateway.close());

  const described = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((each) => ({ path, ...each })),
    );

  it('is OpenAPI 3.1 and has every operation once', () => {
    expect(document.openapi).to.match(/^3\.1\./);
    expect(document.info).to.include.keys('title', 'version');
    const ids = described().map(({ operationId }) => operationId);
    expect(ids).to.have.members(OPERATIONS.map(({ id }) => id));
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('describes each path parameter of each operation', () => {
    for (const { path, parameters, operationId } of described()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = parameters.filter((each) => each.in === 'path');
      expect(
        inPath.map(({ name }) => name),
        operationId,
      ).to.have.members(named);
      for (const { name, required, schema } of inPath) {
        expect(required, name).to.be.true;
        expect(schema, name).to.have.property('type');
      }
    }
  });

  it('has a schema for every answer and every body', () => {
    for (const { operationId, responses, requestBody, summary } of described()) {
      expect(summary, operationId).not.to.be.empty;
      expect(Object.keys(responses), operationId).to.include('default');
      for (const [status, { $ref, content }] of Object.entries(responses)) {
        if ($ref !== undefined) continue;
        // 304 has no body (RFC 9110).
        expect(content === undefined, operationId).to.equal(status === '304');
        for (const { schema } of Object.values(content ?? {})) expect(schema, operationId).not.to.be.empty;
      }
      const source = OPERATIONS.find(({ id }) => id === operationId);
      expect(requestBody !== undefined, operationId).to.equal(source?.body !== undefined);
      if (requestBody) expect(requestBody.content['application/json']?.schema, operationId).not.to.be.empty;
    }
  });

  it('resolves each of its references', () => {
    for (const reference of referencesIn(document)) {
      const [, kind, name] = /^#\/components\/(schemas|responses)\/(\w+)$/.exec(reference) ?? [];
      expect(document.components[kind as 'schemas'], reference).to.have.property(name!);
    }
    expect(document.components.schemas).to.include.keys('Problem', 'Event', 'Ticket', 'Certificate');
  });

  it('names each status that an operation refuses with, and what each says', () => {
    for (const { operationId, responses, parameters } of described()) {
      const source = OPERATIONS.find(({ id }) => id === operationId)!;
      const told = Object.entries(responses).flatMap(([status, { $ref }]) =>
        $ref === undefined ? [] : [Number(status)],
      );
      expect(told, operationId).to.deep.equal(statusesOf(source));
      if (parameters.some((each) => each.in === 'path')) expect(told, operationId).to.include(404);
      if (source.method !== 'GET') expect(told, operationId).to.include.members([400, 409, 422, 429, 503]);
    }
    const { Problem401, Problem409, Problem429, Problem503 } = document.components.responses;
    expect(Problem409).to.have.property('description').that.includes('`EVENT_EXISTS`');
    for (const each of [Problem429, Problem503])
      expect(each).to.have.nested.property('headers.Retry-After.required', true);
    expect(Problem409).to.have.nested.property('headers.Retry-After.required', false);
    expect(Problem401).to.have.nested.property('headers.WWW-Authenticate.required', true);
  });

  it('says of each write, and of no read, that a repeat of it is answered with Idempotency-Replayed', () => {
    for (const { operationId, responses } of described()) {
      const { method, keepsAnswer, responses: own } = OPERATIONS.find(({ id }) => id === operationId)!;
      // What is told anew of what was created is 200; an answer that is kept has the status of the first.
      const repeats = Object.keys(own).filter((status) => method !== 'GET' && (keepsAnswer || status === '200'));
      const told = Object.entries(responses).filter(([, { headers = {} }]) => 'Idempotency-Replayed' in headers);
      expect(
        told.map(([status]) => status),
        operationId,
      ).to.have.members(repeats);
      if (method !== 'GET') expect(repeats, operationId).not.to.be.empty;
    }
  });

  it('keeps members that are called id', () => {
    expect(document.components.schemas).to.have.nested.property('Receipt.properties.id');
  });

  it('asks for a credential exactly where the operation does', () => {
    for (const { operationId, security } of described()) {
      const authority = OPERATIONS.find(({ id }) => id === operationId)?.authority;
      expect(security !== undefined, operationId).to.equal(authority !== 'public');
    }
  });
});
