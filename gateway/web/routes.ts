/** Which page an address names. Pure. */

/** A pattern (`events/:`, where a colon stands for one segment) and what it leads to. */
export type Routes<S> = Readonly<Record<string, S>>;

/** @throws {URIError} for a fragment that is no encoding of anything */
export function segmentsOf(hash: string): readonly string[] {
  const path = hash.startsWith('#/') ? hash.slice(2) : '';
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
}

export function match<S>(routes: Routes<S>, segments: readonly string[]): { show: S; parameters: string[] } {
  for (const [pattern, found] of Object.entries(routes)) {
    const parts = pattern === '' ? [] : pattern.split('/');
    const fits = parts.length === segments.length && parts.every((part, at) => part === ':' || part === segments[at]);
    if (fits) return { show: found, parameters: segments.filter((_, at) => parts[at] === ':') };
  }
  throw new RangeError('There is no such page.');
}
