/** Any small market, and clearing done again in the plainest way there is: without indexes, pointers or bounds. */
import fc from 'fast-check';
import type { Book, CountedAsk, CountedBid, Person, Trade } from '../../chaincode/domain/market/clearing/book.js';
import { aBid, anAsk, FEE } from '../support/books.js';

const CLASSES = ['floor', 'balcony'];
const PEOPLE = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn'];
/** They have no bids of their own: such bids are void. */
const FRIENDS: Readonly<Record<string, readonly string[]>> = { Ann: ['Gus', 'Hal'], Ben: ['Ida'] };
const price = fc.integer({ min: 0, max: 12 });

const anyBid = fc
  .record({
    bidder: fc.constantFrom(...PEOPLE),
    priceClass: fc.constantFrom(...CLASSES),
    quantity: fc.integer({ min: 1, max: 4 }),
    limit: price,
    allOrNothing: fc.boolean(),
    guests: fc.constantFrom(0, 1, 2, 2),
  })
  .map(({ bidder, limit, guests, ...rest }) => {
    const friends = (FRIENDS[bidder] ?? []).slice(0, Math.min(guests, rest.quantity - 1));
    return { bidder, options: { ...rest, guests: friends, limitMinor: limit + FEE } };
  });
const anyAsk = fc.record({
  seller: fc.constantFrom(...PEOPLE, 'Gus', 'Zoe'),
  priceClass: fc.constantFrom(...CLASSES),
  askMinor: price,
  capMinor: fc.option(price.map((cap) => cap + FEE)),
  prio: fc.constantFrom('1', '2', '3'),
});
const anyPerson = fc.record({ left: fc.nat(5), depositMinor: fc.constantFrom(0, 15, 30, 60, 200, 200, 200) });

/** Each person has one draw. */
export const anyBook = fc
  .record({
    bids: fc.array(anyBid, { maxLength: 9 }),
    asks: fc.array(anyAsk, { maxLength: 9 }),
    people: fc.record(Object.fromEntries([...PEOPLE, 'Gus', 'Hal', 'Ida'].map((name) => [name, anyPerson]))),
    draw: fc.shuffledSubarray(PEOPLE, { minLength: PEOPLE.length }),
  })
  .map(({ bids, asks, people, draw }): Book => ({
    bids: bids.map(({ bidder, options }, at) => {
      return aBid(bidder, { ...options, name: `bid-${at}`, prio: String(draw.indexOf(bidder)) });
    }),
    asks: asks.map((ask, at) => anAsk(`t${at}`, ask)),
    people: new Map(Object.entries(people)),
    totalOf: (_, priceMinor) => priceMinor + FEE,
  }));

/** At more prices than are tried; caps differ, and many want all or nothing. */
export const anyWideBook = fc
  .record({
    bids: fc.array(
      fc.record({
        bidder: fc.integer({ min: 0, max: 15 }),
        priceClass: fc.constantFrom('floor', 'floor', 'floor', 'balcony'),
        quantity: fc.integer({ min: 1, max: 9 }),
        limitMinor: fc.integer({ min: FEE, max: 200 + FEE }),
        allOrNothing: fc.constantFrom(true, true, true, false),
      }),
      { minLength: 8, maxLength: 24 },
    ),
    asks: fc.array(
      fc.record({ askMinor: fc.nat(200), span: fc.nat(12), isFloor: fc.constantFrom(true, true, false) }),
      {
        minLength: 100,
        maxLength: 180,
      },
    ),
  })
  .map(({ bids, asks }): Book => ({
    bids: bids.map(({ bidder, ...bid }, at) =>
      aBid(`b${bidder}`, { ...bid, name: `bid-${at}`, prio: `${bidder % 7}` }),
    ),
    asks: asks.map(({ askMinor, span, isFloor }, at) =>
      anAsk(`t${at}`, { askMinor, capMinor: askMinor + FEE + span, priceClass: isFloor ? 'floor' : 'balcony' }),
    ),
    people: new Map(Array.from({ length: 16 }, (_, at) => [`b${at}`, { left: 6 + (at % 8), depositMinor: 1500 }])),
    totalOf: (_, priceMinor) => priceMinor + FEE,
  }));

