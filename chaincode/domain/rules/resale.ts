/** A resale: a buyer takes a listed ticket at its price, and an authorised reseller executes it. Ticket and money change hands in one step. */
import { z } from 'zod';
import { requireCaller, requireCurrent, requireEvent, requireGate, requireOrganization } from '../authority.js';
import { enrolmentKey } from '../committee-keys.js';
import { requirePurchase } from '../handover.js';
import { enrolmentKeysOf, requireEnrolment, requireNoReplacement } from '../holders.js';
import { ticketPlace } from '../ids.js';
import { allotmentKey, eventKey, gateKey, holderKey, listingKey, organizationKey, paymentKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import { requirePolicy } from '../policy/enforce.js';
import type { EventRecord, ListingRecord, TicketRecord } from '../records.js';
import { require } from '../refusal.js';
import { adjustParties, resaleEntries, resell, splitOf } from '../resale-execution.js';
import { requireDisclosure, requireResalePrice, requireResellable } from '../resale-rules.js';
import { compactJws, type Context, type Prepare } from '../rule.js';
import type { State } from '../state.js';
import { decodeStatement, holderIn, type Statement } from '../statements.js';
import { holderOf, requireAllotment, requireState, requireTicket, ticketKeyOf } from '../ticket.js';
import { requireListing } from './listing.js';

const buyCommand = z.strictObject({ kind: z.literal('ticket.resell'), purchase: compactJws });

type Purchase = Statement<'resale-purchase'>;

export const prepareResale: Prepare = (raw) => {
  const command = parseWith(buyCommand, raw, '');
  const purchase = decodeStatement('resale-purchase', command.purchase, 'purchase');
  const { event, ticket: id, allotment, seller, reseller, paymentReference } = purchase.payload;
  const buyer = holderIn(purchase);
  // Who buys with a credential buys of somebody who has one.
  const sellers = purchase.payload.credential === undefined ? [] : [enrolmentKey(event, seller)];
  const key = ticketKeyOf(purchase.payload, 'purchase');
  const recordKey = listingKey(event, ticketPlace(id));
  return {
    kind: command.kind,
    event,
    memory: paymentKey(event, reseller, paymentReference),
    digest: purchase.digest,
    reads: [
      eventKey(event),
      latestMarketKey(event),
      gateKey(event, 'resale'),
      allotmentKey(event, allotment),
      organizationKey(reseller),
      ...enrolmentKeysOf(event, purchase),
      ...sellers,
    ],
    writes: [key, recordKey, holderKey(event, seller), holderKey(event, buyer)],
    decide(state, context) {
      requireCurrent(purchase, event, context);
      const record = requireEvent(state, event);
      requireNoSettling(state, record);
      requireGate(state, record, 'resale', context);
      requireCaller(state, context, reseller, 'box-office');
      requireOrganization(state, reseller, ['reseller', 'organizer'], 'purchase.reseller');
      const ticket = requireTicket(state, purchase.payload, 'purchase');
      const listing = requireListing(state.get(recordKey), ticket, purchase.payload.listing, 'purchase.listing');
      requireState(ticket, ['listed'], 'purchase');
      requireOffer(purchase, listing, ticket, context);
      const supply = requireAllotment(state, event, ticket, allotment, 'purchase');
      requireResellable(state, { event: record, ticket, supply, reseller }, context);
      requireDisclosure(record, supply, { ...listing, ticket: id });
      const terms = { ...listing, totalMinor: purchase.payload.totalMinor, currency: purchase.payload.currency };
      const split = requireResalePrice({ event: record, ticket, supply }, terms, 'purchase');
      requireWithinLimit(state, record, buyer);
      requireEnrolment(state, record, purchase);
      requireNoReplacement(state, record, seller, 'purchase.seller');
      state.put(recordKey, { ...listing, state: 'sold' });
      const { resale, after } = resell({ event: record, ticket, supply }, { buyer, reseller, split }, context);
      state.put(key, after);
      adjustParties(state, event, resale, buyer);
      return {
        result: { change: after.change, policy: record.policyVersion, split: splitOf(resale) },
        entries: resaleEntries(record, resale, [reseller, -resale.totalMinor, 'collected']),
      };
    },
  };
};

/** The buyer takes exactly what is offered, while it is, from whoever has it. */
function requireOffer(purchase: Purchase, listing: ListingRecord, ticket: TicketRecord, { nowSeconds }: Context): void {
  requirePurchase(purchase, listing);
  require(ticket.holder === listing.seller, 'LISTING_MISMATCH', { field: 'purchase.seller' });
  require(nowSeconds < listing.exp, 'LISTING_NOT_OPEN', {
    field: 'purchase.listing',
    state: 'expired',
    exp: listing.exp,
  });
}

function requireWithinLimit(state: State, event: EventRecord, buyer: string): void {
  const limit = event.policy.perPersonLimit.resale;
  const { boughtResale: bought } = holderOf(state, event.event, buyer);
  requirePolicy(event, 'perPersonLimit.resale', bought < limit, 'PERSON_LIMIT_REACHED', { limit, bought });
}
