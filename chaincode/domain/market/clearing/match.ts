/** One bid takes what it can of the offers. */
import type { CountedBid, Trade } from './book.js';
import type { Offers } from './offers.js';
import type { Standing } from './standing.js';

/** @returns its trades, none where it gets nothing */
export function match(bid: CountedBid, offers: Offers, standing: Standing): readonly Trade[] {
  const recipients = standing.recipients(bid);
  const taken = recipients.length === 0 ? [] : offers.take(bid, recipients.length);
  const trades = taken.flatMap(({ ask: { ticket, seller }, priceMinor, totalMinor }, at) => {
    const buyer = recipients[at];
    return buyer === undefined
      ? []
      : [{ bid: bid.id, bidder: bid.bidder, buyer, ticket, seller, priceMinor, totalMinor }];
  });
  standing.win(
    bid,
    trades.map(({ buyer }) => buyer),
  );
  return trades;
}
