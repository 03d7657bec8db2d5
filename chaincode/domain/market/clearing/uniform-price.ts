/**
 * The uniform price (DESIGN section 5): per class the lowest price that maximises the quantity of a call auction, the smaller one of what the bids demand and the
 * asks supply at it. Bids by their limits, then by their draw; asks by their price, then by their draw; all trade at the one price.
 */
import {
  byAsk,
  byClass,
  byDraw,
  compareText,
  type Book,
  type CountedAsk,
  type CountedBid,
  type Trade,
} from './book.js';
import { match } from './match.js';
import { Offers } from './offers.js';
import { Standing } from './standing.js';

export interface UniformPriceResult {
  readonly trades: readonly Trade[];
  /** By price class; of those in which nothing can be traded there is none. */
  readonly prices: ReadonlyMap<string, number>;
}

/** The highest limit first. */
const byLimit = (a: CountedBid, b: CountedBid): number => b.limitMinor - a.limitMinor || byDraw(a, b);

/** Classes one after the other, by their names: what a person wins in one counts in the next. */
export function clearUniformPrice({ bids, asks, people, totalOf }: Book): UniformPriceResult {
  const demand = byClass(bids.toSorted(byLimit));
  const supply = byClass(asks.toSorted(byAsk));
  const standing = new Standing(people);
  const trades: Trade[] = [];
  const prices = new Map<string, number>();
  for (const priceClass of [...supply.keys()].sort(compareText)) {
    const own = { bids: demand.get(priceClass) ?? [], asks: supply.get(priceClass) ?? [] };
    const total = (priceMinor: number) => totalOf(priceClass, priceMinor);
    const priceMinor = uniformPrice(own, standing, total);
    if (priceMinor === undefined) continue;
    prices.set(priceClass, priceMinor);
    const offers = new Offers(offersAt(own.asks, priceMinor, total(priceMinor)));
    for (const bid of own.bids) trades.push(...match(bid, offers, standing));
  }
  return { trades, prices };
}

interface Side {
  readonly bids: readonly CountedBid[];
  readonly asks: readonly CountedAsk[];
}
type Total = (priceMinor: number) => number;

const isWithin = (capMinor: number | null, totalMinor: number): boolean => capMinor === null || totalMinor <= capMinor;

/** An ask is in the market at every price from its own to its cap. */
function offersAt(asks: readonly CountedAsk[], priceMinor: number, totalMinor: number) {
  const traded = asks.filter(({ askMinor, capMinor }) => askMinor <= priceMinor && isWithin(capMinor, totalMinor));
  return traded.map((ask) => ({ ask, priceMinor, totalMinor }));
}

/**
 * Demand only falls while the price rises, and supply rises only where an ask comes in: so the lowest of the best prices is one that is asked.
 * @param bids the highest limit first @param asks the cheapest first
 */
function uniformPrice({ bids, asks }: Side, standing: Standing, total: Total): number | undefined {
  const within = asks.filter(({ askMinor, capMinor }) => isWithin(capMinor, total(askMinor)));
  const caps = within.flatMap(({ capMinor }) => capMinor ?? []).sort((a, b) => a - b);
  const demanded = demandOf(bids, standing);
  const quantityAt = (asked: number, totalMinor: number) => {
    const able = countWhile(bids, ({ limitMinor }) => limitMinor >= totalMinor);
    // Whose cap is below this total asks for less than this price, so it is one of those counted in.
    const gone = countWhile(caps, (capMinor) => capMinor < totalMinor);
    return Math.min(demanded[able] ?? 0, asked - gone);
  };
  let best: { priceMinor: number; quantity: number } | undefined;
  for (const [index, { askMinor: priceMinor }] of within.entries()) {
    // Of asks at one price the last one counts all of them.
    if (within[index + 1]?.askMinor === priceMinor) continue;
    const quantity = quantityAt(index + 1, total(priceMinor));
    if (quantity > (best?.quantity ?? 0)) best = { priceMinor, quantity };
  }
  return best?.priceMinor;
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

/** @returns at i how many tickets the first i bids would take if there were enough: each after what the ones before it would have won */
function demandOf(bids: readonly CountedBid[], standing: Standing): readonly number[] {
  const supplied = standing.copy();
  const demanded = [0];
  for (const [index, bid] of bids.entries()) {
    const recipients = supplied.recipients(bid);
    supplied.win(bid, recipients);
    demanded.push((demanded[index] ?? 0) + recipients.length);
  }
  return demanded;
}
