/** A resale, executed: ticket and money change hands in one step, at a fixed price or by a sealed market. */
import { ESCROW_ACCOUNT, holderAccount, type Entry } from './money.js';
import { policyOf } from './policy/policy.js';
import type { AllotmentRecord, EventRecord, ResaleRecord, TicketRecord } from './records.js';
import { refundableMinor } from './refund.js';
import { commissions, dividePayout, type ResaleSplit } from './resale.js';
import type { Context } from './rule.js';
import type { State } from './state.js';
import { adjustHolder, handOver } from './ticket.js';

interface Resold {
  readonly event: EventRecord;
  readonly ticket: TicketRecord;
  readonly supply: AllotmentRecord;
}

export interface Deal {
  readonly buyer: string;
  /** Of the buyer; and of the seller, where that is another, with what it takes of the commission. */
  readonly reseller: string;
  readonly sellerSide?: ResaleRecord['sellerSide'];
  readonly split: ResaleSplit;
}

/** What the seller paid himself he has at once; what is beyond waits until the event has taken place. */
export function resell(
  { event, ticket, supply }: Resold,
  { buyer, reseller, sellerSide, split: { sellerMinor, ...split } }: Deal,
  context: Context,
): { readonly resale: ResaleRecord; readonly after: TicketRecord } {
  const own = refundableMinor(ticket, supply, policyOf(event, supply.priceClass));
  const payout = dividePayout(sellerMinor, own);
  const resale: ResaleRecord = {
    seller: ticket.holder,
    reseller,
    ...(sellerSide && { sellerSide }),
    ...split,
    ...payout,
  };
  const { buyer: giftedBy, ...rest } = ticket;
  const resales = [...(ticket.resales ?? []), resale];
  return { resale, after: { ...handOver(rest, buyer, context), paidMinor: split.totalMinor, resales } };
}

/** The counts and balances of seller and buyer. */
export function adjustParties(
  state: State,
  event: string,
  { seller, proceedsMinor }: ResaleRecord,
  buyer: string,
): void {
  adjustHolder(state, event, seller, { held: -1, resold: 1, balanceMinor: proceedsMinor });
  adjustHolder(state, event, buyer, { held: 1, boughtResale: 1 });
}

/** Where the buyer's total went, for the receipt: commission, royalty, venue share, the seller's at once, the seller's later. */
export const splitOf = ({ commissionMinor, royaltyMinor, venueMinor, proceedsMinor, surplusMinor }: ResaleRecord) =>
  [commissionMinor, royaltyMinor, venueMinor, proceedsMinor, surplusMinor] as const;

/** @param payer whoever has the buyer's money */
export function resaleEntries(event: EventRecord, resale: ResaleRecord, payer: Entry): Entry[] {
  const { seller, royaltyMinor, venueMinor, proceedsMinor, surplusMinor } = resale;
  return [
    payer,
    ...commissions(resale).map(([reseller, minor]): Entry => [reseller, minor, 'commission']),
    [event.organizer, royaltyMinor, 'royalty'],
    [event.venue, venueMinor, 'venue'],
    [holderAccount(seller), proceedsMinor, 'proceeds'],
    [ESCROW_ACCOUNT, surplusMinor, 'surplus'],
  ];
}
