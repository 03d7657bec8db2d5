/**
 * The commands that a transaction newly accepted: what its chaincode event names, as far as the transaction wrote the very records under which
 * those commands are remembered. A command that is answered with its first receipt writes none.
 */
import { z } from 'zod';
import { organizationKeysKey } from '../../chaincode/domain/keys.js';
import { decodedOr } from './entries.js';
import type { LedgerTransaction } from './ledger-blocks.js';

const factsSchema = z.array(z.tuple([z.string(), z.string().nullable(), z.string()]));
/** Its organization alone endorses what is below; no command is remembered there. */
const KEYS_PREFIX = organizationKeysKey('');

/**
 * How many there are. Such a record is under the chaincode's own policy, so where there is one, as many organizations as that policy needs have
 * endorsed the transaction; without one a single organization may have.
 */
export function acceptedIn({ tx, event, writes }: LedgerTransaction): number {
  if (event === undefined) return 0;
  const facts = factsSchema.safeParse(decodedOr(Buffer.from(event, 'utf8')));
  if (!facts.success) return 0;
  const memories = new Set(facts.data.map(([, , memory]) => memory));
  return writes.filter(
    ({ key, value }) => memories.has(key) && !key.startsWith(KEYS_PREFIX) && txOf(decodedOr(value)) === tx,
  ).length;
}

const txOf = (record: unknown): unknown => (record as { tx?: unknown } | null | undefined)?.tx;
