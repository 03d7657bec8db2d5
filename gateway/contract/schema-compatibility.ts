/**
 * Whether a schema (JSON Schema 2020-12, as zod writes it) still keeps what a published one promised. What callers send may be told more leniently, never
 * more strictly; what they read may gain members, values and variants, never lose or change a member. Clients expect values that they don't know.
 */
export type Schema = Readonly<Record<string, unknown>>;
export type Direction = 'sent' | 'read';

export interface Side {
  readonly schema: Schema;
  /** The document's components, for `$ref`. */
  readonly components: Readonly<Record<string, Schema>>;
}

/** @returns what a client of the published one would stumble over, each beginning with where */
export function schemaBreaks(published: Side, present: Side, direction: Direction, at = ''): readonly string[] {
  return compare(published, present, { direction, at, seen: new Set() });
}

interface Course {
  readonly direction: Direction;
  readonly at: string;
  /** Pairs of components on the way here: schemas may contain themselves. */
  readonly seen: ReadonlySet<string>;
}

function compare(before: Side, now: Side, course: Course): readonly string[] {
  const pair = `${refOf(before.schema)}|${refOf(now.schema)}`;
  if (course.seen.has(pair)) return [];
  const further = pair === '|' ? course : { ...course, seen: new Set([...course.seen, pair]) };
  const [was, is] = [resolved(before), resolved(now)];
  const [variants, present] = [variantsOf(was), variantsOf(is)];
  if (variants.length > 1 || present.length > 1) return variantBreaks(variants, present, further);
  if (course.direction === 'sent' && isAnything(was.schema) && !isAnything(is.schema))
    return [`${course.at}: only ${String(is.schema.type)} is taken now`];
  if (was.schema.type !== undefined && JSON.stringify(was.schema.type) !== JSON.stringify(is.schema.type))
    return [`${course.at}: type ${JSON.stringify(was.schema.type)} is ${JSON.stringify(is.schema.type)} now`];
  return [
    ...valueBreaks(was.schema, is.schema, course),
    ...memberBreaks(was, is, further),
    ...itemBreaks(was, is, further),
  ];
}

/** Nothing is said of it. */
const isAnything = ({ type, enum: values, const: value }: Schema): boolean =>
  type === undefined && values === undefined && value === undefined;

const refOf = ({ $ref }: Schema): string => (typeof $ref === 'string' ? $ref : '');

function resolved(side: Side): Side {
  const name = refOf(side.schema).split('/').at(-1) ?? '';
  const found = side.components[name];
  return found ? resolved({ ...side, schema: found }) : side;
}

function variantsOf(side: Side): readonly Side[] {
  const variants = (side.schema.anyOf ?? side.schema.oneOf) as readonly Schema[] | undefined;
  if (!variants) return [side];
  return variants.flatMap((schema) => variantsOf(resolved({ ...side, schema })));
}

/** Of what is sent each published variant must still be taken; of what is read each present one must be known, or have a name of its own. */
function variantBreaks(before: readonly Side[], now: readonly Side[], course: Course): readonly string[] {
  const [asked, offered] = course.direction === 'sent' ? [before, now] : [now, before];
  return asked.flatMap((each) => {
    const name = nameOf(each);
    const candidates = name === '' ? offered : offered.filter((other) => nameOf(other) === name);
    const breaks = candidates.map((other) =>
      course.direction === 'sent' ? compare(each, other, course) : compare(other, each, course),
    );
    if (breaks.some(({ length }) => length === 0)) return [];
    if (name !== '' && breaks.length === 0) return course.direction === 'sent' ? [`${course.at}: ${name} is gone`] : [];
    return breaks.length === 1
      ? (breaks[0] ?? [])
      : [`${course.at}: a variant is ${course.direction === 'sent' ? 'gone' : 'new'}`];
  });
}

