/**
 * What a policy parameter is: the values it may take, the one it has by default, and which way it may move once tickets are sold. Somebody
 * bought under the rules of that day; they may only change in his favour.
 */
import { z } from 'zod';

/** `up` and `down` by magnitude, `superset` by inclusion, `never` not at all. */
export type Favours = 'up' | 'down' | 'superset' | 'never';

/** `class`: may differ between price classes. `event`: one for the whole event, because what it governs is the event's. */
export type Scope = 'event' | 'class';

export interface Parameter<T = unknown> {
  readonly schema: z.ZodType<T>;
  readonly byDefault: T;
  readonly favours: Favours;
  readonly scope: Scope;
  /** Whether a change from `before` to `after` goes the favoured way, or nowhere. */
  allows(before: T, after: T): boolean;
}

interface Spec<T> {
  readonly schema: z.ZodType<T>;
  readonly byDefault: NoInfer<T>;
  readonly scope?: Scope;
}

/** Amounts by which a value is more or less than another, one by one. */
type Measure<T> = (value: T) => readonly number[];

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export const never = <T>(spec: Spec<T>): Parameter<T> => ({
  scope: 'class',
  ...spec,
  favours: 'never',
  allows: sameJson,
});

export const up = <T>(spec: Spec<T>, measure: Measure<T>): Parameter<T> => ({
  scope: 'class',
  ...spec,
  favours: 'up',
  allows: (before, after) => measure(before).every((value, index) => value <= (measure(after)[index] ?? value)),
});

export const down = <T>(spec: Spec<T>, measure: Measure<T>): Parameter<T> => ({
  scope: 'class',
  ...spec,
  favours: 'down',
  allows: (before, after) => measure(before).every((value, index) => value >= (measure(after)[index] ?? value)),
});

export const superset = <T>(spec: Spec<T>, covers: (after: T, before: T) => boolean): Parameter<T> => ({
  scope: 'class',
  ...spec,
  favours: 'superset',
  allows: (before, after) => covers(after, before),
});

/** A limit that is not set is beyond every number. */
export const limitOf = (value: number | null): readonly number[] => [value ?? Number.POSITIVE_INFINITY];

/** The rank of a value among others, the mildest first. */
export const rankIn =
  <T>(order: readonly T[]): Measure<T> =>
  (value) => [order.indexOf(value)];

export const flag: Measure<boolean> = (value) => [Number(value)];

/** Ten years at most: no event is planned for longer, and every sum with a time stays a time. */
export const spanSeconds = z
  .int()
  .min(0)
  .max(10 * 365 * 86_400);

/** From so long before the start (null: from the first) until so long before it. */
export const windowSchema = z.strictObject({
  opensBeforeStartSeconds: spanSeconds.nullable(),
  closesBeforeStartSeconds: spanSeconds,
});
export type PolicyWindow = Readonly<z.infer<typeof windowSchema>>;

export const ALWAYS: PolicyWindow = { opensBeforeStartSeconds: null, closesBeforeStartSeconds: 0 };

export const coversWindow = (after: PolicyWindow, before: PolicyWindow): boolean =>
  (after.opensBeforeStartSeconds ?? Number.POSITIVE_INFINITY) >=
    (before.opensBeforeStartSeconds ?? Number.POSITIVE_INFINITY) &&
  after.closesBeforeStartSeconds <= before.closesBeforeStartSeconds;

export const coversList = <T>(after: readonly T[], before: readonly T[]): boolean =>
  before.every((value) => after.includes(value));
