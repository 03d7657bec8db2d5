/** The clearing of a market out of its records: plain data in, every trade with all that its settlement needs out. Whoever recomputes a market calls this. */
import type { EventRecord } from '../records.js';
import { ticketIdOf } from '../ids.js';
import { bidId } from './clearing/book.js';
import { drawPlaces } from './clearing/draw-places.js';
import { clearLottery } from './clearing/lottery.js';
import { clearUniformPrice } from './clearing/uniform-price.js';
import { bookOf, type MarketBook } from './book-of.js';
import type { KnownOrder } from './page-order.js';
import type { MarketRecord, OpenedPageRecord, SupplyPageRecord, TradeRecord } from './records.js';

export interface Cleared {
  readonly trades: readonly TradeRecord[];
  /** By class, where one price was found for all. */
  readonly prices?: Readonly<Record<string, number>>;
}

/** A trade before it is known how many its bidder has. */
type Deal = Omit<TradeRecord, 'of'>;

export function clearMarket(
  event: EventRecord,
  market: MarketRecord,
  pages: readonly OpenedPageRecord[],
  supply: readonly SupplyPageRecord[],
): Cleared {
  const book = bookOf(event, market, pages);
  if (market.supply !== 'resale') return { trades: counted(drawn(event.event, book, supply)) };
  if (market.clearing === 'lottery') return { trades: counted(resold(book, clearLottery(book))) };
  const { trades, prices } = clearUniformPrice(book);
  return { trades: counted(resold(book, trades)), prices: Object.fromEntries(prices) };
}

/** By id: the bidder's own name for it, and who has the deposit. */
function bidsOf({ resolution }: MarketBook): ReadonlyMap<string, { readonly bid: string; readonly reseller: string }> {
  const entries = resolution.bids.map(({ credential, bid: { name, reseller } }) => {
    return [bidId(credential, name), { bid: name, reseller }] as const;
  });
  return new Map(entries);
}

const known = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('a trade of an order that does not count');
  return found;
};

function resold(book: MarketBook, trades: ReturnType<typeof clearLottery>): Deal[] {
  const bids = bidsOf(book);
  const asks = new Map((book.resolution.asks as readonly KnownOrder[]).map((order) => [order.ask?.ticket, order]));
  return trades.map(({ bid, bidder, buyer, ticket, seller, priceMinor, totalMinor }) => {
    const { ask, offered } = known(asks.get(ticket));
    const { issue, reseller } = known(ask);
    const resale = { seller, issue, priceMinor, reseller };
    return { ...known(bids.get(bid)), bidder, buyer, ticket, allotment: known(offered).allotment, totalMinor, resale };
  });
}

function drawn(event: string, book: MarketBook, supply: readonly SupplyPageRecord[]): Deal[] {
  const bids = bidsOf(book);
  const free = supply.flatMap((page) =>
    Object.entries(page).flatMap(([allotment, { priceClass, totalMinor, places }]) =>
      places.map((place) => ({ allotment, place, priceClass, totalMinor })),
    ),
  );
  const allotments = new Map(free.map(({ place, allotment }) => [place, allotment]));
  return drawPlaces({ ...book, places: free }).map(({ bid, bidder, buyer, place, totalMinor }) => ({
    ...known(bids.get(bid)),
    bidder,
    buyer,
    ticket: ticketIdOf(event, place),
    allotment: known(allotments.get(place)),
    totalMinor,
  }));
}

function counted(deals: readonly Deal[]): TradeRecord[] {
  const counts = new Map<string, number>();
  for (const { bidder } of deals) counts.set(bidder, (counts.get(bidder) ?? 0) + 1);
  return deals.map((deal) => ({ ...deal, of: counts.get(deal.bidder) ?? 0 }));
}
