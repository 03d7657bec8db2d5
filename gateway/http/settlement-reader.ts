/** Reading what is due for a ticket: the records that a settlement depends on, as they are now. */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { allotmentKey, endedTicketKey, eventKey, gateKey, ticketKey } from '../../chaincode/domain/keys.js';
import type { GateRecord, TicketRecord } from '../../chaincode/domain/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { dueOnRecord, type Settlement, type SettlementCase } from '../../chaincode/domain/settlement.js';
import { timestampOf } from '../clock.js';
import { GatewayError } from '../errors.js';
import type { Records } from './ports.js';

/** An issue of a place; the newest where none is named. */
export interface IssueOf {
  readonly ticket: string;
  readonly issue?: number | undefined;
}

export interface FoundCase extends SettlementCase {
  readonly cancellation: GateRecord | undefined;
  /** undefined: nothing is due now */
  readonly due: Settlement | undefined;
}

/** @throws {Refusal} UNKNOWN_EVENT, UNKNOWN_TICKET */
export async function readSettlementCase(
  records: Records,
  { ticket: id, issue }: IssueOf,
  nowMs: number,
): Promise<FoundCase> {
  const { event: eventId, place } = parseTicketId(id);
  const keys = [eventKey(eventId), ticketKey(eventId, place), gateKey(eventId, 'cancellation')] as const;
  const [event, newest, cancellation] = await records.read(keys);
  if (!event) return refuse('UNKNOWN_EVENT', { field: 'event', event: eventId });
  if (!newest) return refuse('UNKNOWN_TICKET', { field: 'ticket', ticket: id });
  const ticket = await issueOf(records, newest, { event: eventId, place, issue: issue ?? newest.issue });
  if (!ticket) return refuse('UNKNOWN_TICKET', { field: 'issue', ticket: id, issue: issue ?? newest.issue });
  const [supply] = await records.read([allotmentKey(eventId, ticket.allotment)]);
  if (!supply) throw new GatewayError('LEDGER_DISAGREES', { field: 'allotment', allotment: ticket.allotment });
  const found = { event, ticket, supply, newestIssue: newest.issue, now: timestampOf(nowMs) };
  return { ...found, cancellation, due: dueOnRecord(found, cancellation) };
}

/** One that ended with money outstanding is kept beside the place, and that is the record that is settled. */
async function issueOf(
  records: Records,
  newest: TicketRecord,
  { event, place, issue }: { readonly event: string; readonly place: string; readonly issue: number },
): Promise<TicketRecord | undefined> {
  const [ended] = await records.read([endedTicketKey(event, place, issue)]);
  return ended ?? (newest.issue === issue ? newest : undefined);
}
