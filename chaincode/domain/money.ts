/** Money: integers of minor units. A result beyond 2^53 - 1 is refused, never rounded. */
import { require } from './refusal.js';

export function addMinor(a: number, b: number, field: string): number {
  const sum = a + b;
  require(Number.isSafeInteger(sum), 'AMOUNT_OVERFLOW', { field });
  return sum;
}

export function multiplyMinor(amount: number, count: number, field: string): number {
  const product = amount * count;
  require(Number.isSafeInteger(product), 'AMOUNT_OVERFLOW', { field });
  return product;
}

/** A share of an amount, rounded down. @param bps basis points: 10,000 are the whole */
export function shareOf(amountMinor: number, bps: number): number {
  return Number((BigInt(amountMinor) * BigInt(bps)) / 10_000n);
}

/** What an entry is for, from the account's side. */
export const ENTRY_KINDS = [
  /** A seller took a buyer's money: it owes that on. */
  'collected',
  /** The organizer's face price. */
  'face',
  /** A fee of the allotment. */
  'fee',
  /** The executing reseller's fees of a resale, of seller and buyer. */
  'commission',
  'royalty',
  'venue',
  /** What a holder gets for a ticket that he sold, up to what he had paid himself. */
  'proceeds',
  /** What he gets beyond, held back until the event has ended. */
  'surplus',
  'refund',
  /** A reseller paid a holder's balance out. */
  'payout',
  /** Money captured for bids of a sealed market, and what of it a trade takes. */
  'deposit',
  /** What is left of it, back to who deposited it. */
  'release',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of double entry: an account, and what it gains (positive) or gives (negative). The lines of a command sum to zero. */
export type Entry = readonly [account: string, amountMinor: number, kind: EntryKind];

/** Accounts: an organization's is its MSP id, which has no colon; the others' have one. */
export const holderAccount = (holder: string): string => `holder:${holder}`;
/** Surpluses of an event until it has ended. */
export const ESCROW_ACCOUNT = 'escrow:surplus';
/** Deposits of an event's sealed market until it is over. */
export const ESCROWED_DEPOSITS = 'escrow:deposits';
