/** Demand and supply of one price class, for every price at once. */
import type { CountedAsk, CountedBid } from './book.js';
import type { Offer } from './offers.js';
import type { Standing } from './standing.js';

/** A price, and what it comes to for the buyer. */
interface Price {
  readonly priceMinor: number;
  readonly totalMinor: number;
}

/** An ask is in the market at every price from its own to where the total is its cap. */
const isOffered = ({ askMinor, capMinor }: CountedAsk, { priceMinor, totalMinor }: Price): boolean =>
  askMinor <= priceMinor && (capMinor === null || totalMinor <= capMinor);

export const offersAt = (asks: readonly CountedAsk[], price: Price): readonly Offer[] =>
  asks.filter((ask) => isOffered(ask, price)).map((ask) => ({ ask, ...price }));

/** @param asks the cheapest first. @returns for each price that is asked, the lowest first, how many asks are in the market at it */
export function supplyCurve(
  asks: readonly CountedAsk[],
  totalOf: (priceMinor: number) => number,
): readonly (Price & { readonly quantity: number })[] {
  const priced = asks.map((ask) => ({ ask, priceMinor: ask.askMinor, totalMinor: totalOf(ask.askMinor) }));
  const offered = priced.filter(({ ask, ...price }) => isOffered(ask, price));
  const caps = offered.flatMap(({ ask: { capMinor } }) => capMinor ?? []).sort((a, b) => a - b);
  return offered.flatMap(({ priceMinor, totalMinor }, index) => {
    // Of asks at one price the last one counts all of them.
    if (offered[index + 1]?.priceMinor === priceMinor) return [];
    // Whose cap is below this total asks for less than this price, so it is one of those counted.
    const gone = countWhile(caps, (capMinor) => capMinor < totalMinor);
    return [{ priceMinor, totalMinor, quantity: index + 1 - gone }];
  });
}

/**
 * @param bids the highest limit first
 * @returns how many tickets would be bought at a total if there were enough of them; with fewer nobody buys more, for who wants all or nothing and does not get
 *   it leaves himself fewer than that
 */
export function demandOf(bids: readonly CountedBid[], standing: Standing): (totalMinor: number) => number {
  const demanded = [0];
  for (const [index, bid] of bids.entries()) {
    const recipients = standing.recipients(bid);
    standing.win(bid, recipients);
    demanded.push((demanded[index] ?? 0) + recipients.length);
  }
  return (totalMinor) => demanded[countWhile(bids, ({ limitMinor }) => limitMinor >= totalMinor)] ?? 0;
}

/** @param sorted those that hold come first. @returns how many hold */
function countWhile<T>(sorted: readonly T[], holds: (each: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const each = sorted[middle];
    if (each !== undefined && holds(each)) low = middle + 1;
    else high = middle;
  }
  return low;
}
