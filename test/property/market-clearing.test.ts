/** Whatever is bid and asked, clearing keeps to every limit, hangs on nothing but the draw, and is what the plainest way of doing it comes to. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Book, CountedBid, Trade } from '../../chaincode/domain/market/clearing/book.js';
import { drawPlaces, type Draw } from '../../chaincode/domain/market/clearing/draw-places.js';
import { clearLottery } from '../../chaincode/domain/market/clearing/lottery.js';
import type { FreePlace } from '../../chaincode/domain/market/clearing/tier.js';
import { clearUniformPrice } from '../../chaincode/domain/market/clearing/uniform-price.js';
import { parsePlace } from '../../chaincode/domain/ids.js';
import { aHiddenPrice, aPlace, FEE } from '../support/books.js';
import { uniformInPython } from '../support/python.js';
import { anyBook, anyWideBook, inDraw, inLimits, mayWin, plainMatch } from './market-clearing-books.js';

const RUNS = { numRuns: 400 };
const MARKETS: Readonly<Record<string, (book: Book) => readonly Trade[]>> = {
  lottery: clearLottery,
  'uniform price': (book) => clearUniformPrice(book).trades,
};

const countOf = <T>(all: readonly T[], holds: (each: T) => boolean): number => all.filter(holds).length;

function expectSound({ bids, asks, people }: Book, trades: readonly Trade[]): void {
  expect(new Set(trades.map(({ ticket }) => ticket)).size).to.equal(trades.length);
  for (const { bid: id, bidder, buyer, ticket, seller, totalMinor } of trades) {
    const bid = bids.find((each) => each.id === id)!;
    const ask = asks.find((each) => each.ticket === ticket)!;
    expect(totalMinor).to.be.at.most(Math.min(bid.limitMinor, ask.capMinor ?? Infinity));
    expect(totalMinor).to.be.at.least(ask.askMinor + FEE);
    expect([ask.priceClass, ask.seller, bid.bidder]).to.deep.equal([bid.priceClass, seller, bidder]);
    expect([bidder, ...bid.guests])
      .to.include(buyer)
      .and.not.include(seller);
  }
  for (const { id, quantity, allOrNothing, guests } of bids) {
    const won = trades.filter(({ bid }) => bid === id);
    expect(won.length).to.be.at.most(quantity);
    if (allOrNothing) expect(won.length).to.be.oneOf([0, quantity]);
    for (const guest of guests) expect(countOf(won, ({ buyer }) => buyer === guest)).to.be.at.most(1);
  }
  for (const [person, { left, depositMinor }] of people) {
    expect(countOf(trades, ({ buyer }) => buyer === person)).to.be.at.most(left);
    const paid = trades.filter(({ bidder }) => bidder === person).reduce((sum, each) => sum + each.totalMinor, 0);
    expect(paid).to.be.at.most(depositMinor);
  }
}

for (const [name, clear] of Object.entries(MARKETS)) {
  describe(`any market cleared by ${name}`, () => {
    it('keeps to every limit, cap, deposit and quantity; nobody buys from himself, no ticket is sold twice', () => {
      fc.assert(
        fc.property(anyBook, (book) => expectSound(book, clear(book))),
        RUNS,
      );
    });

    it('does not hang on the order in which anything came', () => {
      const shuffled = anyBook.chain((book) => {
        const mixed = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });
        return fc
          .record({ bids: mixed(book.bids), asks: mixed(book.asks), people: mixed([...book.people]) })
          .map((other) => ({
            book,
            other: { ...book, ...other, people: new Map(other.people) },
          }));
      });
      const check = ({ book, other }: { book: Book; other: Book }) =>
        void expect(clear(other)).to.deep.equal(clear(book));
      fc.assert(fc.property(shuffled, check), RUNS);
    });
  });
}

describe('lottery', () => {
  it('is the plain one: each bid in its turn looks through all asks', () => {
    const check = (book: Book) => {
      const plain = plainMatch(book, { bids: inDraw(book.bids), priceOf: ({ askMinor }) => askMinor });
      expect(clearLottery(book)).to.deep.equal(plain);
    };
    fc.assert(fc.property(anyBook, check), RUNS);
  });

  it('is a market: trades, partial fills, skipped bids and guests occur', () => {
    const seen = fc.sample(anyBook, { numRuns: 300, seed: 11 }).flatMap((book) => {
      const trades = clearLottery(book);
      return book.bids.map(({ id, bidder, quantity, allOrNothing }) => {
        const won = trades.filter(({ bid }) => bid === id);
        const guest = won.some(({ buyer }) => buyer !== bidder);
        return { allOrNothing, guest, filled: won.length === 0 ? 'not' : won.length < quantity ? 'partly' : 'all' };
      });
    });
    for (const kind of [
      { filled: 'not', allOrNothing: true },
      { filled: 'partly' },
      { filled: 'all', allOrNothing: true },
      { guest: true },
    ])
      expect(
        countOf(seen, (each) => Object.entries(kind).every(([of, is]) => each[of as 'filled'] === is)),
        JSON.stringify(kind),
      ).to.be.above(10);
  });
});

type Triable = (priceClass: string, before: readonly Trade[]) => readonly number[];
const buyersOf = ({ bids }: Book, of: string) => inLimits(bids).filter(({ priceClass }) => priceClass === of);
const UP_TO_13 = Array.from({ length: 14 }, (_, priceMinor) => priceMinor);

/** Every class in its turn, every price that may be it, matched from the start: the lowest with most trades. */
function plainUniform(book: Book, triable: Triable) {
  const prices = new Map<string, number>();
  let trades: Trade[] = [];
  for (const priceClass of [...new Set(book.asks.map((ask) => ask.priceClass))].sort()) {
    const at = (priceMinor: number) => {
      const priceOf = ({ askMinor }: { askMinor: number }) => (askMinor <= priceMinor ? priceMinor : undefined);
      return plainMatch(book, { bids: buyersOf(book, priceClass), priceOf, before: trades });
    };
    const tried = [...triable(priceClass, trades)].sort((a, b) => a - b).map((each) => [each, at(each)] as const);
    const most = Math.max(0, ...tried.map(([, { length }]) => length));
    const found = tried.find(([, { length }]) => length === most);
    if (!found || most === 0) continue;
    prices.set(priceClass, found[0]);
    trades = [...trades, ...found[1]];
  }
  return { trades, prices };
}

