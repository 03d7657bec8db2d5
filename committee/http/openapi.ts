/** The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0), generated from the schemas that validate. JSON Schema there is 2020-12, as zod's. */
import { z } from 'zod';
import type { Operation } from './operation.js';
import { problemSchema } from './problem.js';

type Json = Readonly<Record<string, unknown>>;

export function openApiDocument(operations: readonly Operation[]): Json {
  const components = new Map<string, unknown>();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describe(operation, components);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Guichet committee node',
      version: '1',
      summary: 'One of n nodes, any t of which turn a document into a pseudonym that nobody can trace back',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas: Object.fromEntries(components) },
  };
}

function describe({ id, summary, body, response }: Operation, components: Map<string, unknown>): Json {
  const json = (schema: z.ZodType, io: 'input' | 'output') => ({
    'application/json': { schema: schemaOf(schema, io, components) },
  });
  return {
    operationId: id,
    summary,
    ...(body && { requestBody: { required: true, content: json(body, 'input') } }),
    responses: {
      200: { description: 'done', content: json(response, 'output') },
      default: {
        description: 'Problem (RFC 9457)',
        content: { 'application/problem+json': { schema: schemaOf(problemSchema, 'output', components) } },
      },
    },
  };
}

/** Schemas with an id become components. Each is generated inside a wrapper, because a root with an id is not a reference. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, unknown>): unknown {
  const wrapped = z.toJSONSchema(z.object({ root: schema }), { io, target: 'draft-2020-12' });
  for (const [name, definition] of Object.entries(wrapped.$defs ?? {})) components.set(name, relocated(definition));
  return relocated(wrapped.properties?.root ?? {});
}

const relocated = (node: unknown): unknown =>
  JSON.parse(
    JSON.stringify(node, (name, value: unknown) =>
      name === 'id' && typeof value === 'string' ? undefined : value,
    ).replaceAll('"#/$defs/', '"#/components/schemas/'),
  );
