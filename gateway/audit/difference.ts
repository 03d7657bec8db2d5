/** The first thing that does not agree: which record, what it would have to be, and what it is. */
import { Refusal } from '../../chaincode/domain/refusal.js';

export interface Found {
  /** The record's key, or what is summed up. */
  readonly key: string;
  /** As they are on the ledger; text where it is no record. */
  readonly expected: unknown;
  readonly found: unknown;
  readonly block?: number;
  readonly tx?: string;
}

/** Ends an audit. */
export class Difference extends Error {
  override readonly name = 'Difference';

  constructor(readonly difference: Found) {
    super(`${difference.key} differs`);
  }
}

export function differ(key: string, expected: unknown, found: unknown): never {
  throw new Difference({ key, expected, found });
}

/** @throws {Difference} unless it holds */
export function agree(holds: boolean, key: string, expected: unknown, found: unknown): asserts holds {
  if (!holds) differ(key, expected, found);
}

/** What the ledger took must be in order: a refusal here is a difference. @param key what was written by it */
export function accepted<T>(key: string, judge: () => T): T {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return differ(key, `refused: ${error.code} ${JSON.stringify(error.details)}`, 'accepted');
  }
}

/** The members of records are compared whatever their order, those of lists in theirs. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [definedIn(a), definedIn(b)];
  return (
    left.size === right.size && [...left].every(([name, value]) => right.has(name) && isSame(value, right.get(name)))
  );
}

/** JSON has no undefined members. */
const definedIn = (record: object) =>
  new Map<string, unknown>(Object.entries(record).filter(([, value]) => value !== undefined));