const askedIn =
  ({ asks }: Book): Triable =>
  (of) => [...new Set(asks.flatMap(({ priceClass, askMinor }) => (priceClass === of ? [askMinor] : [])))];

/** Of each class the prices that promise most to all bids, and most to those that take less than they ask for. */
const promisingIn =
  (book: Book): Triable =>
  (of, before) => {
    const limits = new Map(book.bids.map(({ id, limitMinor }) => [id, limitMinor]));
    const promise = (priceMinor: number, bids: readonly CountedBid[]) => {
      const wins = before.map(({ bidder, buyer, bid }) => ({ bidder, buyer, limitMinor: limits.get(bid)! }));
      for (const bid of bids.filter(({ limitMinor }) => limitMinor >= priceMinor + FEE))
        for (const buyer of mayWin(bid, book.people, wins))
          wins.push({ bidder: bid.bidder, buyer, limitMinor: bid.limitMinor });
      const offered = countOf(
        book.asks,
        ({ priceClass, askMinor, capMinor }) =>
          priceClass === of && askMinor <= priceMinor && (capMinor ?? Infinity) >= priceMinor + FEE,
      );
      return Math.min(offered, wins.length - before.length);
    };
    const bids = buyersOf(book, of);
    return [bids, bids.filter(({ allOrNothing }) => !allOrNothing)].flatMap((some) =>
      askedIn(book)(of, before)
        .map((priceMinor) => [promise(priceMinor, some), priceMinor] as const)
        .sort(([a, low], [b, high]) => b - a || low - high)
        .slice(0, 32)
        .map(([, priceMinor]) => priceMinor),
    );
  };

describe('uniform price', () => {
  it('is the lowest asked one at which most is traded, found by trying all', () => {
    const check = (book: Book) => void expect(clearUniformPrice(book)).to.deep.equal(plainUniform(book, askedIn(book)));
    fc.assert(fc.property(anyBook, check), RUNS);
  });

  it('is beaten by no other price either, where nobody both bids and asks', () => {
    const check = (book: Book) => {
      const others = { ...book, asks: book.asks.map((ask) => ({ ...ask, seller: `seller of ${ask.ticket}` })) };
      expect(clearUniformPrice(others)).to.deep.equal(plainUniform(others, () => UP_TO_13));
    };
    fc.assert(fc.property(anyBook, check), RUNS);
  });

  it('is found among the 32 prices of each kind that promise most, where there are more; in Python too', async () => {
    // In the first ones the bound decides (uniform-price.test.ts).
    const edges = [40, 29, 30].flatMap((cheap) => [40, 31, 32].map((dear) => aHiddenPrice(cheap, dear)));
    const books = [...edges, ...fc.sample(anyWideBook, { numRuns: 10, seed: 5 })];
    const cleared = books.map((book) => clearUniformPrice(book));
    expect(cleared).to.deep.equal(books.map((book) => plainUniform(book, promisingIn(book))));
    const plain = cleared.map(({ trades, prices }) => ({
      trades: trades.map(({ buyer, ticket }) => [buyer, ticket]),
      prices: Object.fromEntries(prices),
    }));
    expect(await uniformInPython(books, FEE)).to.deep.equal(plain);
  });
});

