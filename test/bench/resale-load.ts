/** Resales, signed beforehand: every holder of one ticket offers it, and somebody else takes it. */
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import { ticketPlace } from '../../chaincode/domain/ids.js';
import { generateSigningKey, signStatement } from '../../gateway/signer/sign-statement.js';
import { postAll, type Shop } from './rest-load.js';
import { FACE_MINOR, type Order } from './seat-drop-load.js';
import type { LoadResult } from './statistics.js';

/** Royalty and venue share, so that every resale pays all that it can pay to. */
export const RULES: PolicyPart = {
  organizerRoyaltyBps: 500,
  venueBps: 200,
  mandatoryDisclosure: ['faceValue', 'place'],
};
const TERMS = { askMinor: 4_300, sellerFeeMinor: 129, buyerFeeMinor: 215 } as const;
const TOTAL_MINOR = TERMS.askMinor + TERMS.buyerFeeMinor;
const RESELLER = 'ResellerMSP';

export interface Resale {
  readonly ticket: string;
  readonly seller: string;
  readonly buyer: string;
  readonly listing: string;
  readonly purchase: string;
}

/** @param order for one ticket, the first issue of its place, which nothing has happened to since */
export function signResale(channel: string, event: string, { key, tickets }: Order): Resale {
  const [ticket = ''] = tickets;
  const place = ticketPlace(ticket);
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const claims = { channel, event, exp, ticket, issue: 1 };
  const [allotment = ''] = place.split(':');
  const deal = { allotment, reseller: RESELLER, totalMinor: TOTAL_MINOR, currency: 'EUR' };
  const id = place.replaceAll(':', '-').padStart(8, 'x');
  const disclosure = { faceValue: FACE_MINOR, place };
  const offer = { ...claims, ...deal, ...TERMS, jti: `list-${id}`, change: 0, disclosure };
  const listing = signStatement(key, 'listing', offer);
  const buyer = generateSigningKey();
  const purchase = signStatement(buyer, 'resale-purchase', {
    ...claims,
    ...deal,
    jti: `take-${id}`,
    change: 1,
    listing: listing.digest,
    seller: key.kid,
    paymentReference: `resale-${id}`,
  });
  return {
    ticket,
    seller: key.kid,
    buyer: buyer.kid,
    listing: JSON.stringify({ listing: listing.jws }),
    purchase: JSON.stringify({ purchase: purchase.jws }),
  };
}

/** @throws {Error} on the first that is refused */
export function list(shop: Shop, resales: readonly Resale[], clients: number): Promise<LoadResult> {
  const offers = resales.map(({ listing }) => listing);
  return postAll(shop, '/v1/listings', offers, clients);
}

/** @throws {Error} on the first that is refused */
export function take(shop: Shop, resales: readonly Resale[], clients: number): Promise<LoadResult> {
  const purchases = resales.map(({ purchase }) => purchase);
  return postAll(shop, '/v1/resales', purchases, clients);
}
