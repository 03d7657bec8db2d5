/** Books of sealed markets for tests: every bid and ask is valid and small unless the test says otherwise. */
import {
  bidId,
  type Book,
  type CountedAsk,
  type CountedBid,
  type Person,
} from '../../chaincode/domain/market/clearing/book.js';
import type { FreePlace } from '../../chaincode/domain/market/clearing/tier.js';

export type BidOptions = Partial<Omit<CountedBid, 'id' | 'bidder'>> & { readonly name?: string };

/** @param prio one digit is enough for a test: the lowest is drawn first */
export function aBid(bidder: string, { name = 'bid', ...options }: BidOptions = {}): CountedBid {
  const defaults = { guests: [], priceClass: 'floor', quantity: 1, limitMinor: 100, allOrNothing: false, prio: '5' };
  return { ...defaults, ...options, id: bidId(bidder, name), bidder };
}

export function anAsk(ticket: string, options: Partial<CountedAsk> = {}): CountedAsk {
  return {
    ticket,
    seller: `seller of ${ticket}`,
    priceClass: 'floor',
    askMinor: 50,
    capMinor: null,
    prio: '5',
    ...options,
  };
}

export const aPlace = (place: string, totalMinor = 50, priceClass = 'floor'): FreePlace => ({
  place,
  priceClass,
  totalMinor,
});

/** What a price comes to here: a fee of 10, so that the two are never mixed up. */
export const FEE = 10;

/**
 * Three tickets would change hands at 102. One does at any other price: of the dear ones, of which there are `dear` at which four are offered and more is
 * wanted, all or nothing; and of the `cheap` ones, at which one is offered.
 */
export function aHiddenPrice(cheap: number, dear: number): Book {
  const run = (from: number, count: number, span: number) =>
    Array.from({ length: count }, (_, at) => from + at).map((askMinor) =>
      anAsk(`at ${askMinor}`, { askMinor, capMinor: askMinor + span + FEE }),
    );
  const bids = [
    aBid('Ann', { limitMinor: 9_000 }),
    aBid('Ben', { limitMinor: 5_000, quantity: 9, allOrNothing: true }),
    aBid('Cem', { limitMinor: 110 + FEE, quantity: 2, allOrNothing: true }),
  ];
  return aBook(bids, [...run(0, cheap, 0), ...run(100, 3, 10), ...run(1_000, dear + 3, 3)]);
}

/** Everybody who is named may buy 9 and has a deposit that covers everything, unless `people` says otherwise. */
export function aBook(
  bids: readonly CountedBid[],
  asks: readonly CountedAsk[] = [],
  people: Readonly<Record<string, Partial<Person>>> = {},
): Book {
  return { bids, asks, people: peopleOf(bids, people), totalOf: (_, priceMinor) => priceMinor + FEE };
}

export function peopleOf(
  bids: readonly CountedBid[],
  people: Readonly<Record<string, Partial<Person>>> = {},
): ReadonlyMap<string, Person> {
  const named = bids.flatMap(({ bidder, guests }) => [bidder, ...guests]);
  return new Map(named.map((person) => [person, { left: 9, depositMinor: 1_000_000, ...people[person] }]));
}