const ascending = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);

export const inDraw = (bids: readonly CountedBid[]) =>
  bids.toSorted((a, b) => ascending(a.prio, b.prio) || ascending(a.id, b.id));
export const inLimits = (bids: readonly CountedBid[]) =>
  bids.toSorted((a, b) => b.limitMinor - a.limitMinor || ascending(a.prio, b.prio) || ascending(a.id, b.id));
const inPrices = (asks: readonly CountedAsk[]) =>
  asks.toSorted((a, b) => a.askMinor - b.askMinor || ascending(a.prio, b.prio) || ascending(a.ticket, b.ticket));

/** What persons have won, and what is set aside for it. */
export type Wins = readonly { readonly bidder: string; readonly buyer: string; readonly limitMinor: number }[];

/** One after the other the tickets of a bid find their persons, as far as limits and deposit reach. */
export function mayWin(bid: CountedBid, people: ReadonlyMap<string, Person>, wins: Wins): readonly string[] {
  const { bidder, guests, quantity, limitMinor, allOrNothing } = bid;
  const slots = [bidder, ...guests, ...Array.from({ length: quantity - 1 - guests.length }, () => bidder)];
  const set = wins.filter((win) => win.bidder === bidder).reduce((sum, win) => sum + win.limitMinor, 0);
  const winners: string[] = [];
  for (const person of slots) {
    const won = [...wins.map(({ buyer }) => buyer), ...winners].filter((each) => each === person).length;
    const { left = 0 } = people.get(person) ?? {};
    const covered = set + (winners.length + 1) * limitMinor <= (people.get(bidder)?.depositMinor ?? 0);
    if (won < left && covered) winners.push(person);
  }
  return allOrNothing && winners.length < quantity ? [] : winners;
}

interface Rules {
  readonly bids: readonly CountedBid[];
  /** At which an ask trades; none where it does not. */
  readonly priceOf: (ask: CountedAsk) => number | undefined;
  readonly before?: readonly Trade[];
}

/** Each bid in its turn looks through all asks from the cheapest. */
export function plainMatch({ bids: all, asks, people, totalOf }: Book, { bids, priceOf, before = [] }: Rules): Trade[] {
  const trades: Trade[] = [...before];
  const limits = new Map(all.map(({ id, limitMinor }) => [id, limitMinor]));
  for (const bid of bids) {
    const wins = trades.map(({ bidder, buyer, bid: id }) => ({ bidder, buyer, limitMinor: limits.get(id)! }));
    const winners = mayWin(bid, people, wins);
    const group = all.filter(({ bidder }) => bidder === bid.bidder).flatMap(({ guests }) => guests);
    const eligible = inPrices(asks).flatMap((ask) => {
      const priceMinor = priceOf(ask);
      if (priceMinor === undefined || ask.priceClass !== bid.priceClass) return [];
      const totalMinor = totalOf(ask.priceClass, priceMinor);
      const free = trades.every(({ ticket }) => ticket !== ask.ticket);
      const fits = totalMinor <= bid.limitMinor && (ask.capMinor === null || totalMinor <= ask.capMinor);
      return free && fits && ask.seller !== bid.bidder && !group.includes(ask.seller)
        ? [{ ask, priceMinor, totalMinor }]
        : [];
    });
    const taken = eligible.slice(0, winners.length);
    if (bid.allOrNothing && taken.length < bid.quantity) continue;
    for (const [at, { ask, priceMinor, totalMinor }] of taken.entries()) {
      const { ticket, seller } = ask;
      trades.push({ bid: bid.id, bidder: bid.bidder, buyer: winners[at]!, ticket, seller, priceMinor, totalMinor });
    }
  }
  return trades.slice(before.length);
}
