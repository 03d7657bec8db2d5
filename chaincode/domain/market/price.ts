/** What a price of a sealed resale means for the buyer: the market's fees are shares of it, so that they are within the policy's at every price. */
import { shareOf } from '../money.js';
import type { Policy } from '../policy/parameters.js';
import { splitResale, type ResaleTerms } from '../resale.js';

/** Of the price, in basis points. */
export interface MarketFees {
  readonly sellerFeeBps: number;
  readonly buyerFeeBps: number;
}

/** As a listing would have them. Each fee is rounded down. */
export function termsAt(priceMinor: number, { sellerFeeBps, buyerFeeBps }: MarketFees): ResaleTerms {
  return {
    askMinor: priceMinor,
    sellerFeeMinor: shareOf(priceMinor, sellerFeeBps),
    buyerFeeMinor: shareOf(priceMinor, buyerFeeBps),
  };
}

/** Everything that the buyer pays. It never falls while the price rises. @throws {Refusal} AMOUNT_OVERFLOW, PRICE_BELOW_FEES */
export function totalAt(policy: Policy, fees: MarketFees, priceMinor: number, field = 'order.ask'): number {
  return splitResale(policy, termsAt(priceMinor, fees), field).totalMinor;
}
