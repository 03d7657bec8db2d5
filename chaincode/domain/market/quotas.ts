/** Quotas, which commands repeat, so that it is known which records a page of orders has before any is loaded. */
import { z } from 'zod';
import { mspId } from '../ids.js';
import { require } from '../refusal.js';
import { MAX_ORDERS } from './orders.js';
import { orderPages, type OrderPage } from './pages.js';
import type { MarketRecord } from './records.js';

export type Quotas = Readonly<Record<string, number>>;

const MAX_ORGANIZATIONS = 64;

/** Slots by MSP id. */
export const quotasSchema = z
  .record(mspId, z.int().min(1).max(MAX_ORDERS))
  .refine((quotas) => isWithinBounds(quotas), { error: 'are too many' });

/** Clearing is one transaction. */
export function isWithinBounds(quotas: Quotas): boolean {
  const slots = Object.values(quotas);
  return slots.length <= MAX_ORGANIZATIONS && slots.reduce((sum, each) => sum + each, 0) <= MAX_ORDERS;
}

/** @throws {Refusal} MARKET_MISMATCH unless they are the market's */
export function requireQuotas({ quotas }: MarketRecord, named: Quotas): void {
  const [own, given] = [Object.entries(quotas), Object.entries(named)];
  const same = own.length === given.length && own.every(([msp, slots]) => named[msp] === slots);
  require(same, 'MARKET_MISMATCH', { field: 'quotas' });
}

/** @throws {Refusal} INVALID_FIELD for a page that there is not */
export function requirePage(quotas: Quotas, page: number): OrderPage {
  const found = orderPages(quotas)[page];
  require(found !== undefined, 'INVALID_FIELD', { field: 'page', reason: 'is beyond the quotas' });
  return found;
}

export const slotsOfPage = ({ from, count }: OrderPage): number[] =>
  Array.from({ length: count }, (_, at) => from + at);
