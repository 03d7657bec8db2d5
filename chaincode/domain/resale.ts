/**
 * What a resale costs and pays: the holder's ask, the platform's fees, the organizer's royalty, the venue's share. Shares are rounded down and the
 * seller has the rest, so that a split always sums to what the buyer pays.
 */
import { addMinor, shareOf } from './money.js';
import type { Policy } from './policy/parameters.js';
import type { ResaleRecord } from './records.js';
import { require } from './refusal.js';

/** What a listing asks for: the price, and what the platform that executes it takes of seller and buyer. */
export interface ResaleTerms {
  readonly askMinor: number;
  readonly sellerFeeMinor: number;
  readonly buyerFeeMinor: number;
}

/** Who gets what of the buyer's total; the four last sum to the first. */
export interface ResaleSplit {
  readonly totalMinor: number;
  readonly commissionMinor: number;
  readonly royaltyMinor: number;
  readonly venueMinor: number;
  readonly sellerMinor: number;
}

/** @param field where the terms stand. @throws {Refusal} AMOUNT_OVERFLOW, PRICE_BELOW_FEES if the fees leave the seller less than nothing */
export function splitResale(policy: Policy, terms: ResaleTerms, field: string): ResaleSplit {
  const { askMinor, sellerFeeMinor, buyerFeeMinor } = terms;
  const royaltyMinor = shareOf(askMinor, policy.organizerRoyaltyBps);
  const venueMinor = shareOf(askMinor, policy.venueBps);
  const shares = addMinor(royaltyMinor, venueMinor, `${field}.askMinor`);
  const added = policy.feePayer === 'buyer' ? shares : 0;
  const totalMinor = addMinor(addMinor(askMinor, buyerFeeMinor, `${field}.askMinor`), added, `${field}.askMinor`);
  const commissionMinor = addMinor(sellerFeeMinor, buyerFeeMinor, `${field}.askMinor`);
  const sellerMinor = totalMinor - commissionMinor - shares;
  require(sellerMinor >= 0, 'PRICE_BELOW_FEES', { field: `${field}.askMinor`, sellerMinor });
  return { totalMinor, commissionMinor, royaltyMinor, venueMinor, sellerMinor };
}

/** What a seller has at once, up to what he would have been refunded himself, and what waits until the event has taken place. */
export function dividePayout(sellerMinor: number, ownMinor: number): { proceedsMinor: number; surplusMinor: number } {
  const proceedsMinor = Math.min(sellerMinor, ownMinor);
  return { proceedsMinor, surplusMinor: sellerMinor - proceedsMinor };
}

/** Whose the commission is: each side's fee its reseller's. */
export function commissions({
  reseller,
  sellerSide,
  commissionMinor,
}: Pick<ResaleRecord, 'reseller' | 'sellerSide' | 'commissionMinor'>): readonly (readonly [
  reseller: string,
  amountMinor: number,
])[] {
  if (!sellerSide) return [[reseller, commissionMinor]];
  const [other, minor] = sellerSide;
  return [
    [reseller, commissionMinor - minor],
    [other, minor],
  ];
}

/** What the first buyer paid, without and with fees: the anchor of every cap, however often the ticket has changed hands. */
export interface FirstPrice {
  readonly faceMinor: number;
  readonly withFeesMinor: number;
}

/** @returns the most that a buyer may pay in all, null without a cap */
export function capOf({ capBasis, capBps }: Policy, { faceMinor, withFeesMinor }: FirstPrice): number | null {
  return capBps === null ? null : shareOf(capBasis === 'face' ? faceMinor : withFeesMinor, capBps);
}

/** A limit on a resale's money, and by how much it is missed. */
export interface PriceLimit {
  readonly parameter: 'sellerFeeBps' | 'buyerFeeBps' | 'platformFeeCapBps' | 'capBps';
  readonly code: 'FEE_ABOVE_CAP' | 'PRICE_ABOVE_CAP';
  readonly field: 'sellerFeeMinor' | 'buyerFeeMinor' | 'totalMinor';
  readonly limitMinor: number;
  readonly givenMinor: number;
}

/** Every limit that the terms break, fees first: a fee may be in order while the price with it is not. */
export function brokenLimits(
  policy: Policy,
  terms: ResaleTerms,
  { totalMinor, commissionMinor }: ResaleSplit,
  first: FirstPrice,
): readonly PriceLimit[] {
  const { askMinor, sellerFeeMinor, buyerFeeMinor } = terms;
  const fee = (
    parameter: 'sellerFeeBps' | 'buyerFeeBps' | 'platformFeeCapBps',
    field: 'sellerFeeMinor' | 'buyerFeeMinor',
  ) => {
    const bps = policy[parameter];
    return { parameter, code: 'FEE_ABOVE_CAP', field, limit: bps === null ? null : shareOf(askMinor, bps) } as const;
  };
  const limits = [
    { ...fee('sellerFeeBps', 'sellerFeeMinor'), given: sellerFeeMinor },
    { ...fee('buyerFeeBps', 'buyerFeeMinor'), given: buyerFeeMinor },
    { ...fee('platformFeeCapBps', 'buyerFeeMinor'), given: commissionMinor },
    {
      parameter: 'capBps',
      code: 'PRICE_ABOVE_CAP',
      field: 'totalMinor',
      limit: capOf(policy, first),
      given: totalMinor,
    },
  ] as const;
  return limits.flatMap(({ limit, given, ...rest }) =>
    limit === null || given <= limit ? [] : [{ ...rest, limitMinor: limit, givenMinor: given }],
  );
}
