/** Reading untrusted values: a schema's complaint becomes a refusal that names the field. */
import type { z } from 'zod';
import { refuse } from './refusal.js';

/** @throws {Refusal} UNKNOWN_FIELD or INVALID_FIELD with the path of the member at fault, below `field`. */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, field: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = pathOf(field, issue?.path ?? []);
  if (issue?.code === 'unrecognized_keys') {
    return refuse('UNKNOWN_FIELD', { field: pathOf(path, [issue.keys[0] ?? '']) });
  }
  return refuse('INVALID_FIELD', { field: path, reason: issue?.message ?? 'is not valid' });
}

/** `sale`, ['seats', 1] → `sale.seats[1]`. */
function pathOf(field: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((at, step) => {
    if (typeof step === 'number') return `${at}[${step}]`;
    return at === '' ? String(step) : `${at}.${String(step)}`;
  }, field);
}
