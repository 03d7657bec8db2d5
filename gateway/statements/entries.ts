/**
 * Money entries out of a transaction's writes: double entry, `[[command, [account, amountMinor, kind], …], …]` under `<event>/m/<tx>` (chaincode's
 * EntriesRecord). The rules make them sum to zero for each command; colluding endorsers could write anything, so that is checked again, and a
 * record that breaks it counts for nothing at all: everybody leaves out the same lines, and nobody's sums stop adding up.
 */
import { z } from 'zod';
import { decodeRecord } from '../../chaincode/ledger/codec.js';
import type { LedgerTransaction, LedgerWrite } from './ledger-blocks.js';

/** An MSP id, or a kind of account and its name. */
const account = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}(?::[A-Za-z0-9:_.-]{1,256})?$/);
const entrySchema = z.tuple([account, z.int(), z.string().regex(/^[a-z][a-z-]{0,47}$/)]);
const recordSchema = z.array(z.tuple([z.string().min(1)], entrySchema));

export interface MoneyEntry {
  readonly event: string;
  readonly command: string;
  readonly account: string;
  readonly amountMinor: number;
  readonly kind: string;
  readonly counterparty?: string;
}

export interface EntriesFound {
  readonly entries: readonly MoneyEntry[];
  /** Keys of records that count for nothing. */
  readonly faults: readonly string[];
}

/** All entries of a transaction, in the order of its writes. A transaction may write under its own id only. */
export function entriesIn({ tx, writes }: LedgerTransaction): EntriesFound {
  const entries: MoneyEntry[] = [];
  const faults: string[] = [];
  for (const { key, value } of writes) {
    const [event = '', kind, owner] = key.split('/');
    if (kind !== 'm') continue;
    const found = owner === tx ? entriesOf(event, value) : undefined;
    if (found) entries.push(...found);
    else faults.push(key);
  }
  return { entries, faults };
}

function entriesOf(event: string, value: LedgerWrite['value']): readonly MoneyEntry[] | undefined {
  const parsed = recordSchema.safeParse(decodedOr(value));
  if (!parsed.success || !parsed.data.every(([, ...each]) => isBalanced(each))) return undefined;
  return parsed.data.flatMap(([command, ...each]) =>
    each.map(([account, amountMinor, kind]) => {
      const counterparty = otherSide(amountMinor, each);
      return { event, command, account, amountMinor, kind, ...(counterparty !== undefined && { counterparty }) };
    }),
  );
}

type Entry = Readonly<z.infer<typeof entrySchema>>;

/** In big integers: numbers near 2^53 could round to zero. */
const isBalanced = (entries: readonly Entry[]): boolean =>
  entries.reduce((sum, [, amountMinor]) => sum + BigInt(amountMinor), 0n) === 0n;

function otherSide(amountMinor: number, entries: readonly Entry[]): string | undefined {
  const others = entries.filter(([, other]) => Math.sign(other) === -Math.sign(amountMinor) && other !== 0);
  const [first, ...more] = new Set(others.map(([account]) => account));
  return more.length === 0 ? first : undefined;
}

/** @returns undefined for what is no record */
export function decodedOr(value: Uint8Array): unknown {
  try {
    return decodeRecord(value);
  } catch {
    // The chaincode writes JSON and nothing else; what is not, endorsers made up.
    return undefined;
  }
}
