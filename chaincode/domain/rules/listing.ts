/** A listing: the holder offers a ticket at a fixed price through a reseller that the event has authorised. */
import { z } from 'zod';
import { requireCaller, requireCurrent, requireEvent, requireGate, requireOrganization } from '../authority.js';
import { enrolmentKeysOf, requireGivingHolder, requireHolderKey } from '../holders.js';
import { ticketPlace } from '../ids.js';
import { allotmentKey, commandKey, eventKey, gateKey, holderKey, listingKey, organizationKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import type { ListingRecord, TicketRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import { requireDisclosure, requireResalePrice, requireResellable } from '../resale-rules.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement, holderIn } from '../statements.js';
import { IN_HAND, requireAllotment, requireHolder, requireState, requireTicket, ticketKeyOf } from '../ticket.js';

const listCommand = z.strictObject({ kind: z.literal('ticket.list'), listing: compactJws });

export const prepareListing: Prepare = (raw) => {
  const command = parseWith(listCommand, raw, '');
  const listing = decodeStatement('listing', command.listing, 'listing');
  const { event, jti, ticket: id, allotment, reseller, exp } = listing.payload;
  const key = ticketKeyOf(listing.payload, 'listing');
  const recordKey = listingKey(event, ticketPlace(id));
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, listing.signer, jti),
    digest: listing.digest,
    reads: [
      eventKey(event),
      latestMarketKey(event),
      gateKey(event, 'resale'),
      allotmentKey(event, allotment),
      organizationKey(reseller),
      holderKey(event, holderIn(listing)),
      ...enrolmentKeysOf(event, listing),
    ],
    writes: [key, recordKey],
    decide(state, context) {
      requireCurrent(listing, event, context);
      const record = requireEvent(state, event);
      requireNoSettling(state, record);
      requireGate(state, record, 'resale', context);
      const ticket = requireTicket(state, listing.payload, 'listing');
      requireState(ticket, IN_HAND, 'listing');
      requireHolder(ticket, requireGivingHolder(state, record, listing), 'listing.header.jwk');
      // The reseller takes it on by submitting: nobody can offer tickets in the name of one that does not want them.
      requireCaller(state, context, reseller, 'box-office');
      requireOrganization(state, reseller, ['reseller', 'organizer'], 'listing.reseller');
      const supply = requireAllotment(state, event, ticket, allotment, 'listing');
      requireResellable(state, { event: record, ticket, supply, reseller }, context);
      requireResalePrice({ event: record, ticket, supply }, listing.payload, 'listing');
      requireDisclosure(record, supply, listing.payload);
      const change = ticket.change + 1;
      state.put(key, { ...ticket, state: 'listed', change });
      const { issue, askMinor, sellerFeeMinor, buyerFeeMinor, totalMinor, disclosure } = listing.payload;
      state.put(recordKey, {
        issue,
        allotment,
        reseller,
        askMinor,
        sellerFeeMinor,
        buyerFeeMinor,
        totalMinor,
        exp,
        seller: ticket.holder,
        change,
        disclosure,
        state: 'open',
        statement: listing.digest,
        policyVersion: record.policyVersion,
      });
      return { result: { change, listing: listing.digest, policy: record.policyVersion } };
    },
  };
};

const withdrawCommand = z.strictObject({ kind: z.literal('ticket.unlist'), withdrawal: compactJws });

/** The seller takes the offer back; anybody may bring the signed word. */
export const prepareWithdrawal: Prepare = (raw) => {
  const command = parseWith(withdrawCommand, raw, '');
  const withdrawal = decodeStatement('withdrawal', command.withdrawal, 'withdrawal');
  const { event, jti, ticket: id, listing } = withdrawal.payload;
  const key = ticketKeyOf(withdrawal.payload, 'withdrawal');
  const recordKey = listingKey(event, ticketPlace(id));
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, withdrawal.signer, jti),
    digest: withdrawal.digest,
    reads: [eventKey(event), latestMarketKey(event), ...enrolmentKeysOf(event, withdrawal)],
    writes: [key, recordKey],
    decide(state, context) {
      requireCurrent(withdrawal, event, context);
      const rules = requireEvent(state, event);
      requireNoSettling(state, rules);
      const ticket = requireTicket(state, withdrawal.payload, 'withdrawal');
      const record = requireListing(state.get(recordKey), ticket, listing, 'withdrawal.listing');
      requireState(ticket, ['listed'], 'withdrawal');
      requireHolder(ticket, requireHolderKey(state, rules, withdrawal), 'withdrawal.header.jwk');
      state.put(key, { ...ticket, state: 'sold', change: ticket.change + 1 });
      state.put(recordKey, { ...record, state: 'withdrawn' });
      return { result: { change: ticket.change + 1 } };
    },
  };
};

/** The listing of this digest, as long as nothing else was done with the ticket. @param field what named it */
export function requireListing(
  record: ListingRecord | undefined,
  { issue, change }: TicketRecord,
  digest: string,
  field: string,
): ListingRecord {
  if (!record) return refuse('UNKNOWN_LISTING', { field });
  require(record.statement === digest, 'LISTING_MISMATCH', { field, expected: record.statement });
  const open = record.state === 'open' && record.issue === issue && record.change === change;
  require(open, 'LISTING_NOT_OPEN', { field, state: record.state });
  return record;
}
