/** From the opened pages to what clearing starts from: the orders that count, with their draws, and the persons behind them. */
import { fromBase64url } from '../../crypto/bytes.js';
import { decodeSecret } from '../../crypto/scalar.js';
import { policyOf } from '../policy/policy.js';
import type { EventRecord } from '../records.js';
import { bidId, compareText, type Book, type CountedAsk, type CountedBid, type Person } from './clearing/book.js';
import { feesWithin } from './fees.js';
import { groupBy } from './group-by.js';
import { isKnown, type KnownOrder } from './page-order.js';
import { totalAt } from './price.js';
import { priorityOf, seedOf } from './priority.js';
import type { MarketRecord, OpenedPageRecord } from './records.js';
import { resolveOrders, type Resolution } from './resolve.js';

export interface MarketBook extends Book {
  /** What became of every order. */
  readonly resolution: Resolution;
}

/** @param pages of all the market's slots, in any order */
export function bookOf(event: EventRecord, market: MarketRecord, pages: readonly OpenedPageRecord[]): MarketBook {
  const { root = '', secret = '' } = market;
  const seed = seedOf(fromBase64url(root) ?? new Uint8Array(0), decodeSecret(secret, 'secret'));
  const resolution = resolveOrders(pages.flatMap(({ orders }) => orders.filter(isKnown)));
  return {
    resolution,
    bids: resolution.bids.map(({ credential, bid }): CountedBid => ({
      id: bidId(credential, bid.name),
      bidder: credential,
      guests: bid.guests ?? [],
      priceClass: bid.priceClass,
      quantity: bid.quantity,
      limitMinor: bid.limitMinor,
      allOrNothing: bid.allOrNothing === true,
      prio: priorityOf(seed, credential),
    })),
    asks: asksOf(resolution, seed),
    people: peopleOf(pages),
    totalOf(priceClass, priceMinor) {
      const policy = policyOf(event, priceClass);
      return totalAt(policy, feesWithin(policy, market), priceMinor);
    },
  };
}

/** Those that a holder may still resell: where he offers more, his tickets with the lowest draws. */
function asksOf({ asks }: Resolution, seed: Uint8Array): readonly CountedAsk[] {
  const offers = (asks as readonly KnownOrder[]).flatMap(({ credential, ask, offered }) => {
    // An ask without an offer is void, and a void one does not count.
    if (!ask || !offered) return [];
    const { priceClass, capMinor, room } = offered;
    const { ticket, askMinor } = ask;
    const prio = priorityOf(seed, ticket);
    return [{ counted: { ticket, seller: credential, priceClass, askMinor, capMinor, prio }, room }];
  });
  const bySeller = groupBy(offers, ({ counted }) => counted.seller);
  return [...bySeller.values()].flatMap((own) => {
    const room = own[0]?.room ?? own.length;
    const drawn = own.map(({ counted }) => counted).sort((a, b) => compareText(a.prio, b.prio));
    return drawn.slice(0, room);
  });
}

/** Who is on several pages is the same on all, for nothing has changed since the close. */
function peopleOf(pages: readonly OpenedPageRecord[]): ReadonlyMap<string, Person> {
  const entries = pages.flatMap(({ people }) => Object.entries(people));
  return new Map(entries.map(([credential, [left, depositMinor]]) => [credential, { left, depositMinor }]));
}
