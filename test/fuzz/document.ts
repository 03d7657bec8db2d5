/** The document as the fuzzer reads it: without `default`, so that a status that an operation does not name is found, and without recorded examples. */

interface Described {
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

export function withoutDefault(document: Document): Document {
  const paths = Object.entries(document.paths).map(([path, methods]) => [
    path,
    Object.fromEntries(Object.entries(methods).map(([method, described]) => [method, narrowed(described)])),
  ]);
  return { ...document, paths: Object.fromEntries(paths) as Document['paths'] };
}

function narrowed({ responses, ...described }: Described): Described {
  const { default: rest, ...named } = responses;
  if (rest === undefined) throw new Error('an operation has no default: is this the document?');
  return { ...described, responses: named };
}
