/** One trade, whole: ticket and money in one step; or nothing of it, where it can't be applied any more. */
import { allotmentKey, ticketKey } from '../keys.js';
import { ticketPlace } from '../ids.js';
import { ESCROWED_DEPOSITS, type Entry } from '../money.js';
import { policyOf } from '../policy/policy.js';
import { issueTicket, primaryEntries } from '../primary.js';
import type { AllotmentRecord, EventRecord, TicketRecord } from '../records.js';
import { Refusal, refuse, require } from '../refusal.js';
import { splitResale } from '../resale.js';
import { adjustParties, resaleEntries, resell } from '../resale-execution.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import { adjustHolder, IN_HAND, isOnSale, requireHolder, requireState } from '../ticket.js';
import { codeOr } from './decode-page.js';
import { spendDeposit } from './escrow.js';
import { feesWithin } from './fees.js';
import { termsAt } from './price.js';
import type { MarketRecord, TradeRecord } from './records.js';

export interface Settling {
  readonly state: State;
  readonly event: EventRecord;
  readonly market: MarketRecord;
  readonly context: Context;
}

export interface SettledTrade {
  readonly entries: readonly Entry[];
  /** Why it lapsed, if it did. */
  readonly lapsed?: string;
}

/** Either way the bidder has one trade less to wait for. */
export function settleTrade(settling: Settling, trade: TradeRecord): SettledTrade {
  const { state, event, market } = settling;
  const depositor = { event: event.event, market: market.market, credential: trade.bidder };
  const supply = state.get(allotmentKey(event.event, trade.allotment));
  if (!supply) throw new Error(`${trade.ticket} is of an allotment that there is not`);
  const place = ticketPlace(trade.ticket);
  const ticket = state.get(ticketKey(event.event, place));
  const tradable = codeOr(() => requireTradable(trade, ticket));
  if (tradable instanceof Refusal)
    return { entries: spendDeposit(state, depositor, 0, trade.of), lapsed: tradable.code };
  const spent: Entry = [ESCROWED_DEPOSITS, -trade.totalMinor, 'deposit'];
  const entries = tradable
    ? resale(settling, { trade, ticket: tradable, supply, spent })
    : issue(settling, { trade, place, supply, spent });
  return { entries: [...entries, ...spendDeposit(state, depositor, trade.totalMinor, trade.of)] };
}

/** Since the close only the door can have changed something. @returns the ticket that is resold, undefined for a place that is free */
function requireTradable(
  { ticket: id, resale }: TradeRecord,
  ticket: TicketRecord | undefined,
): TicketRecord | undefined {
  const field = 'trade.ticket';
  if (!resale) {
    require(isOnSale(ticket), 'SEAT_ALREADY_SOLD', { field, ticket: id });
    return undefined;
  }
  if (!ticket) return refuse('UNKNOWN_TICKET', { field, ticket: id });
  require(ticket.issue === resale.issue, 'STALE_TICKET', { field, issue: ticket.issue });
  requireHolder(ticket, resale.seller, field);
  requireState(ticket, IN_HAND, 'trade');
  return ticket;
}

interface Case {
  readonly trade: TradeRecord;
  readonly supply: AllotmentRecord;
  /** The deposit's part. */
  readonly spent: Entry;
}

function resale(
  { state, event, market, context }: Settling,
  { trade, ticket, supply, spent }: Case & { readonly ticket: TicketRecord },
): Entry[] {
  const { buyer, reseller, totalMinor, resale: of } = trade;
  if (!of) throw new Error(`${trade.ticket} is not resold`);
  const policy = policyOf(event, supply.priceClass);
  const terms = termsAt(of.priceMinor, feesWithin(policy, market));
  const split = splitResale(policy, terms, 'trade');
  if (split.totalMinor !== totalMinor) throw new Error(`${trade.ticket} costs ${split.totalMinor}, not ${totalMinor}`);
  const sellerSide = of.reseller === reseller ? undefined : ([of.reseller, terms.sellerFeeMinor] as const);
  const deal = { buyer, reseller, split, ...(sellerSide && { sellerSide }) };
  const { resale: record, after } = resell({ event, ticket, supply }, deal, context);
  state.put(ticketKey(event.event, ticketPlace(trade.ticket)), after);
  adjustParties(state, event.event, record, buyer);
  return resaleEntries(event, record, spent);
}

function issue(
  { state, event, context }: Settling,
  { trade, place, supply, spent }: Case & { readonly place: string },
): Entry[] {
  const { buyer: holder, allotment, totalMinor: paidMinor } = trade;
  issueTicket(state, { event: event.event, place, allotment, holder, paidMinor }, context);
  adjustHolder(state, event.event, holder, { held: 1, boughtPrimary: 1 });
  return primaryEntries(event, supply, 1, spent);
}
