/** Refunds and settlements: the gateway finds whose records are concerned; if somebody was faster and that has changed, it looks once more. */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import { Refusal, refuse } from '../../chaincode/domain/refusal.js';
import { concernedHolders } from '../../chaincode/domain/settlement.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import { newCommandId } from './command-id.js';
import type { Records } from './ports.js';
import { readSettlementCase, type IssueOf } from './settlement-reader.js';

interface Ledger {
  readonly records: Records;
  readonly submitter: Submitter;
  readonly nowMs: () => number;
}

export interface Settled {
  readonly id: string;
  readonly issue: number;
  readonly committed: Committed;
}

/** @throws {Refusal} NOTHING_DUE before anything is submitted. @throws {GatewayError} */
export function settle({ records, submitter, nowMs }: Ledger, of: IssueOf): Promise<Settled> {
  return withFreshPayees(async () => {
    const { event, ticket, due } = await readSettlementCase(records, of, nowMs());
    const { state, issue, allotment } = ticket;
    if (!due) return refuse('NOTHING_DUE', { field: 'ticket', ticket: of.ticket, state });
    const id = newCommandId();
    const concerned = { event: event.event, ticket: of.ticket, issue, allotment, holders: concernedHolders(ticket) };
    return { id, issue, committed: await submitter.submit({ kind: 'ticket.settle', id, ...concerned }) };
  });
}

/** @param claim as the holder signed it, with what it says. @throws {Refusal | GatewayError} */
export function refund(
  { records, submitter }: Omit<Ledger, 'nowMs'>,
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
