/**
 * The uniform price: per class the lowest of the prices that are tried at which most tickets change hands. Bids by their limits, then by their
 * draw; asks by their price, then by their draw; all at the one price. A price is judged by what is really traded at it, not by the curves of demand and supply:
 * a bid that can't be served, for it wants all or nothing or only its own tickets are left, would move the price for others at no risk.
 */
import { groupBy } from '../group-by.js';
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
import { candidatesOf, isBetter, type Candidate } from './candidates.js';
import { offersAt } from './curves.js';
import { Matching } from './matching.js';
import { Offers } from './offers.js';
import type { Standing } from './standing.js';

export interface UniformPriceResult {
  readonly trades: readonly Trade[];
  /** By price class; of those in which nothing is traded there is none. */
  readonly prices: ReadonlyMap<string, number>;
}

/**
 * Who asks for more of a class, with whom he brings, is a seller there: his bids for it don't take part. Otherwise one person's bids could promise, at every price
 * that is tried, what only his own tickets would keep.
 */
export const MAX_OWN_ASKS = 16;

/** The highest limit first. */
const byLimit = (a: CountedBid, b: CountedBid): number => b.limitMinor - a.limitMinor || byDraw(a, b);

/** Classes one after the other, by their names: what a person wins in one counts in the next. */
export function clearUniformPrice({ bids, asks, people, totalOf }: Book): UniformPriceResult {
  const matching = new Matching(bids, people);
  const demand = byClass(bids.toSorted(byLimit));
  const supply = [...byClass(asks.toSorted(byAsk))].sort(([a], [b]) => compareText(a, b));
  const trades: Trade[] = [];
  const prices = new Map<string, number>();
  for (const [priceClass, own] of supply) {
    const buyers = withoutSellers(demand.get(priceClass) ?? [], own, matching);
    const market = new ClassMarket(buyers, own, (priceMinor) => totalOf(priceClass, priceMinor));
    const priceMinor = market.priceOf(matching);
    if (priceMinor === undefined) continue;
    prices.set(priceClass, priceMinor);
    trades.push(...market.tradesAt(priceMinor, matching));
  }
  return { trades, prices };
}

function withoutSellers(bids: readonly CountedBid[], asks: readonly CountedAsk[], matching: Matching) {
  const bySeller = groupBy(asks, ({ seller }) => seller);
  const askedBy = (people: ReadonlySet<string>) =>
    [...people].reduce((sum, person) => sum + (bySeller.get(person)?.length ?? 0), 0);
  return bids.filter((bid) => askedBy(matching.ownOf(bid)) <= MAX_OWN_ASKS);
}

class ClassMarket {
  readonly #bids: readonly CountedBid[];
  readonly #asks: readonly CountedAsk[];
  readonly #totalOf: (priceMinor: number) => number;

  /** @param bids the highest limit first @param asks the cheapest first */
  constructor(bids: readonly CountedBid[], asks: readonly CountedAsk[], totalOf: (priceMinor: number) => number) {
    this.#bids = bids;
    this.#asks = asks;
    this.#totalOf = totalOf;
  }

  /** @param standing where this is only supposed */
  tradesAt(priceMinor: number, matching: Matching, standing?: Standing): readonly Trade[] {
    const totalMinor = this.#totalOf(priceMinor);
    const offers = new Offers(offersAt(this.#asks, { priceMinor, totalMinor }));
    return this.#bids.flatMap((bid) => (bid.limitMinor < totalMinor ? [] : matching.match(bid, offers, standing)));
  }

  /** Of the prices that are tried (candidates.ts): one that promises no more than another has brought is none. */
  priceOf(matching: Matching): number | undefined {
    const own = { bids: this.#bids, asks: this.#asks, totalOf: this.#totalOf };
    let best: Candidate = { priceMinor: 0, quantity: 0 };
    for (const promise of candidatesOf(own, () => matching.supposed())) {
      if (!isBetter(promise, best)) continue;
      const { priceMinor } = promise;
      const tried = { priceMinor, quantity: this.tradesAt(priceMinor, matching, matching.supposed()).length };
      if (isBetter(tried, best)) best = tried;
    }
    return best.quantity === 0 ? undefined : best.priceMinor;
  }
}
