/** What a transaction wrote of an event against what its commands come to. */
import { decodeRecord } from '../../chaincode/ledger/codec.js';
import { differ, isSame } from './difference.js';
import type { AuditedTransaction } from './transactions.js';

/** Memories of commands, of payments and of scans. */
const BESIDE = new Set(['c', 'r', 's']);

/** @throws {Difference} the first, in the order in which the commands write; then what nobody should have written */
export function compare(event: string, expected: ReadonlyMap<string, unknown>, { writes }: AuditedTransaction): void {
  const found = new Map(writes.map(({ key, value }) => [key, decodeRecord(value)]));
  for (const [key, record] of expected) if (!isSame(record, found.get(key))) differ(key, record, found.get(key));
  for (const [key, record] of found) {
    if (!key.startsWith(`${event}/`) || expected.has(key)) continue;
    const [kind = ''] = key.slice(event.length + 1).split('/');
    if (!BESIDE.has(kind)) differ(key, undefined, record);
  }
}
