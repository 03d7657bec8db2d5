/**
 * How a ticket changes hands by its holders' own signatures: the one offers, the other takes exactly that. What the statements prove by themselves, for
 * the rules and for whoever verifies a certificate without the ledger.
 */
import { requireHolderSignature } from './authority.js';
import type { ListingRecord } from './records.js';
import { require } from './refusal.js';
import { holderIn, type Statement } from './statements.js';

/** The transfer is accepted by the holder that it names, who is another than the giver. @returns the new holder */
export function requireAcceptance(
  transfer: Statement<'transfer'>,
  acceptance: Statement<'transfer-acceptance'>,
): string {
  const { to } = transfer.payload;
  require(acceptance.payload.transfer === transfer.digest, 'TRANSFER_MISMATCH', {
    field: `${acceptance.field}.transfer`,
    expected: transfer.digest,
  });
  require(requireHolderSignature(acceptance) === to, 'TRANSFER_MISMATCH', {
    field: `${acceptance.field}.header.jwk`,
    expected: to,
  });
  require(to !== holderIn(transfer), 'TRANSFER_MISMATCH', { field: `${transfer.field}.to` });
  return to;
}

/** What is offered: as the listing says it, and as the ledger remembers it. */
export type Offer = Pick<
  ListingRecord,
  'issue' | 'change' | 'allotment' | 'seller' | 'reseller' | 'totalMinor' | 'statement'
>;

export function offerOf(listing: Statement<'listing'>): Offer {
  const { issue, change, allotment, reseller, totalMinor } = listing.payload;
  const [seller, statement] = [holderIn(listing), listing.digest];
  // Listing a ticket is a change of it.
  return { issue, change: change + 1, allotment, seller, reseller, totalMinor, statement };
}

/** The purchase takes this offer, for no more than it asks, and is somebody else's than the seller's. @returns the new holder */
export function requirePurchase(purchase: Statement<'resale-purchase'>, offer: Offer): string {
  const { payload, field } = purchase;
  const match = (equal: boolean, member: string) => require(equal, 'LISTING_MISMATCH', { field: `${field}.${member}` });
  match(payload.listing === offer.statement, 'listing');
  for (const member of ['issue', 'change', 'seller', 'reseller'] as const)
    match(payload[member] === offer[member], member);
  require(payload.allotment === offer.allotment, 'ALLOTMENT_MISMATCH', {
    field: `${field}.allotment`,
    expected: offer.allotment,
  });
  match(holderIn(purchase) !== offer.seller, 'header.jwk');
  // A favourable change of the rules may have made it cheaper since.
  require(payload.totalMinor <= offer.totalMinor, 'PRICE_MISMATCH', {
    field: `${field}.totalMinor`,
    expected: offer.totalMinor,
  });
  return requireHolderSignature(purchase);
}
