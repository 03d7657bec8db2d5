/**
 * Which prices of a class are tried. No more can be traded at a price than the curves of demand and supply have there; all that miss it are bids which want all
 * or nothing, or only find their own bidder's tickets. Where many do, every price would have to be tried, and clearing is one transaction: so a fixed number is.
 * Half of them are the best of what all bids promise. The others are the best for the bids that take less than they ask for: those keep such a promise, so
 * bids that can't be served hide no price at which much would be traded without them.
 */
import type { CountedAsk, CountedBid } from './book.js';
import { demandOf, supplyCurve } from './curves.js';
import type { Standing } from './standing.js';

/** So many prices are tried of each of the two rankings. */
export const TRIALS_PER_RANKING = 32;

/** A price, and how many tickets change hands at it, or could at most. */
export interface Candidate {
  readonly priceMinor: number;
  readonly quantity: number;
}

export const isBetter = (a: Candidate, b: Candidate): boolean =>
  a.quantity > b.quantity || (a.quantity === b.quantity && a.priceMinor < b.priceMinor);

interface Class {
  /** The highest limit first. */
  readonly bids: readonly CountedBid[];
  /** The cheapest first. */
  readonly asks: readonly CountedAsk[];
  readonly totalOf: (priceMinor: number) => number;
}

/** @param standing a fresh one for each supposition. @returns what is promised at most at the prices to be tried, the best first */
export function candidatesOf({ bids, asks, totalOf }: Class, standing: () => Standing): readonly Candidate[] {
  const supply = supplyCurve(asks, totalOf);
  const rank = (some: readonly CountedBid[]): readonly Candidate[] => {
    const demandAt = demandOf(some, standing());
    return supply
      .map(({ priceMinor, totalMinor, quantity }) => ({
        priceMinor,
        quantity: Math.min(quantity, demandAt(totalMinor)),
      }))
      .sort((a, b) => (isBetter(a, b) ? -1 : 1));
  };
  const promised = rank(bids);
  const kept = rank(bids.filter(({ allOrNothing }) => !allOrNothing));
  const tried = new Set(
    [promised, kept].flatMap((ranking) => ranking.slice(0, TRIALS_PER_RANKING)).map(({ priceMinor }) => priceMinor),
  );
  return promised.filter(({ priceMinor }) => tried.has(priceMinor));
}
