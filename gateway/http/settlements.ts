/** Refunds and settlements: the gateway finds whose records are concerned; if somebody was faster and that has changed, it looks once more. */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import { Refusal, refuse } from '../../chaincode/domain/refusal.js';
import { concernedHolders } from '../../chaincode/domain/settlement.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import { newCommandId } from './command-id.js';
import type { Blocks, Records } from './ports.js';
import { recordedCommand } from './recorded-command.js';
import { readSettlementCase, type IssueOf } from './settlement-reader.js';

interface Ledger {
  readonly mspId: string;
  readonly records: Records;
  readonly blocks: Blocks;
  readonly submitter: Submitter;
  readonly nowMs: () => number;
}

export interface Settled {
  readonly id: string;
  readonly issue: number;
  readonly committed: Committed;
}

/** @param key the caller's, under which it may stand on the ledger already @throws {Refusal} NOTHING_DUE before anything is submitted. @throws {GatewayError} */
export async function settle(ledger: Ledger, of: IssueOf, key?: string): Promise<Settled> {
  const { records, submitter, nowMs } = ledger;
  const before = key === undefined ? undefined : await settledBefore(ledger, of, key);
  if (before) return before;
  const id = key ?? newCommandId();
  return withFreshPayees(async () => {
    const { event, ticket, due } = await readSettlementCase(records, of, nowMs());
    const { state, issue, allotment } = ticket;
    if (!due) return refuse('NOTHING_DUE', { field: 'ticket', ticket: of.ticket, state });
    const concerned = { event: event.event, ticket: of.ticket, issue, allotment, holders: concernedHolders(ticket) };
    return { id, issue, committed: await submitter.submit({ kind: 'ticket.settle', id, ...concerned }) };
  });
}

async function settledBefore(ledger: Ledger, { ticket, issue }: IssueOf, id: string): Promise<Settled | undefined> {
  const says = { ticket, ...(issue !== undefined && { issue }) };
  const { event } = parseTicketId(ticket);
  const recorded = await recordedCommand(ledger, { event, kind: 'ticket.settle', id, says });
  return recorded && { id, issue: Number(recorded.command.issue), committed: recorded.committed };
}

/** @param claim as the holder signed it, with what it says. @throws {Refusal | GatewayError} */
export function refund(
  { records, submitter }: Pick<Ledger, 'records' | 'submitter'>,
  claim: string,
  { event, ticket: id }: Payload<'refund-claim'>,
): Promise<Committed> {
  return withFreshPayees(async () => {
    const [ticket] = await records.read([ticketKey(event, parseTicketId(id).place)]);
    if (!ticket) return refuse('UNKNOWN_TICKET', { field: 'claim.ticket', ticket: id });
    return submitter.submit({ kind: 'ticket.refund', claim, holders: concernedHolders(ticket) });
  });
}

async function withFreshPayees<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'PAYEES_MISMATCH') return attempt();
    throw error;
  }
}
