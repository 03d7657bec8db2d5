/** Transactions that were endorsed on the same state and commit one after the other, as on the real ledger: who read what an earlier one wrote is void. */
import { judgeBatch, keysOf, prepareBatch, type Outcome } from '../../chaincode/domain/batch.js';
import type { Command } from './statements.js';
import { aContext, type SubmitOptions, type TestLedger } from './test-ledger.js';

/** @returns the outcomes of each batch, undefined where it conflicted */
export function submitAtOnce(
  ledger: TestLedger,
  batches: readonly (readonly Command[])[],
  /** Of all, or of each: who is held back was endorsed earlier. */
  options: SubmitOptions | readonly SubmitOptions[] = {},
): readonly (readonly Outcome[] | undefined)[] {
  const records = ledger.records();
  const endorsed = batches.map((batch, index) => {
    const own = Array.isArray(options) ? (options as readonly SubmitOptions[])[index] : (options as SubmitOptions);
    const context = aContext(`tx-at-once-${index}`, own);
    const candidates = prepareBatch(batch, context.caller.mspId);
    const keys = keysOf(candidates);
    return { keys, ...judgeBatch(candidates, new Map(keys.map((key) => [key, records.get(key)])), context) };
  });
  const written = new Set<string>();
  return endorsed.map(({ keys, outcomes, writes }) => {
    if (keys.some((key) => written.has(key))) return undefined;
    for (const { key, record } of writes) {
      written.add(key);
      ledger.put(key, record);
    }
    return outcomes;
  });
}
