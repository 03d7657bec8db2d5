/** What is due for a ticket now: computed when somebody asks for it, ticket by ticket, so that no cancellation has to touch a stadium at once. */
import { windowOf } from './gates.js';
import { policyOf } from './policy/policy.js';
import type { AllotmentRecord, EventRecord, GateRecord, TicketRecord } from './records.js';
import { refundReturn, releaseSurplus, unwind, unwindRemainder, type Refund, type Refundable } from './refund.js';
import { HELD } from './ticket.js';

export interface Settlement extends Refund {
  readonly after: TicketRecord;
  /** The ticket's holder is out of it: it is no longer held, or its purchase no longer counts against the buyer's limit. */
  readonly handedBack: boolean;
  readonly purchaseUndone: boolean;
}

/** Where a settlement looks. */
export interface SettlementCase {
  readonly event: EventRecord;
  readonly supply: AllotmentRecord;
  /** The issue in question; it may have ended. */
  readonly ticket: TicketRecord;
  /** The newest issue of the same place. */
  readonly newestIssue: number;
  readonly now: string;
}

/** @returns undefined if nothing is due yet, or any more */
export function settlementOf(settled: SettlementCase): Settlement | undefined {
  const { event, ticket, supply } = settled;
  const refundable = { event, ticket, supply, policy: policyOf(event, supply.priceClass) };
  const { owed, owedFrom, ...rest } = ticket;
  if (event.state === 'cancelled' && HELD.includes(ticket.state)) {
    const after: TicketRecord = { ...rest, state: 'refunded', change: ticket.change + 1 };
    return { ...unwind(refundable), after: withoutSurplus(after), handedBack: true, purchaseUndone: true };
  }
  if (owed === 'refund') {
    return { ...unwind(refundable), after: withoutSurplus(rest), handedBack: false, purchaseUndone: true };
  }
  if (owed === 'return') {
    if (event.state === 'cancelled') {
      const after: TicketRecord = { ...rest, state: 'refunded' };
      return { ...unwind(refundable), after: withoutSurplus(after), handedBack: false, purchaseUndone: true };
    }
    return isReturnDue(settled) ? returned(refundable, rest) : undefined;
  }
  if (owed === 'remainder' && event.state === 'cancelled') {
    return { ...unwindRemainder(refundable), after: withoutSurplus(rest), handedBack: false, purchaseUndone: false };
  }
  return isSurplusDue(settled) ? { ...releaseSurplus(rest), handedBack: false, purchaseUndone: false } : undefined;
}

/** Where the ticket was resold, a cancellation would give back more. */
function returned(refundable: Refundable, rest: TicketRecord): Settlement {
  const after: TicketRecord = { ...rest, state: 'refunded', ...(rest.resales && { owed: 'remainder' }) };
  return { ...refundReturn(refundable), after, handedBack: false, purchaseUndone: true };
}

/**
 * What a settlement may credit now. Surpluses are released once it is on record that the event can't be cancelled any more: a cancellation that was
 * held back across that conflicts.
 */
export function dueOnRecord(settled: SettlementCase, cancellation: GateRecord | undefined): Settlement | undefined {
  const due = settlementOf(settled);
  return due?.purchaseUndone === true || cancellation?.state === 'closed' ? due : undefined;
}

/** A returned ticket is refunded when its place is sold again or returns have closed, whichever comes first. */
function isReturnDue({ event, ticket, newestIssue, now }: SettlementCase): boolean {
  return newestIssue > ticket.issue || now >= returnDueAt(event, ticket);
}

const returnDueAt = (event: EventRecord, { owedFrom }: TicketRecord): string =>
  owedFrom ?? windowOf(event, 'returns')[1].at;

function isSurplusDue({ event, ticket, now }: SettlementCase): boolean {
  return holdsSurplus(ticket) && event.state !== 'cancelled' && now >= releasedAt(event);
}

const holdsSurplus = ({ resales }: TicketRecord): boolean =>
  resales?.some(({ surplusMinor }) => surplusMinor > 0) ?? false;

const releasedAt = (event: EventRecord): string => windowOf(event, 'cancellation')[1].at;

/** @returns from when something is due for a ticket for which nothing is yet, unless its event is cancelled or its place sold again before; undefined: nothing will be */
export function dueFrom({ event, ticket }: Pick<SettlementCase, 'event' | 'ticket'>): string | undefined {
  if (ticket.owed === 'return') return returnDueAt(event, ticket);
  return holdsSurplus(ticket) && event.state !== 'cancelled' ? releasedAt(event) : undefined;
}

/** What was unwound is gone: no surplus is left to release. */
export function withoutSurplus(ticket: TicketRecord): TicketRecord {
  const { resales, ...rest } = ticket;
  return resales ? { ...rest, resales: resales.map((resale) => ({ ...resale, surplusMinor: 0 })) } : rest;
}

/** Whoever's record a settlement writes: those who are paid, the holder, and the buyer, whose purchase may no longer count. */
export function concernedHolders(ticket: TicketRecord): readonly string[] {
  const sellers = (ticket.resales ?? []).map(({ seller }) => seller);
  return [...new Set([...sellers, ticket.holder, ticket.buyer ?? ticket.holder])];
}
