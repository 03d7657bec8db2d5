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

export interface AcceptedFact {
  readonly kind: string;
  readonly event: string | null;
}

/**
 * Those of them, in their order. Such a record is under the chaincode's own policy, so where there is one, as many organizations as that policy needs have
 * endorsed the transaction; without one a single organization may have.
 */
export function acceptedFacts({ tx, event, writes }: LedgerTransaction): readonly AcceptedFact[] {
  if (event === undefined) return [];
  const facts = factsSchema.safeParse(decodedOr(Buffer.from(event, 'utf8')));
  if (!facts.success) return [];
  const named = new Set(facts.data.map(([, , memory]) => memory));
  const written = new Set(
    writes
      .filter(({ key, value }) => named.has(key) && !key.startsWith(KEYS_PREFIX) && txOf(decodedOr(value)) === tx)
      .map(({ key }) => key),
  );
  return facts.data.flatMap(([kind, of, memory]) => (written.delete(memory) ? [{ kind, event: of }] : []));
}

/** How many there are. */
export const acceptedIn = (transaction: LedgerTransaction): number => acceptedFacts(transaction).length;

const txOf = (record: unknown): unknown => (record as { tx?: unknown } | null | undefined)?.tx;
