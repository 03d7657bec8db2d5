/** Tickets that come into being: sold from an allotment, or drawn by a market. */
import { ticketKey } from './keys.js';
import type { Entry } from './money.js';
import type { AllotmentRecord, EventRecord, TicketRecord } from './records.js';
import type { Context } from './rule.js';
import type { State } from './state.js';

interface Issue {
  readonly event: string;
  readonly place: string;
  readonly allotment: string;
  readonly holder: string;
  readonly paidMinor: number;
}

/** On a place that is free. @returns the issue number: one more than the place's last ticket had */
export function issueTicket(state: State, { event, place, ...of }: Issue, { nowSeconds }: Context): number {
  const key = ticketKey(event, place);
  const issue = (state.get(key)?.issue ?? 0) + 1;
  const ticket: TicketRecord = {
    allotment: of.allotment,
    state: 'sold',
    issue,
    change: 0,
    holder: of.holder,
    paidMinor: of.paidMinor,
    firstPriceMinor: of.paidMinor,
    hops: 0,
    entered: 0,
    acquiredAt: nowSeconds,
  };
  state.put(key, ticket);
  return issue;
}

/** The organizer has the face price of each ticket and every payee its fee. @param payer whoever has the buyer's money */
export function primaryEntries(event: EventRecord, supply: AllotmentRecord, count: number, payer: Entry): Entry[] {
  const fees = supply.fees.map(({ payee, amountMinor }): Entry => [payee, amountMinor * count, 'fee']);
  return [payer, [event.organizer, supply.facePriceMinor * count, 'face'], ...fees];
}
