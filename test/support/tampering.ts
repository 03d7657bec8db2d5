/** Changes in JSON by path. A step `?` is the first member in which the rest of the path is found. */
import { withLetter } from './curve.js';

export type Change = (value: unknown) => unknown;

/** @returns the same value with what is at the path changed; undefined where there is no such path */
export function changed(value: unknown, path: string, change: Change): unknown {
  return path === '' ? change(value) : changedBelow(value, path.split('.'), change);
}

function changedBelow(value: unknown, [step = '', ...rest]: readonly string[], change: Change): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = Object.entries(value).filter(([name]) => step === '?' || name === step);
  for (const [name, member] of members) {
    const after: unknown = rest.length === 0 ? change(member) : changedBelow(member, rest, change);
    if (after === undefined) continue;
    if (Array.isArray(value)) return value.map((each: unknown, at) => (String(at) === name ? after : each));
    return { ...value, [name]: after === GONE ? undefined : after };
  }
  return undefined;
}

export const has = (value: unknown, path: string): boolean => changed(value, path, () => true) !== undefined;

const GONE = Symbol('gone');
export const gone: Change = () => GONE;
export const to =
  (other: unknown): Change =>
  () =>
    other;
export const plus =
  (amount: number): Change =>
  (value) =>
    Number(value) + amount;
/** Another letter in its place. */
export const flipped: Change = (value) => withLetter(String(value), 9);
export const withoutLast: Change = (list) => (list as readonly unknown[]).slice(0, -1);
export const reversed: Change = (list) => (list as readonly unknown[]).toReversed();
/** Only where it is this. */
export const from =
  (one: unknown, other: unknown): Change =>
  (value) =>
    value === one ? other : undefined;
