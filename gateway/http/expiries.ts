/** Expired listings: anybody may have it recorded that an offer's time is over, so that no purchase of it can come late. */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { eventKey, listingKey, ticketKey } from '../../chaincode/domain/keys.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import { requireListing } from '../../chaincode/domain/rules/listing.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import { newCommandId } from './command-id.js';
import type { Blocks, Records } from './ports.js';
import { recordedCommand } from './recorded-command.js';

interface Ledger {
  readonly mspId: string;
  readonly records: Records;
  readonly blocks: Blocks;
  readonly submitter: Submitter;
  readonly nowMs: () => number;
}

export interface Expired {
  readonly id: string;
  readonly committed: Committed;
}

/** @param key the caller's, under which it may stand on the ledger already @throws {Refusal} UNKNOWN_EVENT, UNKNOWN_LISTING, LISTING_NOT_OPEN, NOTHING_DUE before anything is submitted. @throws {GatewayError} */
export async function expire(ledger: Ledger, ticket: string, key?: string): Promise<Expired> {
  const { records, submitter, nowMs } = ledger;
  const { event, place } = parseTicketId(ticket);
  const id = key ?? newCommandId();
  const query = { event, kind: 'listing.expire', id, says: { ticket } };
  const before = key === undefined ? undefined : await recordedCommand(ledger, query);
  if (before) return { id, committed: before.committed };
  const keys = [eventKey(event), listingKey(event, place), ticketKey(event, place)] as const;
  const [found, listing, held] = await records.read(keys);
  if (!found) return refuse('UNKNOWN_EVENT', { field: 'event', event });
  if (!listing || !held) return refuse('UNKNOWN_LISTING', { field: 'ticket', ticket });
  requireListing(listing, held, listing.statement, 'ticket');
  require(nowMs() >= listing.exp * 1000, 'NOTHING_DUE', { field: 'ticket', exp: listing.exp });
  const command = { kind: 'listing.expire', id, event, ticket, listing: listing.statement };
  return { id, committed: await submitter.submit(command) };
}
