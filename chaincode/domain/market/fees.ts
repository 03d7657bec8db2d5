/** The fees of a sealed resale: the market's, and never more than the policy lets them be by now. */
import { requireClassPolicy } from '../policy/enforce.js';
import { policyOf, type Policy } from '../policy/policy.js';
import type { EventRecord } from '../records.js';
import { require } from '../refusal.js';
import type { MarketFees } from './price.js';
import type { MarketTerms } from './records.js';

/** A favourable change of the rules may have made it cheaper since it was opened. */
export function feesWithin({ sellerFeeBps, buyerFeeBps, platformFeeCapBps }: Policy, market: MarketFees): MarketFees {
  const cap = platformFeeCapBps ?? Number.POSITIVE_INFINITY;
  const seller = Math.min(market.sellerFeeBps, sellerFeeBps, cap);
  return { sellerFeeBps: seller, buyerFeeBps: Math.min(market.buyerFeeBps, buyerFeeBps, cap - seller) };
}

/** Whether a class is traded in a market that does not name its classes: wherever the policy has it so. */
const isSealed = (event: EventRecord, priceClass: string): boolean => policyOf(event, priceClass).market !== 'direct';

/**
 * A sealed resale of classes for which the policy has none, or with fees that it does not let anybody take, is refused at once.
 * @throws {Refusal} MARKET_NOT_SEALED, FEE_ABOVE_CAP
 */
export function requireSealedResale(event: EventRecord, { priceClasses, ...market }: MarketTerms): void {
  // No class has the empty name: it stands for those without rules of their own.
  const all = ['', ...Object.keys(event.classes)];
  const traded = priceClasses ?? all.filter((priceClass) => isSealed(event, priceClass));
  require(traded.length > 0, 'MARKET_NOT_SEALED', { field: 'policy.market', policyVersion: event.policyVersion });
  for (const priceClass of traded) {
    const policy = policyOf(event, priceClass);
    requireClassPolicy(event, priceClass, 'market', policy.market !== 'direct', 'MARKET_NOT_SEALED');
    const within = feesWithin(policy, market);
    for (const fee of ['sellerFeeBps', 'buyerFeeBps'] as const)
      requireClassPolicy(event, priceClass, fee, market[fee] <= within[fee], 'FEE_ABOVE_CAP', {
        limitBps: within[fee],
        givenBps: market[fee],
      });
  }
}