const anyPlaces = fc.uniqueArray(
  fc.record({
    row: fc.constantFrom('A', 'B', 'AA'),
    number: fc.integer({ min: 1, max: 9 }),
    totalMinor: fc.constantFrom(14, 14, 14, 18),
    priceClass: fc.constantFrom('floor', 'floor', 'balcony'),
  }),
  { selector: ({ row, number }) => `${row}:${number}`, maxLength: 14 },
);
const placesOf = (all: readonly { row: string; number: number; totalMinor: number; priceClass: string }[]) =>
  all.map(({ row, number, totalMinor, priceClass }) => aPlace(`hall:${row}:${number}`, totalMinor, priceClass));

/** Tries every place as the first of a row of neighbours, from the lowest. */
function plainDraw({ bids, people }: Book, places: readonly FreePlace[]): Draw[] {
  const draws: Draw[] = [];
  const limits = new Map(bids.map(({ id, limitMinor }) => [id, limitMinor]));
  for (const bid of inDraw(bids)) {
    const winners = mayWin(
      bid,
      people,
      draws.map(({ bid: id, ...draw }) => ({ ...draw, limitMinor: limits.get(id)! })),
    );
    const n = winners.length;
    const free = places
      .filter(({ place, priceClass, totalMinor }) => {
        const taken = draws.some((draw) => draw.place === place);
        return !taken && priceClass === bid.priceClass && totalMinor <= bid.limitMinor;
      })
      .map((each) => ({ ...each, ...parsePlace(each.place) }))
      .sort(
        (a, b) => a.row!.length - b.row!.length || (a.row! < b.row! ? -1 : a.row! > b.row! ? 1 : a.number - b.number),
      );
    const runs = free.map((first) =>
      Array.from({ length: n }, (_, at) =>
        free.find(
          ({ row, number, totalMinor }) =>
            row === first.row && number === first.number + at && totalMinor === first.totalMinor,
        ),
      ),
    );
    const taken = runs.find((run) => run.every((each) => each !== undefined)) ?? free.slice(0, n);
    if (bid.allOrNothing && taken.length < bid.quantity) continue;
    for (const [at, each] of taken.entries())
      draws.push({
        bid: bid.id,
        bidder: bid.bidder,
        buyer: winners[at]!,
        place: each.place,
        totalMinor: each.totalMinor,
      });
  }
  return draws;
}

describe('any ballot', () => {
  it('is the plain one: each bid in its turn looks for the first neighbours, else for the first places', () => {
    const check = (book: Book, rows: Parameters<typeof placesOf>[0]) => {
      const places = placesOf(rows);
      expect(drawPlaces({ ...book, places })).to.deep.equal(plainDraw(book, places));
    };
    fc.assert(fc.property(anyBook, anyPlaces, check), RUNS);
  });

  it('keeps to every limit, deposit and quantity, and gives no place twice', () => {
    const check = (book: Book, rows: Parameters<typeof placesOf>[0]) => {
      const draws = drawPlaces({ ...book, places: placesOf(rows) });
      const trades = draws.map(({ place, ...draw }) => ({
        ...draw,
        ticket: place,
        seller: 'box office',
        priceMinor: draw.totalMinor - FEE,
      }));
      const asks = placesOf(rows).map(({ place, priceClass, totalMinor }) => {
        return {
          ticket: place,
          seller: 'box office',
          priceClass,
          askMinor: totalMinor - FEE,
          capMinor: null,
          prio: '',
        };
      });
      expectSound({ ...book, asks }, trades);
    };
    fc.assert(fc.property(anyBook, anyPlaces, check), RUNS);
  });

  it('does not hang on the order of bids and places', () => {
    const check = (book: Book, rows: Parameters<typeof placesOf>[0]) => {
      const places = placesOf(rows);
      const other = drawPlaces({ ...book, bids: book.bids.toReversed(), places: places.toReversed() });
      expect(other).to.deep.equal(drawPlaces({ ...book, places }));
    };
    fc.assert(fc.property(anyBook, anyPlaces, check), RUNS);
  });
});
