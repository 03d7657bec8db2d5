/** Whether who could call an operation still can: of each published way to be authorised, one that asks no more must be there. */

/** Schemes that must all be shown, each with the scopes that it must have. */
export type Requirement = Readonly<Record<string, readonly string[]>>;
/** As OpenAPI has them: `http` has a scheme, `apiKey` a name and a place. */
export type SecuritySchemes = Readonly<
  Record<string, Readonly<Partial<Record<'type' | 'scheme' | 'in' | 'name', string>>>>
>;

interface Side {
  /** Alternatives; none: anybody may call. */
  readonly security: readonly Requirement[] | undefined;
  readonly schemes: SecuritySchemes | undefined;
}

export function securityBreaks(published: Side, present: Side): readonly string[] {
  const [before, now] = [waysOf(published), waysOf(present)];
  return before.flatMap((way) => {
    if (now.some((other) => isNoStricter(other, way))) return [];
    return [way.size === 0 ? 'it asks for authorisation now' : `${[...way.keys()].join()}: is not enough any more`];
  });
}

type Way = ReadonlyMap<string, readonly string[]>;

const waysOf = ({ security = [], schemes = {} }: Side): readonly Way[] =>
  (security.length === 0 ? [{}] : security).map(
    (requirement) =>
      new Map(Object.entries(requirement).map(([name, scopes]) => [shownAs(schemes[name], name), scopes])),
  );

/** What is sent, whatever the document calls it. */
function shownAs(scheme: SecuritySchemes[string] | undefined, name: string): string {
  if (!scheme) return name;
  return [scheme.type, scheme.scheme, scheme.in, scheme.name].filter((each) => each !== undefined).join(' ');
}

const isNoStricter = (now: Way, before: Way): boolean =>
  [...now].every(
    ([scheme, scopes]) => scopes.every((scope) => before.get(scheme)?.includes(scope)) && before.has(scheme),
  );
