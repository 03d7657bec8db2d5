/** Listings and resales for tests: every builder gives something valid under the rules that an event has by default, and takes overrides. */
import type { Payload } from '../../chaincode/domain/statements.js';
import {
  claims,
  digest,
  holderIdOf,
  newId,
  newKey,
  signStatement,
  version,
  type Command,
  type Held,
  type TestAllotment,
  type TestKey,
} from './statements.js';

export interface TestListing {
  readonly command: Command;
  /** The ticket as it is while listed. */
  readonly ticket: Held;
  readonly payload: Payload<'listing'>;
  readonly digest: string;
}

/**
 * Offered by its holder at 20.00 through the seller of its allotment, with fees of 1.00 from either side: the buyer pays 21.00, the first paid 22.00.
 * The total follows ask and buyer's fee unless it is given.
 */
export function aListing(
  of: Held,
  { payload: supply, of: { payload: event } }: TestAllotment,
  overrides: Partial<Payload<'listing'>> = {},
): TestListing {
  const { askMinor = 2000, buyerFeeMinor = 100 } = overrides;
  const payload: Payload<'listing'> = {
    ...version(of),
    allotment: supply.allotment,
    reseller: supply.seller,
    askMinor,
    sellerFeeMinor: 100,
    buyerFeeMinor,
    totalMinor: askMinor + buyerFeeMinor,
    currency: event.currency,
    disclosure: {},
    ...overrides,
  };
  const listing = signStatement('listing', payload, of.holder);
  const ticket = { ...of, issue: payload.issue, change: payload.change + 1 };
  return { command: { kind: 'ticket.list', listing }, ticket, payload, digest: digest('listing', listing) };
}

export function aWithdrawal(listing: TestListing, overrides: Partial<Payload<'withdrawal'>> = {}): Command {
  const payload = { ...version(listing.ticket), listing: listing.digest, ...overrides };
  return { kind: 'ticket.unlist', withdrawal: signStatement('withdrawal', payload, listing.ticket.holder) };
}

/** Any organization may submit it. */
export const aListingExpiry = ({ payload: { event, ticket }, digest: listing }: TestListing): Command => ({
  kind: 'listing.expire',
  id: newId(),
  event,
  ticket,
  listing,
});

export interface TestResale {
  readonly command: Command;
  /** The ticket in its buyer's hands. */
  readonly ticket: Held;
  readonly payload: Payload<'resale-purchase'>;
}

/** A new buyer takes what is listed, unless told otherwise. Submitted by the reseller. */
export function aResale(
  { ticket: listed, payload: offer, digest: listing }: TestListing,
  buyer: TestKey = newKey(),
  overrides: Partial<Payload<'resale-purchase'>> = {},
): TestResale {
  const payload: Payload<'resale-purchase'> = {
    ...version(listed),
    ...claims(offer.event),
    allotment: offer.allotment,
    listing,
    seller: holderIdOf(listed.holder),
    reseller: offer.reseller,
    totalMinor: offer.totalMinor,
    currency: offer.currency,
    paymentReference: newId(),
    ...overrides,
  };
  const ticket = { ...listed, holder: buyer, change: payload.change + 1 };
  return {
    command: { kind: 'ticket.resell', purchase: signStatement('resale-purchase', payload, buyer) },
    ticket,
    payload,
  };
}
