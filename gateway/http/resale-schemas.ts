/** What the interface answers about the secondary market: listings, resales, and what holders are paid. */
import { z } from 'zod';
import { payloadSchemas } from '../../chaincode/domain/statements.js';
import { currency, eventId, minor, mspId, receiptShape, slugId, thumbprint, ticketId } from './schemas.js';

const { issue, change, disclosure } = payloadSchemas.listing.shape;

const LISTING_STATES = ['open', 'sold', 'withdrawn', 'expired', 'lapsed'] as const;

export const listingSchema = z
  .strictObject({
    ticket: ticketId,
    event: eventId,
    issue,
    change: change.meta({ description: "the ticket's change number while it is listed, which a purchase names" }),
    allotment: slugId,
    seller: thumbprint,
    reseller: mspId,
    askMinor: minor,
    sellerFeeMinor: minor,
    buyerFeeMinor: minor,
    totalMinor: minor.meta({ description: 'all that the buyer pays' }),
    currency,
    split: z
      .strictObject({ commissionMinor: minor, royaltyMinor: minor, venueMinor: minor, sellerMinor: minor })
      .optional()
      .meta({
        description: 'of an offer that the rules in force allow: where the total goes',
      }),
    disclosure,
    exp: z.int().min(0).meta({ description: 'seconds since 1970: open until then' }),
    state: z.enum(LISTING_STATES).meta({ description: 'lapsed: its holder did something else with the ticket' }),
    statement: thumbprint.meta({ description: 'digest of the listing statement, which a purchase names' }),
    policyVersion: z.int().min(1).meta({ description: 'of the rules under which it was listed' }),
  })
  .meta({ id: 'Listing' });

export const listedSchema = z
  .strictObject({
    ...receiptShape,
    ticket: ticketId,
    change: z.int().min(1),
    listing: thumbprint,
    policy: z.int().min(1),
  })
  .meta({ id: 'Listed' });

const splitShape = {
  commissionMinor: minor,
  royaltyMinor: minor,
  venueMinor: minor,
  proceedsMinor: minor.meta({ description: "the seller's at once" }),
  surplusMinor: minor.meta({ description: "the seller's when the event has ended" }),
};
const SPLIT = Object.keys(splitShape) as readonly (keyof typeof splitShape)[];

export const resoldSchema = z
  .strictObject({
    ...receiptShape,
    ticket: ticketId,
    change: z.int().min(1),
    totalMinor: minor,
    currency,
    split: z.strictObject(splitShape).meta({ description: 'where the total went' }),
  })
  .meta({ id: 'ResaleReceipt' });

/** @param amounts as the ledger's receipt has them, in the order of the schema */
export const splitFrom = (amounts: unknown): z.output<typeof resoldSchema>['split'] => {
  const parsed = z.array(minor).length(SPLIT.length).parse(amounts);
  return z.strictObject(splitShape).parse(Object.fromEntries(SPLIT.map((name, index) => [name, parsed[index]])));
};

export const paymentSchema = z.strictObject({ holder: thumbprint, amountMinor: z.int() }).meta({ id: 'Payment' });

export const paidSchema = z
  .strictObject({ ...receiptShape, ticket: ticketId, issue, paid: z.array(paymentSchema) })
  .meta({ id: 'Paid', description: "what was added to holders' balances" });

/** @param result the ledger's receipt of a refund or a settlement */
export const paymentsFrom = ({ holders, amountsMinor }: Readonly<Record<string, unknown>>) => {
  const amounts = z.array(z.int()).parse(amountsMinor);
  return z
    .array(thumbprint)
    .parse(holders)
    .map((holder, index) => ({ holder, amountMinor: amounts[index] ?? 0 }));
};
