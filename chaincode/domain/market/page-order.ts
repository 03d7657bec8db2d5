/** What the ledger has read in a slot. */
import type { RefusalCode } from '../refusal.js';
import type { ReadOrder } from './resolve.js';

/** It was not opened, or is nobody's word: it counts for nothing. */
export interface UnreadOrder {
  /** Its place among all slots of the market. */
  readonly at: number;
  readonly void: RefusalCode;
}

/** What an ask offers, as the ledger knows it. */
export interface Offered {
  readonly allotment: string;
  readonly priceClass: string;
  /** The most that its buyer may pay in all; null without a cap. */
  readonly capMinor: number | null;
  /** How many tickets its holder may resell before that counts as a trade; null without a limit. */
  readonly room: number | null;
}

/** Its author's word, with the rule that it breaks if it does. */
export interface KnownOrder extends ReadOrder {
  readonly offered?: Offered;
}

export type PageOrder = UnreadOrder | KnownOrder;

export const isKnown = (order: PageOrder): order is KnownOrder => 'credential' in order;
