/** Bids that take what they can of the offers, one after the other. */
import type { CountedBid, Person, Trade } from './book.js';
import type { Offers } from './offers.js';
import { Standing } from './standing.js';

export class Matching {
  readonly #standing: Standing;
  /** Nobody buys from himself, nor from whom he brings, by whichever of his bids. */
  readonly #own = new Map<string, Set<string>>();

  constructor(bids: readonly CountedBid[], people: ReadonlyMap<string, Person>) {
    this.#standing = new Standing(people);
    for (const { bidder, guests } of bids) {
      const own = this.#own.get(bidder) ?? new Set([bidder]);
      for (const guest of guests) own.add(guest);
      this.#own.set(bidder, own);
    }
  }

  /** Whose tickets this bid does not take. */
  ownOf({ bidder }: CountedBid): ReadonlySet<string> {
    return this.#own.get(bidder) ?? new Set();
  }

  /** What persons may still win, for what would be. */
  supposed(): Standing {
    return this.#standing.suppose();
  }

  /** @returns its trades, none where it gets nothing */
  match(bid: CountedBid, offers: Offers, standing = this.#standing): readonly Trade[] {
    const { id, bidder, limitMinor, allOrNothing } = bid;
    const recipients = standing.recipients(bid);
    if (recipients.length === 0) return [];
    const wish = { count: recipients.length, limitMinor, allOrNothing, own: this.ownOf(bid) };
    const taken = offers.take(wish);
    standing.win(bid, recipients.slice(0, taken.length));
    return taken.flatMap(({ ask: { ticket, seller }, priceMinor, totalMinor }, at) => {
      const buyer = recipients[at];
      return buyer === undefined ? [] : [{ bid: id, bidder, buyer, ticket, seller, priceMinor, totalMinor }];
    });
  }
}
