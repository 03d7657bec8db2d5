/** Places spelled out one by one: what tests hold the ledger's ranges against. */
import type { AllotmentRecord } from '../../chaincode/domain/records.js';

/** All places of an allotment, in its own order. */
export function* placesOf(supply: Pick<AllotmentRecord, 'seats' | 'pool'>): Generator<string> {
  const { pool, seats } = supply;
  if (pool) for (let number = pool.from; number <= pool.to; number += 1) yield `${pool.section}:${number}`;
  for (const [row, from, to] of seats?.rows ?? []) {
    for (let number = from; number <= to; number += 1) yield `${seats?.section ?? ''}:${row}:${number}`;
  }
}
