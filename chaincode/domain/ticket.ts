/** A ticket between its sale and its end: which version of it a statement speaks of, and how holders' counts follow it. */
import { parseTicketId } from './ids.js';
import { allotmentKey, endedTicketKey, holderKey, ticketKey } from './keys.js';
import { addMinor } from './money.js';
import { requirePolicy } from './policy/enforce.js';
import type { AllotmentRecord, EventRecord, HolderRecord, TicketRecord, TicketState } from './records.js';
import { refuse, require } from './refusal.js';
import type { Context } from './rule.js';
import type { State } from './state.js';

const ENDED: ReadonlySet<TicketState> = new Set(['returned', 'refunded', 'void']);

/** A seat that was never sold, or whose ticket has ended: it may be sold under the next issue number. */
export function isOnSale(ticket: TicketRecord | undefined): boolean {
  return ticket === undefined || ENDED.has(ticket.state);
}

/** The states of a ticket that its holder may dispose of. Whatever he does with a listed one ends the listing, whose change number is then old. */
export const IN_HAND: readonly TicketState[] = ['sold', 'listed'];

/** The states of a ticket that somebody holds, inside or outside. */
export const HELD: readonly TicketState[] = [...IN_HAND, 'admitted', 'exited'];

interface TicketVersion {
  readonly event: string;
  readonly ticket: string;
  readonly issue: number;
  readonly change: number;
}

/** Where a member stands: in a statement, or in the command itself. */
const memberOf = (statement: string | undefined, member: string): string =>
  statement === undefined ? member : `${statement}.${member}`;

/** @returns the key of the ticket's record. @throws {Refusal} WRONG_EVENT if the ticket is of another event than the statement */
export function ticketKeyOf({ event, ticket }: Pick<TicketVersion, 'event' | 'ticket'>, field?: string) {
  const { event: ticketEvent, place } = parseTicketId(ticket);
  require(ticketEvent === event, 'WRONG_EVENT', { field: memberOf(field, 'ticket'), expected: event });
  return ticketKey(event, place);
}

/** @returns where it is kept once it has ended with money outstanding */
export function endedKeyOf({ event, ticket, issue }: Pick<TicketVersion, 'event' | 'ticket' | 'issue'>) {
  return endedTicketKey(event, parseTicketId(ticket).place, issue);
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

/** The allotment that a ticket is of, which a statement names so that it can be loaded. */
export function requireAllotment(
  state: State,
  event: string,
  ticket: TicketRecord,
  named: string,
  field?: string,
): AllotmentRecord {
  require(ticket.allotment === named, 'ALLOTMENT_MISMATCH', {
    field: memberOf(field, 'allotment'),
    expected: ticket.allotment,
  });
  const record = state.get(allotmentKey(event, named));
  if (!record) throw new Error(`${event} has a ticket of an allotment ${named} that it does not have`);
  return record;
}

/** How often a ticket may change hands. */
export function requireHops(event: EventRecord, ticket: TicketRecord): void {
  const limit = event.policy.maxHops;
  requirePolicy(event, 'maxHops', limit === null || ticket.hops < limit, 'TOO_MANY_HOPS', { hops: ticket.hops });
}

/** The ticket in the hands of another, who may or may not have bought it. */
export function handOver(ticket: Omit<TicketRecord, 'buyer'>, holder: string, { nowSeconds }: Context): TicketRecord {
  return {
    ...ticket,
    state: 'sold',
    change: ticket.change + 1,
    holder,
    hops: ticket.hops + 1,
    acquiredAt: nowSeconds,
  };
}

/** Ends a ticket; what its holder is then owed is kept beside it, for the place may be sold again at once. */
export function endTicket(
  state: State,
  { event, ticket: id }: Pick<TicketVersion, 'event' | 'ticket'>,
  ticket: TicketRecord,
): void {
  state.put(ticketKey(event, parseTicketId(id).place), ticket);
  const surplus = ticket.resales?.some(({ surplusMinor }) => surplusMinor > 0) ?? false;
  if (ticket.owed || surplus) state.put(endedKeyOf({ event, ticket: id, issue: ticket.issue }), ticket);
  adjustHolder(state, event, ticket.holder, { held: -1 });
}

const NOTHING: Required<HolderRecord> = { held: 0, boughtPrimary: 0, boughtResale: 0, resold: 0, balanceMinor: 0 };

export function holderOf(state: State, event: string, holder: string): Required<HolderRecord> {
  return { ...NOTHING, ...state.get(holderKey(event, holder)) };
}

/**
 * Adds to a holder's counts and balance.
 * @throws {Refusal} AMOUNT_OVERFLOW
 * @throws {Error} if one became negative: a defect of a rule, never a refusal
 */
export function adjustHolder(state: State, event: string, holder: string, by: Partial<HolderRecord>): void {
  const before = holderOf(state, event, holder);
  const add = (member: keyof HolderRecord) => {
    const after = addMinor(before[member], by[member] ?? 0, member);
    if (after < 0) throw new Error(`holder ${holder} would have ${member} ${after}`);
    return after;
  };
  const [boughtResale, resold, balanceMinor] = [add('boughtResale'), add('resold'), add('balanceMinor')];
  state.put(holderKey(event, holder), {
    held: add('held'),
    boughtPrimary: add('boughtPrimary'),
    ...(boughtResale > 0 && { boughtResale }),
    ...(resold > 0 && { resold }),
    ...(balanceMinor > 0 && { balanceMinor }),
  });
}
