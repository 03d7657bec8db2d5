/** What must hold of trades, stated without the rules that made them: nobody above his limit, no ticket twice, everybody can pay. */
import { isKnown, type KnownOrder } from '../../chaincode/domain/market/page-order.js';
import type { OpenedPageRecord, TradeRecord } from '../../chaincode/domain/market/records.js';
import { agree } from './difference.js';

export interface ClearedMarket {
  readonly trades: readonly TradeRecord[];
  readonly pages: readonly OpenedPageRecord[];
}

/** @param key what differs if it does not hold */
export function requireFair(key: string, { trades, pages }: ClearedMarket): void {
  const orders = pages.flatMap(({ orders: each }) => each.filter(isKnown)).filter((each) => each.void === undefined);
  for (const trade of trades) requireWanted(key, trade, orders);
  const tickets = new Set(trades.map(({ ticket }) => ticket));
  agree(tickets.size === trades.length, key, 'every ticket once', `${trades.length - tickets.size} twice`);
  const people = new Map(pages.flatMap(({ people: each }) => Object.entries(each)));
  const bought = sums(trades.map(({ buyer }) => [buyer, 1]));
  for (const [person, count] of bought) {
    const [left = 0] = people.get(person) ?? [];
    agree(count <= left, key, `at most ${left} tickets for ${person}`, count);
  }
  const spent = sums(trades.map(({ bidder, totalMinor }) => [bidder, totalMinor]));
  for (const [person, minor] of spent) {
    const [, depositMinor = 0] = people.get(person) ?? [];
    agree(minor <= depositMinor, key, `at most the deposit of ${person}, ${depositMinor}`, minor);
  }
}

/** Some bid of that name wants it, within its limit; some ask offers it, at no more than the price; and nobody sells to himself. */
function requireWanted(key: string, trade: TradeRecord, orders: readonly KnownOrder[]): void {
  const { bid: name, bidder, buyer, ticket, totalMinor, resale } = trade;
  const wanted = orders.some(
    ({ credential, bid }) =>
      credential === bidder &&
      bid?.name === name &&
      bid.limitMinor >= totalMinor &&
      [bidder, ...(bid.guests ?? [])].includes(buyer),
  );
  agree(wanted, key, `a bid of ${bidder} for ${totalMinor} or more`, ticket);
  if (!resale) return;
  const { seller, priceMinor } = resale;
  const offered = orders.some(
    ({ credential, ask, offered: offer }) =>
      credential === seller &&
      ask?.ticket === ticket &&
      ask.askMinor <= priceMinor &&
      totalMinor <= (offer?.capMinor ?? Infinity),
  );
  agree(offered, key, `an ask of ${seller} for ${priceMinor} or less`, ticket);
  agree(seller !== bidder && seller !== buyer, key, 'a buyer who is not the seller', seller);
}

function sums(all: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const [of, amount] of all) totals.set(of, (totals.get(of) ?? 0) + amount);
  return totals;
}
