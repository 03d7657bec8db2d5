/** The end of a listing, on record: once its time is over, a purchase that is held back across this conflicts. */
import { z } from 'zod';
import { requireCaller, requireEvent } from '../authority.js';
import { eventId, thumbprint, ticketId, ticketPlace } from '../ids.js';
import { eventKey, listingKey, organizationKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { refuse, require } from '../refusal.js';
import { id, prepareUnsigned, type Prepare } from '../rule.js';
import { ticketKeyOf } from '../ticket.js';
import { requireListing } from './listing.js';

const expireCommand = z.strictObject({
  kind: z.literal('listing.expire'),
  id,
  event: eventId,
  ticket: ticketId,
  /** Digest of the listing statement. */
  listing: thumbprint,
});

/** Any organization may record it: the reseller, who earns by the purchase, need not. */
export const prepareListingExpiry: Prepare = (raw, callerMsp) =>
  prepareUnsigned(expireCommand, raw, callerMsp, ({ event, ticket: name, listing }) => {
    const key = ticketKeyOf({ event, ticket: name });
    const recordKey = listingKey(event, ticketPlace(name));
    return {
      reads: [eventKey(event), latestMarketKey(event), organizationKey(callerMsp)],
      writes: [key, recordKey],
      decide(state, context) {
        requireCaller(state, context, callerMsp, 'box-office');
        requireNoSettling(state, requireEvent(state, event));
        const ticket = state.get(key);
        if (!ticket) return refuse('UNKNOWN_TICKET', { field: 'ticket', ticket: name });
        const record = requireListing(state.get(recordKey), ticket, listing, 'listing');
        require(context.nowSeconds >= record.exp, 'NOTHING_DUE', { field: 'listing', exp: record.exp });
        state.put(key, { ...ticket, state: 'sold', change: ticket.change + 1 });
        state.put(recordKey, { ...record, state: 'expired' });
        return { result: { change: ticket.change + 1 } };
      },
    };
  });
