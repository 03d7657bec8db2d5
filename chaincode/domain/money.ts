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

/** One line of double entry: an organization (MSP id) or a holder, and what it gains (positive) or gives (negative). */
export type Entry = readonly [account: string, amountMinor: number];
