/** Whether the document as it is now keeps what a published one promised to clients. Each rule names the operation and what is missing. */
import { securityBreaks, type Requirement, type SecuritySchemes } from './security-compatibility.js';
import { schemaBreaks, type Direction, type Schema, type Side } from './schema-compatibility.js';

interface Header {
  readonly required?: boolean;
}
interface Content {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
}
interface Described {
  readonly operationId: string;
  readonly security?: readonly Requirement[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, Content>>;
    readonly securitySchemes?: SecuritySchemes;
  };
}

interface Pair {
  readonly published: ApiDocument;
  readonly present: ApiDocument;
}

/** @returns nothing if every client of the published document still finds what it uses */
export function incompatibilities(published: ApiDocument, present: ApiDocument): readonly string[] {
  return Object.entries(published.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const at = `${method.toUpperCase()} ${path}`;
      const now = present.paths[path]?.[method];
      if (!now) return [`${at}: the operation is gone`];
      return operationBreaks(before, now, { published, present }).map((each) => `${at}: ${each}`);
    }),
  );
}

function operationBreaks(before: Described, now: Described, pair: Pair): readonly string[] {
  return [
    ...(before.operationId === now.operationId ? [] : [`operationId ${before.operationId} is ${now.operationId} now`]),
    ...securityBreaks(
      { security: before.security, schemes: pair.published.components.securitySchemes },
      { security: now.security, schemes: pair.present.components.securitySchemes },
    ),
    ...parameterBreaks(before, now, pair),
    ...bodyBreaks(before, now, pair),
    ...responseBreaks(before, now, pair),
  ];
}

function parameterBreaks(before: Described, now: Described, pair: Pair): readonly string[] {
  const keyOf = (each: Parameter) => `${each.in} ${each.name}`;
  const known = new Map(before.parameters.map((each) => [keyOf(each), each]));
  const present = new Map(now.parameters.map((each) => [keyOf(each), each]));
  const gone = [...known.keys()].filter((key) => !present.has(key)).map((key) => `${key}: is gone`);
  const changed = now.parameters.flatMap((each) => {
    const key = keyOf(each);
    const was = known.get(key);
    const demanded = each.required && was?.required !== true ? [`${key}: is required now`] : [];
    return [...demanded, ...(was ? breaksOf(was.schema, each.schema, pair, 'sent', key) : [])];
  });
  return [...gone, ...changed];
}

function bodyBreaks(before: Described, now: Described, pair: Pair): readonly string[] {
  const [was, is] = [before.requestBody, now.requestBody];
  const demanded = is?.required === true && was?.required !== true ? ['body: is required now'] : [];
  if (!was) return demanded;
  return is ? [...demanded, ...contentBreaks(was, is, pair, 'sent', 'body')] : ['body: is gone'];
}

const PROBLEMS = 400;

/** A status that `default` told of keeps to what that said; problems say more codes as time goes by. */
function responseBreaks(before: Described, now: Described, pair: Pair): readonly string[] {
  const { default: rest, ...named } = before.responses;
  const told = rest && Object.keys(now.responses).filter((status) => Number(status) >= PROBLEMS && !(status in named));
  const promised = [...Object.entries(before.responses), ...(told ?? []).map((status) => [status, rest] as const)];
  return promised.flatMap(([status, said]) => {
    const answered = now.responses[status];
    if (!said || !answered) return [`${status}: is gone`];
    const [was, is] = [described(said, pair.published), described(answered, pair.present)];
    return [...headerBreaks(was, is, status), ...contentBreaks(was, is, pair, 'read', status)];
  });
}

const described = (response: Content, { components }: ApiDocument): Content =>
  components.responses?.[response.$ref?.split('/').at(-1) ?? ''] ?? response;

/** What of an answer's headers was always there still is; names are compared as HTTP does. */
function headerBreaks({ headers = {} }: Content, is: Content, status: string): readonly string[] {
  const present = new Map(Object.entries(is.headers ?? {}).map(([name, header]) => [name.toLowerCase(), header]));
  return Object.entries(headers).flatMap(([name, { required = false }]) => {
    const header = present.get(name.toLowerCase());
    if (!header) return [`${status}: header ${name} is gone`];
    return required && header.required !== true ? [`${status}: header ${name} may be absent now`] : [];
  });
}

function contentBreaks(was: Content, is: Content, pair: Pair, direction: Direction, at: string): readonly string[] {
  return Object.entries(was.content ?? {}).flatMap(([mediaType, { schema }]) => {
    const present = is.content?.[mediaType];
    return present ? breaksOf(schema, present.schema, pair, direction, at) : [`${at}: ${mediaType} is gone`];
  });
}

function breaksOf(was: Schema, is: Schema, { published, present }: Pair, direction: Direction, at: string) {
  const sideOf = (schema: Schema, { components }: ApiDocument): Side => ({ schema, components: components.schemas });
  return schemaBreaks(sideOf(was, published), sideOf(is, present), direction, at);
}
