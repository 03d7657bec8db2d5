/** A ticket between its sale and its end: which version of it a statement speaks of, and how holders' counts follow it. */
import { parseTicketId } from './ids.js';
import { holderKey, ticketKey } from './keys.js';
import type { TicketRecord, TicketState } from './records.js';
import { refuse, require } from './refusal.js';
import type { State } from './state.js';

/** A seat that was never sold, or whose ticket was returned or void: it may be sold under the next issue number. */
export function isOnSale(ticket: TicketRecord | undefined): boolean {
  return ticket === undefined || ticket.state === 'returned' || ticket.state === 'void';
}

interface TicketVersion {
  readonly event: string;
  readonly ticket: string;
  readonly issue: number;
  readonly change: number;
}

/** @returns the key of the ticket's record. @throws {Refusal} WRONG_EVENT if the ticket is of another event than the statement */
export function ticketKeyOf({ event, ticket }: Pick<TicketVersion, 'event' | 'ticket'>, field: string) {
  const { event: ticketEvent, place } = parseTicketId(ticket);
  require(ticketEvent === event, 'WRONG_EVENT', { field: `${field}.ticket`, expected: event });
  return ticketKey(event, place);
}

/** The ticket that a statement names, at exactly the issue and change it names. After any change an old statement is stale. */
export function requireTicket(state: State, version: TicketVersion, field: string): TicketRecord {
  const ticket = state.get(ticketKeyOf(version, field));
  if (!ticket) return refuse('UNKNOWN_TICKET', { field: `${field}.ticket`, ticket: version.ticket });
  const current = ticket.issue === version.issue && ticket.change === version.change;
  require(current, 'STALE_TICKET', { field: `${field}.change`, issue: ticket.issue, change: ticket.change });
  return ticket;
}

export function requireState(ticket: TicketRecord, states: readonly TicketState[], field: string): void {
  require(states.includes(ticket.state), 'TICKET_NOT_VALID', { field: `${field}.ticket`, state: ticket.state });
}

/** @param field what named the holder */
export function requireHolder(ticket: TicketRecord, holder: string, field: string): void {
  require(ticket.holder === holder, 'NOT_THE_HOLDER', { field });
}

/** Adds to what a holder has in hand. */
export function adjustHeld(state: State, event: string, holder: string, by: 1 | -1): void {
  const before = state.get(holderKey(event, holder)) ?? { held: 0, boughtPrimary: 0 };
  const held = before.held + by;
  if (held < 0) throw new Error(`holder ${holder} would hold ${held} tickets`);
  state.put(holderKey(event, holder), { ...before, held });
}
