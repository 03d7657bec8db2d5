import { expect } from 'chai';
import type { Book } from '../../../../chaincode/domain/market/clearing/book.js';
import { TRIALS_PER_RANKING } from '../../../../chaincode/domain/market/clearing/candidates.js';
import { clearUniformPrice, MAX_OWN_ASKS } from '../../../../chaincode/domain/market/clearing/uniform-price.js';
import { aBid, aBook, aHiddenPrice, anAsk, FEE } from '../../../support/books.js';

const bidAt = (bidder: string, limitMinor: number, more = {}) =>
  aBid(bidder, { limitMinor: limitMinor + FEE, ...more });
const asksAt = (...prices: number[]) => prices.map((askMinor, at) => anAsk(`t${at + 1}`, { askMinor }));

function cleared(book: Book) {
  const { trades, prices } = clearUniformPrice(book);
  return {
    prices: Object.fromEntries(prices),
    trades: trades.map(({ buyer, ticket }) => `${buyer} < ${ticket}`),
  };
}

describe('uniform price', () => {
  it('is one for all, at which most tickets are traded', () => {
    const bids = [bidAt('Ann', 90), bidAt('Ben', 70), bidAt('Cleo', 50), bidAt('Dan', 30)];
    const { trades, prices } = clearUniformPrice(aBook(bids, asksAt(20, 40, 45, 80)));
    expect(prices.get('floor')).to.equal(45);
    expect(new Set(trades.map(({ priceMinor, totalMinor }) => `${priceMinor} ${totalMinor}`))).to.deep.equal(
      new Set([`45 ${45 + FEE}`]),
    );
    expect(trades.map(({ buyer }) => buyer)).to.deep.equal(['Ann', 'Ben', 'Cleo']);
  });

  it('is the lowest of those', () => {
    const bids = [bidAt('Ann', 90), bidAt('Ben', 90)];
    expect(cleared(aBook(bids, asksAt(20, 30, 40, 50))).prices).to.deep.equal({ floor: 30 });
  });

  it('serves the highest limit first, of equal ones the draw', () => {
    const bids = [bidAt('Ann', 50, { prio: '1' }), bidAt('Ben', 60, { prio: '9' }), bidAt('Cleo', 60, { prio: '2' })];
    expect(cleared(aBook(bids, asksAt(20, 30))).trades).to.deep.equal(['Cleo < t1', 'Ben < t2']);
  });

  it('takes the cheapest asks first, of equal ones the draw', () => {
    const asks = [
      anAsk('t1', { askMinor: 20, prio: '8' }),
      anAsk('t2', { askMinor: 20, prio: '4' }),
      anAsk('t3', { askMinor: 10, prio: '9' }),
    ];
    expect(cleared(aBook([bidAt('Ann', 50, { quantity: 2 })], asks)).trades).to.deep.equal(['Ann < t3', 'Ann < t2']);
  });

  it('is of each class, where anything can be traded', () => {
    const asks = [
      ...asksAt(20),
      anAsk('b1', { priceClass: 'balcony', askMinor: 30 }),
      anAsk('s1', { priceClass: 'stage', askMinor: 30 }),
    ];
    const bids = [
      bidAt('Ann', 90),
      bidAt('Ben', 90, { priceClass: 'balcony' }),
      bidAt('Cleo', 10, { priceClass: 'stage' }),
    ];
    expect(cleared(aBook(bids, asks))).to.deep.equal({
      prices: { balcony: 30, floor: 20 },
      trades: ['Ben < b1', 'Ann < t1'],
    });
  });

  it('takes an ask out of the market where the price is above its cap', () => {
    const capped = anAsk('t1', { askMinor: 10, capMinor: 30 });
    const bids = [bidAt('Ann', 90), bidAt('Ben', 90)];
    // At 20 its total is 30 and two are traded; at 40 it is gone.
    expect(cleared(aBook(bids, [capped, ...asksAt(0, 20).slice(1)]))).to.deep.equal({
      prices: { floor: 20 },
      trades: ['Ann < t1', 'Ben < t2'],
    });
    expect(cleared(aBook(bids, [capped, anAsk('t2', { askMinor: 40 }), anAsk('t3', { askMinor: 40 })]))).to.deep.equal({
      prices: { floor: 40 },
      trades: ['Ann < t2', 'Ben < t3'],
    });
    expect(cleared(aBook(bids, [anAsk('t1', { askMinor: 30, capMinor: 39 })])).trades).to.deep.equal([]);
  });

  it('counts demand by limits and deposits: nobody raises it by bids that he can’t take', () => {
    const loud = Array.from({ length: 5 }, (_, at) => bidAt('Ann', 90, { name: `bid-${at}` }));
    const asks = asksAt(20, 30, 40);
    expect(cleared(aBook(loud, asks)).prices).to.deep.equal({ floor: 40 });
    expect(cleared(aBook(loud, asks, { Ann: { left: 2 } })).prices).to.deep.equal({ floor: 30 });
    expect(cleared(aBook(loud, asks, { Ann: { depositMinor: 100 } })).prices).to.deep.equal({ floor: 20 });
    const whole = [bidAt('Ann', 90, { quantity: 3, allOrNothing: true }), bidAt('Ben', 50)];
    expect(cleared(aBook(whole, asks, { Ann: { left: 2 } }))).to.deep.equal({
      prices: { floor: 20 },
      trades: ['Ben < t1'],
    });
  });

  it('counts what was won in one class in the next', () => {
    const bids = [bidAt('Ann', 90, { priceClass: 'balcony' }), bidAt('Ann', 90, { name: 'other' })];
    const asks = [...asksAt(20), anAsk('b1', { priceClass: 'balcony', askMinor: 30 })];
    expect(cleared(aBook(bids, asks, { Ann: { left: 1 } }))).to.deep.equal({
      prices: { balcony: 30 },
      trades: ['Ann < b1'],
    });
  });

  it('skips an all-or-nothing bid for which there is not enough, and is not moved by it', () => {
    const bids = [bidAt('Ann', 90, { quantity: 3, allOrNothing: true }), bidAt('Ben', 80)];
    expect(cleared(aBook(bids, asksAt(20, 30)))).to.deep.equal({ prices: { floor: 20 }, trades: ['Ben < t1'] });
    expect(cleared(aBook(bids, asksAt(20, 30, 40, 50))).prices).to.deep.equal({ floor: 50 });
  });

  it('is not moved by a last all-or-nothing bid that the others leave too little for', () => {
    const bids = [
      ...['Ann', 'Ben', 'Cleo'].map((name) => bidAt(name, 90)),
      bidAt('Dan', 70, { quantity: 3, allOrNothing: true }),
    ];
    expect(cleared(aBook(bids, asksAt(20, 30, 40, 50, 60))).prices).to.deep.equal({ floor: 40 });
  });

  it('is not moved by a bid for which only the bidder’s own ask is left', () => {
    const asks = [anAsk('t1', { askMinor: 20 }), anAsk('t2', { askMinor: 60, seller: 'Dan' })];
    const bids = [bidAt('Ann', 90), bidAt('Dan', 70)];
    expect(cleared(aBook(bids, asks))).to.deep.equal({ prices: { floor: 20 }, trades: ['Ann < t1'] });
  });

  it('lets nobody buy from himself', () => {
    const own = [anAsk('t1', { seller: 'Ann', askMinor: 10 }), anAsk('t2', { askMinor: 20 })];
    expect(cleared(aBook([bidAt('Ann', 90), bidAt('Ben', 80)], own)).trades).to.deep.equal(['Ann < t2', 'Ben < t1']);
  });

  it('has no bids of who asks for more than 16 of the class, alone or with his guests', () => {
    const asks = (count: number, guests = 0) =>
      Array.from({ length: count }, (_, at) => anAsk(`t${at}`, { askMinor: 20, seller: at < guests ? 'Cleo' : 'Ann' }));
    const bids = [bidAt('Ann', 90, { quantity: 2, guests: ['Cleo'] }), bidAt('Ben', 10)];
    const other = anAsk('other', { askMinor: 30 });
    expect(cleared(aBook(bids, [...asks(MAX_OWN_ASKS, 3), other])).trades).to.deep.equal(['Ann < other']);
    expect(cleared(aBook(bids, [...asks(MAX_OWN_ASKS + 1, 3), other])).trades).to.deep.equal([]);
    expect(cleared(aBook(bids, [...asks(MAX_OWN_ASKS + 1), { ...other, priceClass: 'balcony' }])).trades).to.deep.equal(
      [],
    );
    const elsewhere = bidAt('Ann', 90, { name: 'other', priceClass: 'balcony' });
    expect(cleared(aBook([elsewhere], [...asks(99), { ...other, priceClass: 'balcony' }])).trades).to.deep.equal([
      'Ann < other',
    ]);
  });

  it('is one of the 32 that promise most to all bids', () => {
    const many = TRIALS_PER_RANKING + 8;
    expect(cleared(aHiddenPrice(many, TRIALS_PER_RANKING - 1)).prices).to.deep.equal({ floor: 102 });
    const hidden = { prices: { floor: 0 }, trades: ['Ann < at 0'] };
    expect(cleared(aHiddenPrice(many, TRIALS_PER_RANKING))).to.deep.equal(hidden);
  });

  it('is one of the 32 that promise most to bids that take less than they ask for', () => {
    const many = TRIALS_PER_RANKING + 8;
    expect(cleared(aHiddenPrice(TRIALS_PER_RANKING - 3, many)).prices).to.deep.equal({ floor: 102 });
    expect(cleared(aHiddenPrice(TRIALS_PER_RANKING - 2, many)).prices).to.deep.equal({ floor: 0 });
  });

  it('is none without bids, asks, or a limit that reaches one', () => {
    const nothing = { prices: {}, trades: [] };
    expect(cleared(aBook([], asksAt(20)))).to.deep.equal(nothing);
    expect(cleared(aBook([bidAt('Ann', 90)], []))).to.deep.equal(nothing);
    expect(cleared(aBook([bidAt('Ann', 19)], asksAt(20)))).to.deep.equal(nothing);
  });
});
