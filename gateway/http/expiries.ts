/** Expired listings: anybody may have it recorded that an offer's time is over, so that no purchase of it can come late. */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { eventKey, listingKey, ticketKey } from '../../chaincode/domain/keys.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import { requireListing } from '../../chaincode/domain/rules/listing.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import { newCommandId } from './command-id.js';
import type { Records } from './ports.js';

interface Ledger {
  readonly records: Records;
  readonly submitter: Submitter;
  readonly nowMs: () => number;
}

export interface Expired {
  readonly id: string;
  readonly committed: Committed;
}

/** @throws {Refusal} UNKNOWN_EVENT, UNKNOWN_LISTING, LISTING_NOT_OPEN, NOTHING_DUE before anything is submitted. @throws {GatewayError} */
export async function expire({ records, submitter, nowMs }: Ledger, ticket: string): Promise<Expired> {
  const { event, place } = parseTicketId(ticket);
  const keys = [eventKey(event), listingKey(event, place), ticketKey(event, place)] as const;
  const [found, listing, held] = await records.read(keys);
  if (!found) return refuse('UNKNOWN_EVENT', { field: 'event', event });
  if (!listing || !held) return refuse('UNKNOWN_LISTING', { field: 'ticket', ticket });
  requireListing(listing, held, listing.statement, 'ticket');
  require(nowMs() >= listing.exp * 1000, 'NOTHING_DUE', { field: 'ticket', exp: listing.exp });
  const id = newCommandId();
  const command = { kind: 'listing.expire', id, event, ticket, listing: listing.statement };
  return { id, committed: await submitter.submit(command) };
}
