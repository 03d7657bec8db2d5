/** The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0), generated from the schemas that validate. JSON Schema there is 2020-12, as zod's. */
import { z } from 'zod';
import type { Examples } from '../contract/examples.js';
import { commandStateSchema } from './command-states.js';
import { headersOf, headersOfReply, notModified } from './openapi-headers.js';
import type { Operation } from './operation.js';
import { SECURITY_SCHEMES, securityOf } from './openapi-security.js';
import { problemResponses, problemsOf } from './openapi-problems.js';
import { problemSchema } from './problem.js';

type Json = Readonly<Record<string, unknown>>;

export interface OpenApiOptions {
  readonly publicUrl: string;
  readonly version: string;
  readonly examples?: Examples;
}

export function openApiDocument(operations: readonly Operation[], options: OpenApiOptions): Json {
  const { publicUrl, version, examples = {} } = options;
  const components = new Map<string, unknown>();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    path[operation.method.toLowerCase()] = describe(operation, components, examples[operation.id]);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Guichet',
      version,
      summary: 'A box office on a ledger that no single company controls',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(components),
      responses: problemResponses(operations, schemaOf(problemSchema, 'output', components)),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

/** As the specification wants them: each under a name. */
const shown = (name: string, value: unknown): Json => (value === undefined ? {} : { examples: { [name]: { value } } });

function describe(
  operation: Operation,
  components: Map<string, unknown>,
  examples: Examples[string] | undefined,
): Json {
  const { id, summary, tag, authority, body, responses } = operation;
  const problem = {
    description: 'Problem (RFC 9457)',
    content: {
      'application/problem+json': {
        schema: schemaOf(problemSchema, 'output', components),
        ...(examples && {
          examples: Object.fromEntries(Object.entries(examples.problems).map(([code, value]) => [code, { value }])),
        }),
      },
    },
  };
  const answers = Object.entries(responses).map(([status, { description, schema, also = [] }]) => [
    status,
    {
      description,
      ...headersOfReply(operation, Number(status)),
      ...(!(schema instanceof z.ZodUndefined) && {
        content: {
          'application/json': {
            schema: schemaOf(schema, 'output', components),
            ...shown('recorded', examples?.answers[status]),
          },
          ...Object.fromEntries(also.map((mediaType) => [mediaType, { schema: { type: 'string' } }])),
        },
      }),
    },
  ]);
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(authority !== 'public' && { security: securityOf(operation) }),
    parameters: [
      ...parametersOf(operation.params, 'path', components),
      ...parametersOf(operation.query, 'query', components),
      ...parametersOf(operation.headers, 'header', components),
      ...headersOf(operation),
    ],
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: {
          'application/json': { schema: schemaOf(body, 'input', components), ...shown('recorded', examples?.request) },
        },
      },
    }),
    responses: {
      ...Object.fromEntries(answers),
      ...(operation.submits && { 202: accepted(operation, components, examples?.answers[202]) }),
      ...(operation.tagged && { 304: notModified(operation) }),
      ...problemsOf(operation),
      default: problem,
    },
  };
}

/** To `Prefer: respond-async`. */
const accepted = (operation: Operation, components: Map<string, unknown>, example: unknown): Json => ({
  description: 'on its way to the ledger; `Location` says what becomes of it',
  ...headersOfReply(operation, 202),
  content: {
    'application/json': {
      schema: schemaOf(commandStateSchema, 'output', components),
      ...shown('recorded', example),
    },
  },
});

function parametersOf(
  object: z.ZodObject,
  where: 'path' | 'query' | 'header',
  components: Map<string, unknown>,
): readonly Json[] {
  return Object.entries(object.shape).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, 'input', components),
  }));
}

/** Schemas with an id become components. Each is generated inside a wrapper, because a root with an id is not a reference. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, unknown>): unknown {
  const wrapped = z.toJSONSchema(z.object({ root: schema }), { io, target: 'draft-2020-12' });
  for (const [name, definition] of Object.entries(wrapped.$defs ?? {})) components.set(name, relocate(definition));
  return relocate(wrapped.properties?.root ?? {});
}

function relocate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relocate);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name, value]) => name !== 'id' || typeof value !== 'string')
      .map(([name, value]) => [
        name,
        name === '$ref' ? String(value).replace('#/$defs/', '#/components/schemas/') : relocate(value),
      ]),
  );
}
