/**
 * The operators' fee (the seeds' reward for miners, DESIGN section 7): for each newly accepted command its submitter owes the tariff, and the
 * endorsers that the policy needed share it equally. No chaincode is involved: it is computed from blocks alone.
 *
 * Needed are as many organizations as the chaincode's definition in force says. Where a transaction names more, they are taken in this order: those
 * that a key's own policy asks for (the organizer for its event, an organization for its keys), then the others in the transaction's order, the
 * submitter itself last. Peers verify no more signatures than they need, so a superfluous one may be forged; being last, nobody keeps more of his
 * fee by adding some.
 */
import { z } from 'zod';
import { organizerOf } from '../../chaincode/domain/ids.js';
import type { EndorsementPolicy } from '../fabric/endorsement-policy.js';
import type { LedgerTransaction } from './ledger-blocks.js';

export const OPERATORS_FEE = 'operators-fee';

/** What an accepted command costs, from a booking time on until the next tariff: a new tariff must not change what was owed before it. */
export const tariffSchema = z.object({
  since: z.iso.datetime({ error: 'is not a time like 2027-05-01T18:00:00Z' }),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'is not an ISO 4217 code' }),
  perCommandMinor: z.int().min(0).max(1_000_000_000),
});
export type Tariff = Readonly<z.infer<typeof tariffSchema>>;

/** @returns the latest that has begun; without one there is no fee */
export function tariffAt(tariffs: readonly Tariff[], bookedAtMs: number): Tariff | undefined {
  return tariffs
    .filter(({ since }) => Date.parse(since) <= bookedAtMs)
    .reduce<Tariff | undefined>(
      (latest, each) => (latest && Date.parse(latest.since) > Date.parse(each.since) ? latest : each),
      undefined,
    );
}

export interface Share {
  readonly endorser: string;
  readonly amountMinor: number;
}

/** @param owedMinor what the submitter owes for the transaction. @returns shares that sum to it, if anybody endorsed */
export function sharesOf(
  transaction: LedgerTransaction,
  owedMinor: number,
  policy: EndorsementPolicy | undefined,
): readonly Share[] {
  const endorsers = neededEndorsers(transaction, policy);
  return splitEqually(owedMinor, endorsers.length).flatMap((amountMinor, index) => {
    const endorser = endorsers[index];
    return endorser === undefined || amountMinor === 0 ? [] : [{ endorser, amountMinor }];
  });
}

/** What can't be divided goes to the first ones, a unit each. */
export function splitEqually(amountMinor: number, count: number): readonly number[] {
  const each = count === 0 ? 0 : Math.floor(amountMinor / count);
  const rest = amountMinor - each * count;
  return Array.from({ length: count }, (_, index) => (index < rest ? each + 1 : each));
}

export function neededEndorsers(
  { endorsers, submitter, writes }: LedgerTransaction,
  policy: EndorsementPolicy | undefined,
): readonly string[] {
  const entitled = [...new Set(endorsers)].filter((msp) => policy?.organizations.includes(msp) ?? true);
  const required = new Set(writes.flatMap(({ key }) => requiredBy(key)));
  const rank = (msp: string) => (required.has(msp) ? 0 : msp === submitter ? 2 : 1);
  const inOrder = entitled.toSorted((one, other) => rank(one) - rank(other));
  const count = inOrder.filter((msp) => required.has(msp)).length;
  return inOrder.slice(0, Math.max(policy?.needed ?? inOrder.length, count));
}

/** The organization that a key's own policy asks for (chaincode/README.md, Records). */
function requiredBy(key: string): readonly string[] {
  const [first = '', kind = '', owner = ''] = key.split('/');
  if (first === 'consortium') return kind === 'k' ? [owner] : [];
  return kind === 'e' || kind === 'p' ? [organizerOf(first)] : [];
}