/** Members with one value only tell variants apart. */
function nameOf({ schema }: Side): string {
  const members = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>);
  return members
    .flatMap(([name, { const: value }]) => (value === undefined ? [] : [`${name} ${JSON.stringify(value)}`]))
    .join();
}

const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];

function valueBreaks(was: Schema, is: Schema, { direction, at }: Course): readonly string[] {
  if (was.const !== is.const) return [`${at}: ${String(was.const)} is ${String(is.const)} now`];
  if (direction === 'read') return [];
  const gone = valuesOf(was).filter((value) => is.enum !== undefined && !valuesOf(is).includes(value));
  const below = UPPER.filter((bound) => Number(is[bound] ?? Infinity) < Number(was[bound] ?? Infinity));
  const above = LOWER.filter((bound) => Number(is[bound] ?? -Infinity) > Number(was[bound] ?? -Infinity));
  const isLeftOut = was.default !== undefined && JSON.stringify(was.default) !== JSON.stringify(is.default);
  const isClosed = was.enum === undefined && is.enum !== undefined;
  return [
    ...gone.map((value) => `${at}: value ${String(value)} is gone`),
    ...(isLeftOut ? [`${at}: default has changed`] : []),
    ...(isClosed ? [`${at}: only some values are taken now`] : []),
    ...[...below, ...above].map((bound) => `${at}: ${bound} is stricter`),
    ...['pattern', 'format', 'multipleOf', 'uniqueItems']
      .filter((name) => is[name] !== undefined && was[name] !== is[name])
      .map((name) => `${at}: ${name} has changed`),
  ];
}

const valuesOf = (schema: Schema): readonly unknown[] => (schema.enum as readonly unknown[] | undefined) ?? [];

function memberBreaks(was: Side, is: Side, course: Course): readonly string[] {
  const [before, now] = [membersOf(was), membersOf(is)];
  const [required, requiredNow] = [requiredOf(was), requiredOf(is)];
  const path = (name: string) => `${course.at}.${name}`;
  const common = Object.keys(before).filter((name) => name in now);
  return [
    ...Object.keys(before)
      .filter((name) => !(name in now))
      .map((name) => `${path(name)}: is gone`),
    ...(course.direction === 'sent'
      ? requiredNow.filter((name) => !required.includes(name)).map((name) => `${path(name)}: is required now`)
      : required
          .filter((name) => name in now && !requiredNow.includes(name))
          .map((name) => `${path(name)}: may be absent now`)),
    ...common.flatMap((name) =>
      compare(
        { ...was, schema: before[name] ?? {} },
        { ...is, schema: now[name] ?? {} },
        { ...course, at: path(name) },
      ),
    ),
  ];
}

const membersOf = ({ schema }: Side) => (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
const requiredOf = ({ schema }: Side) => (schema.required ?? []) as readonly string[];

/** Of arrays, tuples and records. */
function itemBreaks(was: Side, is: Side, course: Course): readonly string[] {
  const into = (name: string, before: unknown, now: unknown) =>
    isSchema(before) && isSchema(now)
      ? compare({ ...was, schema: before }, { ...is, schema: now }, { ...course, at: `${course.at}${name}` })
      : [];
  const [tuple, tupleNow] = [was, is].map(({ schema }) => (schema.prefixItems ?? []) as readonly Schema[]);
  const length = tuple?.length === tupleNow?.length ? [] : [`${course.at}: has another length`];
  return [
    ...into('[]', was.schema.items, is.schema.items),
    ...(isShut(was, is, course) ? [`${course.at}: other members are not taken any more`] : []),
    ...into('.name', was.schema.propertyNames, is.schema.propertyNames),
    ...into('.*', was.schema.additionalProperties, is.schema.additionalProperties),
    ...length,
    ...(tuple ?? []).flatMap((each, index) => into(`[${index}]`, each, tupleNow?.[index])),
  ];
}

const isShut = (was: Side, is: Side, { direction }: Course): boolean =>
  direction === 'sent' && was.schema.additionalProperties !== false && is.schema.additionalProperties === false;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
