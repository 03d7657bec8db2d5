/** Scenes of the secondary market: what sellers, buyers and claimants sign, and a ticket on its way from hand to hand. */
import type { Payload } from '../../../../chaincode/domain/statements.js';
import type { ListingResource } from '../../../../gateway/client/resources.js';
import { CHANNEL, newId, signStatement } from '../../../support/statements.js';
import type { TestGateway } from './a-gateway.js';
import { EVENT, type Fan, type Version } from './a-scene.js';

const EXP = Date.parse('2028-01-01T00:00:00Z') / 1000;
const claims = (event = EVENT) => ({ channel: CHANNEL, event, jti: newId(), exp: EXP });
const about = ({ ticket, issue = 1, change = 0 }: Version) => ({ ...claims(), ticket, issue, change });

export const TICKET = `${EVENT}:floor:A:1`;

/** At 20.00, of which the platform takes 1.00 from the seller and 1.00 on top from the buyer. */
export const signListing = (version: Version, by: Fan, overrides: Partial<Payload<'listing'>> = {}): string => {
  const terms = { askMinor: 2_000, sellerFeeMinor: 100, buyerFeeMinor: 100, totalMinor: 2_100, currency: 'EUR' };
  const where = { allotment: 'floor-a', reseller: 'OrganizerMSP', disclosure: { faceValue: 2_000 } };
  return signStatement('listing', { ...about(version), ...where, ...terms, ...overrides }, by.key);
};

type Offered = Pick<
  ListingResource,
  'ticket' | 'issue' | 'change' | 'allotment' | 'statement' | 'seller' | 'reseller' | 'totalMinor' | 'currency'
>;

/** Takes exactly what is offered. */
export const signPurchase = (
  { ticket, issue, change, allotment, statement, seller, reseller, totalMinor, currency }: Offered,
  by: Fan,
  overrides: Partial<Payload<'resale-purchase'>> = {},
): string => {
  const offered = { allotment, listing: statement, seller, reseller, totalMinor, currency, paymentReference: newId() };
  return signStatement('resale-purchase', { ...about({ ticket, issue, change }), ...offered, ...overrides }, by.key);
};

export const signWithdrawal = (
  { ticket, issue, change, statement }: Pick<Offered, 'ticket' | 'issue' | 'change' | 'statement'>,
  by: Fan,
  event = EVENT,
): string => signStatement('withdrawal', { ...claims(event), ticket, issue, change, listing: statement }, by.key);

export const signClaim = (version: Version, by: Fan): string =>
  signStatement('refund-claim', { ...about(version), allotment: 'floor-a' }, by.key);

export const signPayout = (by: Fan, amountMinor: number): string =>
  signStatement('payout', { ...claims(), payer: 'OrganizerMSP', amountMinor, currency: 'EUR' }, by.key);

/** Offers a ticket and has it sold. @returns the listing as it was open */
export async function resell(
  { operator }: TestGateway,
  { seller, buyer }: { readonly seller: Fan; readonly buyer: Fan },
  terms: Partial<Payload<'listing'>> = {},
): Promise<ListingResource> {
  const { issue, change } = await operator.ticket(TICKET);
  await operator.createListing(signListing({ ticket: TICKET, issue, change }, seller, terms));
  const listing = await operator.listing(TICKET);
  await operator.resell(signPurchase(listing, buyer));
  return listing;
}
