import { expect } from 'chai';
import { OPERATIONS } from '../../../../committee/http/operations.js';
import { PROBLEM_CODES } from '../../../../committee/http/problem.js';
import { anApi, type TestApi } from './an-api.js';

type Schema = Readonly<Record<string, unknown>>;
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
}
interface Document {
  readonly openapi: string;
  readonly info: Schema;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

function* referencesIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === '$ref') yield String(value);
    else yield* referencesIn(value);
  }
}

describe("a node's OpenAPI document", () => {
  let api: TestApi;
  let document: Document;
  before(async () => {
    api = await anApi();
    document = (await api.send({ path: '/v1/openapi.json' })).body as unknown as Document;
  });
  after(() => api.close());

  it('is OpenAPI 3.1 and has every operation at its path, once', () => {
    expect(document.openapi).to.match(/^3\.1\.\d+$/);
    expect(document.info).to.include.keys('title', 'version');
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [operationId, method.toUpperCase(), path]),
    );
    expect(described).to.have.deep.members(OPERATIONS.map(({ id, method, path }) => [id, method, path]));
    expect(new Set(described.map(([id]) => id)).size).to.equal(described.length);
  });

  it('has a summary, a schema for each body and answer, and the problem for everything else', () => {
    for (const { id, method, path, body } of OPERATIONS) {
      const { summary, requestBody, responses } = document.paths[path]![method.toLowerCase()]!;
      expect(summary, id).not.to.be.empty;
      expect(requestBody?.content['application/json']?.schema !== undefined, id).to.equal(body !== undefined);
      expect(Object.keys(responses), id).to.deep.equal(['200', 'default']);
      expect(responses['200']?.content['application/json']?.schema, id).not.to.be.empty;
      expect(responses.default?.content['application/problem+json']?.schema, id).to.deep.equal({
        $ref: '#/components/schemas/Problem',
      });
    }
  });

  it('requires every member of a body, knows no others, and says what binary looks like', () => {
    const { requestBody } = document.paths['/v1/credentials/signatures']!.post!;
    const schema = requestBody!.content['application/json']!.schema as {
      readonly required: readonly string[];
      readonly additionalProperties: boolean;
      readonly properties: Readonly<Record<string, { readonly pattern?: string }>>;
    };
    expect(schema.additionalProperties).to.equal(false);
    expect(schema.required).to.have.members(Object.keys(schema.properties));
    expect(schema.properties.combined?.pattern).to.equal('^[A-Za-z0-9_-]{44}$');
  });

  it('has every code', () => {
    const { properties } = document.components.schemas.Problem as { properties: Record<string, { enum?: string[] }> };
    expect(properties.code?.enum).to.have.members(PROBLEM_CODES);
  });

  it('resolves each of its references, and has nothing left of where schemas came from', () => {
    const references = [...referencesIn(document)];
    expect(references).not.to.be.empty;
    for (const reference of references) {
      expect(reference).to.match(/^#\/components\/schemas\//);
      expect(document.components.schemas).to.have.property(reference.slice('#/components/schemas/'.length));
    }
    expect(JSON.stringify(document)).not.to.include('$defs').and.not.to.include('"$schema"');
  });
});
