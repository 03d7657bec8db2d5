/**
 * The second look at an order: whose word it is, and whether the event's rules let it count. Everything is judged as of the close, and nothing has changed
 * since, so it does not matter who looks or when.
 */
import { requireHolderKey } from '../holders.js';
import { multiplyMinor } from '../money.js';
import type { EventRecord } from '../records.js';
import { Refusal, refuse, require } from '../refusal.js';
import type { State } from '../state.js';
import type { Statement } from '../statements.js';
import { codeOr, requireOfMarket, type DecodedOrder, type Opening } from './decode-page.js';
import { depositOf } from './escrow.js';
import { requireAsk } from './judge-ask.js';
import type { PageOrder } from './page-order.js';
import type { MarketRecord } from './records.js';
import type { BidTerms } from './resolve.js';

/** What all orders of a market are judged by. */
export interface Bench {
  readonly state: State;
  readonly event: EventRecord;
  readonly market: MarketRecord;
  readonly opening: Opening;
}

export function judgeOrder(bench: Bench, decoded: DecodedOrder): PageOrder {
  const { at, order } = decoded;
  const holder = codeOr(() => requireHolderKey(bench.state, bench.event, order));
  if (holder instanceof Refusal) return { at, void: holder.code };
  const { credential, sequence, bid, ask, cancel } = order.payload;
  const known = { at, credential, sequence, digest: order.digest };
  if (cancel) return { ...known, cancel };
  if (bid) {
    const judged = codeOr(() => requireBid(bench, decoded, bid));
    return { ...known, bid, ...(judged instanceof Refusal && { void: judged.code }) };
  }
  if (!ask) throw new Error('an order is a bid, an ask or a cancellation');
  const offered = codeOr(() => requireAsk(bench, order, ask));
  return { ...known, ask, ...(offered instanceof Refusal ? { void: offered.code } : { offered }) };
}

/** A bid has a deposit with the reseller that it names, which covers all that it asks for, and its guests have agreed. */
function requireBid(bench: Bench, decoded: DecodedOrder, bid: BidTerms): void {
  const { state, market, event } = bench;
  const { priceClass, quantity, limitMinor, reseller } = bid;
  requireTraded(market, priceClass);
  const { credential } = decoded.order.payload;
  const deposit = depositOf(state, { event: event.event, market: market.market, credential });
  if (!deposit) return refuse('DEPOSIT_MISSING', { field: 'order.bid.reseller' });
  const same = deposit.reseller === reseller;
  require(same, 'DEPOSIT_MISMATCH', { field: 'order.bid.reseller', expected: deposit.reseller });
  const mostMinor = multiplyMinor(limitMinor, quantity, 'order.bid.limitMinor');
  const covered = mostMinor <= deposit.amountMinor;
  require(covered, 'DEPOSIT_MISSING', { field: 'order.bid.limitMinor', depositMinor: deposit.amountMinor });
  requireConsents(bench, decoded, bid);
}

/** @throws {Refusal} CLASS_NOT_TRADED */
export function requireTraded({ priceClasses }: MarketRecord, priceClass: string): void {
  const traded = priceClasses?.includes(priceClass) ?? true;
  require(traded, 'CLASS_NOT_TRADED', { field: 'order.bid.priceClass', priceClass });
}

/** Exactly one of each guest: to this bid of this host, in this market, signed with the key that is enrolled for him. */
function requireConsents(bench: Bench, { order, guests }: DecodedOrder, { name, guests: named = [] }: BidTerms): void {
  const consenting = new Map(guests.map((guest) => [guest.payload.credential, guest]));
  const complete = guests.length === named.length && named.every((guest) => consenting.has(guest));
  require(complete, 'GUEST_NOT_CONSENTING', { field: 'guests' });
  for (const guest of guests) {
    const judged = codeOr(() => requireConsent(bench, guest, { host: order.payload.credential, bid: name }));
    if (judged instanceof Refusal) refuse('GUEST_NOT_CONSENTING', { field: guest.field, because: judged.code });
  }
}

function requireConsent(
  { state, event, opening }: Bench,
  guest: Statement<'guest'>,
  { host, bid }: { readonly host: string; readonly bid: string },
): void {
  requireOfMarket(guest, opening);
  const agreed = guest.payload.host === host && guest.payload.bid === bid;
  require(agreed, 'GUEST_NOT_CONSENTING', { field: guest.field });
  requireHolderKey(state, event, guest);
}
