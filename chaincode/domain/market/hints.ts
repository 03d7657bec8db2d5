/**
 * What a command names only so that its records can be loaded. Whatever is needed must be there: nobody can void an order, or a trade, by leaving out what it
 * is judged by.
 */
import { require } from '../refusal.js';

/** @throws {Refusal} HINTS_INCOMPLETE naming all that is missing */
export function requireHints(needed: Iterable<string>, named: readonly string[], field: string): void {
  const given = new Set(named);
  const missing = [...new Set(needed)].filter((id) => !given.has(id));
  require(missing.length === 0, 'HINTS_INCOMPLETE', { field, missing: missing.join(' ') });
}
