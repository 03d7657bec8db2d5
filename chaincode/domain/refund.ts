/**
 * Giving money back. An event that does not take place is unwound along the hops of each ticket: everybody who gave money for it gets back what he has
 * not had back already, so that nobody gains and nobody loses. The organizer returns face price and royalties, whoever took fees returns them if
 * the policy says so, and the escrow returns the sellers' surpluses.
 */
import { ESCROW_ACCOUNT, holderAccount, type Entry } from './money.js';
import type { Policy } from './policy/parameters.js';
import type { AllotmentRecord, EventRecord, ResaleRecord, TicketRecord } from './records.js';
import { commissions } from './resale.js';

/** What is owed back of the first purchase and of each resale, in their order: the price, without the fees that are not refunded. */
function refundablePrices(
  ticket: TicketRecord,
  supply: AllotmentRecord,
  policy: Policy,
): readonly [number, ...number[]] {
  const fees = policy.refundFees === 'all';
  const first = fees ? ticket.firstPriceMinor : supply.facePriceMinor;
  const resold = (ticket.resales ?? []).map(({ totalMinor, commissionMinor, venueMinor }) =>
    fees ? totalMinor : totalMinor - commissionMinor - venueMinor,
  );
  return [first, ...resold];
}

/** What the ticket's last buyer would get back. A seller gets as much at once, and what is beyond when the event has taken place. */
export function refundableMinor(ticket: TicketRecord, supply: AllotmentRecord, policy: Policy): number {
  const prices = refundablePrices(ticket, supply, policy);
  return prices[prices.length - 1] ?? prices[0];
}

/** What holders get, and the entries, which sum to zero. */
export interface Refund {
  readonly credits: readonly (readonly [holder: string, amountMinor: number])[];
  readonly entries: readonly Entry[];
}

/** A ticket with all that a refund of it depends on. */
export interface Refundable {
  readonly event: EventRecord;
  readonly ticket: TicketRecord;
  readonly supply: AllotmentRecord;
  /** Of the ticket's price class. */
  readonly policy: Policy;
}

/** Everything back to everybody. */
export function unwind({ event, ticket, supply, policy }: Refundable): Refund {
  const prices = refundablePrices(ticket, supply, policy);
  const resales = ticket.resales ?? [];
  const sellers = resales.map(({ seller, proceedsMinor }, index): [string, number] => [
    seller,
    (prices[index] ?? 0) - proceedsMinor,
  ]);
  const credits = [...sellers, [ticket.holder, refundableMinor(ticket, supply, policy)] as const];
  const refundsFees = policy.refundFees === 'all';
  const debits: Entry[] = [
    [event.organizer, -supply.facePriceMinor, 'refund'],
    ...(refundsFees ? supply.fees.map(({ payee, amountMinor }): Entry => [payee, -amountMinor, 'refund']) : []),
    ...resales.flatMap((resale) => resaleDebits(event, resale, refundsFees)),
  ];
  return refundOf(credits, debits);
}

function resaleDebits(event: EventRecord, resale: ResaleRecord, refundsFees: boolean): Entry[] {
  const fees: Entry[] = [
    ...commissions(resale).map(([reseller, amountMinor]): Entry => [reseller, -amountMinor, 'refund']),
    [event.venue, -resale.venueMinor, 'refund'],
  ];
  return [
    [event.organizer, -resale.royaltyMinor, 'refund'],
    [ESCROW_ACCOUNT, -resale.surplusMinor, 'refund'],
    ...(refundsFees ? fees : []),
  ];
}

/** A return gives back the first sale, and at most what was last paid: resales before it were final. The organizer's part goes first, then fees. */
export function refundReturn({ event, ticket, supply, policy }: Refundable): Refund {
  const [first] = refundablePrices(ticket, supply, policy);
  const amountMinor = Math.min(first, refundableMinor(ticket, supply, policy));
  const funders = [
    [event.organizer, supply.facePriceMinor] as const,
    ...supply.fees.map((fee) => [fee.payee, fee.amountMinor] as const),
  ];
  let owed = amountMinor;
  const debits = funders.map(([account, most]): Entry => {
    const part = Math.min(owed, most);
    owed -= part;
    return [account, -part, 'refund'];
  });
  return refundOf([[ticket.holder, amountMinor]], debits);
}

/** What a cancellation still gives back where the first part was returned before: then a resale is not final either. */
export function unwindRemainder(refundable: Refundable): Refund {
  const [all, returned] = [unwind(refundable), refundReturn(refundable)];
  const paid = new Map(returned.credits);
  const credits = all.credits.map(([holder, amountMinor]) => [holder, amountMinor - (paid.get(holder) ?? 0)] as const);
  const given = returned.entries.map(([account, amountMinor, kind]): Entry => [account, -amountMinor, kind]);
  return { credits: credits.filter(([, amountMinor]) => amountMinor !== 0), entries: [...all.entries, ...given] };
}

/** The event has taken place: what sellers made beyond their own price is theirs. */
export function releaseSurplus(ticket: TicketRecord): Refund & { readonly after: TicketRecord } {
  const resales = ticket.resales ?? [];
  const credits = resales.map(({ seller, surplusMinor }) => [seller, surplusMinor] as const);
  const debits = resales.map(({ surplusMinor }): Entry => [ESCROW_ACCOUNT, -surplusMinor, 'surplus']);
  const released = resales.map((resale) => ({
    ...resale,
    proceedsMinor: resale.proceedsMinor + resale.surplusMinor,
    surplusMinor: 0,
  }));
  return { ...refundOf(credits, debits, 'surplus'), after: { ...ticket, resales: released } };
}

/** One credit for each holder, however many of the hops were his. */
function refundOf(
  credits: readonly (readonly [string, number])[],
  debits: readonly Entry[],
  kind: 'refund' | 'surplus' = 'refund',
): Refund {
  const sums = new Map<string, number>();
  for (const [holder, amountMinor] of credits) sums.set(holder, (sums.get(holder) ?? 0) + amountMinor);
  const due = [...sums].filter(([, amountMinor]) => amountMinor !== 0);
  const gains = due.map(([holder, amountMinor]): Entry => [holderAccount(holder), amountMinor, kind]);
  return { credits: due, entries: [...debits, ...gains] };
}
