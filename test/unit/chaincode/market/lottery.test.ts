import { expect } from 'chai';
import type { Book } from '../../../../chaincode/domain/market/clearing/book.js';
import { clearLottery } from '../../../../chaincode/domain/market/clearing/lottery.js';
import { aBid, aBook, anAsk, FEE } from '../../../support/books.js';

/** `buyer < ticket @ price`, in the order of the trades. */
const cleared = (book: Book) =>
  clearLottery(book).map(({ buyer, ticket, priceMinor }) => `${buyer} < ${ticket} @ ${priceMinor}`);

describe('lottery', () => {
  it('serves bids by their draw, not by their limits', () => {
    const bids = [aBid('Ann', { prio: '9', limitMinor: 999 }), aBid('Ben', { prio: '1' })];
    expect(cleared(aBook(bids, [anAsk('t1')]))).to.deep.equal(['Ben < t1 @ 50']);
  });

  it('gives each the cheapest that is left, at what it asks', () => {
    const bids = [aBid('Ann', { prio: '1' }), aBid('Ben', { prio: '2' })];
    const asks = [anAsk('t1', { askMinor: 60 }), anAsk('t2', { askMinor: 40 }), anAsk('t3', { askMinor: 50 })];
    expect(cleared(aBook(bids, asks))).to.deep.equal(['Ann < t2 @ 40', 'Ben < t3 @ 50']);
  });

  it('draws among asks at one price', () => {
    const asks = [anAsk('t1', { prio: '7' }), anAsk('t2', { prio: '3' })];
    expect(cleared(aBook([aBid('Ann')], asks))).to.deep.equal(['Ann < t2 @ 50']);
  });

  it('goes by all that the buyer pays, up to his limit', () => {
    const asks = [anAsk('t1', { askMinor: 90 })];
    const trade = (limitMinor: number) => clearLottery(aBook([aBid('Ann', { limitMinor })], asks));
    expect(trade(90 + FEE)).to.have.length(1);
    expect(trade(90 + FEE)[0]).to.deep.include({ priceMinor: 90, totalMinor: 90 + FEE });
    expect(trade(90 + FEE - 1)).to.deep.equal([]);
  });

  it('stays in the class that is bid for', () => {
    const asks = [anAsk('t1', { priceClass: 'balcony', askMinor: 1 }), anAsk('t2')];
    expect(cleared(aBook([aBid('Ann', { quantity: 2 })], asks))).to.deep.equal(['Ann < t2 @ 50']);
    expect(cleared(aBook([aBid('Ann', { priceClass: 'stage' })], asks))).to.deep.equal([]);
  });

  it('leaves an ask whose total is above its cap', () => {
    const asks = [anAsk('t1', { askMinor: 40, capMinor: 49 }), anAsk('t2', { askMinor: 50, capMinor: 60 })];
    expect(cleared(aBook([aBid('Ann', { quantity: 2 })], asks))).to.deep.equal(['Ann < t2 @ 50']);
  });

  it('gives a part of a quantity', () => {
    expect(cleared(aBook([aBid('Ann', { quantity: 3 })], [anAsk('t1', { prio: '1' }), anAsk('t2')]))).to.deep.equal([
      'Ann < t1 @ 50',
      'Ann < t2 @ 50',
    ]);
  });

  it('skips an all-or-nothing bid that does not fit, and serves the next', () => {
    const bids = [aBid('Ann', { prio: '1', quantity: 3, allOrNothing: true }), aBid('Ben', { prio: '2', quantity: 2 })];
    const two = [anAsk('t1', { prio: '1' }), anAsk('t2')];
    expect(cleared(aBook(bids, two))).to.deep.equal(['Ben < t1 @ 50', 'Ben < t2 @ 50']);
    expect(cleared(aBook(bids, [...two, anAsk('t3', { prio: '9' })])).map((trade) => trade.slice(0, 3))).to.deep.equal([
      'Ann',
      'Ann',
      'Ann',
    ]);
  });

  it('lets nobody buy from himself, nor from whom he brings, and leaves those asks to others', () => {
    const asks = [
      anAsk('t1', { seller: 'Ann', askMinor: 10 }),
      anAsk('t2', { seller: 'Cleo', askMinor: 20 }),
      anAsk('t3', { askMinor: 30 }),
      anAsk('t4', { askMinor: 40 }),
    ];
    const bids = [aBid('Ann', { prio: '1', quantity: 2, guests: ['Cleo'] }), aBid('Ben', { prio: '2', quantity: 2 })];
    expect(cleared(aBook(bids, asks))).to.deep.equal([
      'Ann < t3 @ 30',
      'Cleo < t4 @ 40',
      'Ben < t1 @ 10',
      'Ben < t2 @ 20',
    ]);
  });

  it('keeps everybody within his limit, over all his bids', () => {
    const bids = [aBid('Ann', { name: 'a', quantity: 2 }), aBid('Ann', { name: 'b', quantity: 2 })];
    const asks = ['t1', 't2', 't3', 't4'].map((ticket, at) => anAsk(ticket, { prio: String(at) }));
    expect(cleared(aBook(bids, asks, { Ann: { left: 3 } }))).to.have.length(3);
    expect(cleared(aBook(bids, asks, { Ann: { left: 0 } }))).to.deep.equal([]);
    const whole = bids.map((bid) => ({ ...bid, allOrNothing: true }));
    expect(cleared(aBook(whole, asks, { Ann: { left: 3 } }))).to.have.length(2);
  });

  it('gives one ticket to the bidder, one to each guest, and the others to the bidder', () => {
    const asks = ['t1', 't2', 't3', 't4'].map((ticket, at) => anAsk(ticket, { prio: String(at) }));
    const bid = aBid('Ann', { quantity: 4, guests: ['Ben', 'Cleo'] });
    const trades = clearLottery(aBook([bid], asks));
    expect(trades.map(({ buyer }) => buyer)).to.deep.equal(['Ann', 'Ben', 'Cleo', 'Ann']);
    expect(new Set(trades.map(({ bidder }) => bidder))).to.deep.equal(new Set(['Ann']));
    const reached = clearLottery(aBook([bid], asks, { Ben: { left: 0 }, Ann: { left: 1 } }));
    expect(reached.map(({ buyer }) => buyer)).to.deep.equal(['Ann', 'Cleo']);
    const whole = { ...bid, allOrNothing: true };
    expect(clearLottery(aBook([whole], asks, { Ben: { left: 0 } }))).to.deep.equal([]);
  });

  it('counts what a guest gets against the guest, wherever it comes from', () => {
    const bids = [aBid('Ann', { prio: '1', quantity: 2, guests: ['Ben'] }), aBid('Ben', { prio: '2', quantity: 2 })];
    const asks = ['t1', 't2', 't3', 't4'].map((ticket) => anAsk(ticket));
    const bought = clearLottery(aBook(bids, asks, { Ben: { left: 2 } })).map(({ buyer }) => buyer);
    expect(bought).to.deep.equal(['Ann', 'Ben', 'Ben']);
  });

  it('gives as many as the deposit covers at the limits of what was won', () => {
    const asks = ['t1', 't2', 't3', 't4'].map((ticket) => anAsk(ticket));
    const bid = aBid('Ann', { name: 'a', quantity: 3 });
    const wins = (depositMinor: number, bids = [bid]) => cleared(aBook(bids, asks, { Ann: { depositMinor } })).length;
    expect([99, 100, 199, 200, 300, 900].map((deposit) => wins(deposit))).to.deep.equal([0, 1, 1, 2, 3, 3]);
    expect(wins(299, [{ ...bid, allOrNothing: true }])).to.equal(0);
    // 60 are paid of the first 100, and 100 are set aside.
    expect(wins(199, [aBid('Ann', { name: 'a' }), aBid('Ann', { name: 'b' })])).to.equal(1);
    expect(wins(200, [aBid('Ann', { name: 'a' }), aBid('Ann', { name: 'b' })])).to.equal(2);
  });

  it('covers with a deposit to the unit, however large', () => {
    const limitMinor = 3_002_399_751_580_330;
    const covered = (depositMinor: number) =>
      clearLottery(
        aBook([aBid('Ann', { quantity: 3, limitMinor })], [anAsk('t1'), anAsk('t2'), anAsk('t3')], {
          Ann: { depositMinor },
        }),
      );
    expect(covered(limitMinor * 3)).to.have.length(3);
    expect(covered(limitMinor * 3 - 1)).to.have.length(2);
  });

  it('gives nothing to whom nobody knows, and something for nothing where that is asked', () => {
    expect(clearLottery({ ...aBook([aBid('Ann')], [anAsk('t1')]), people: new Map() })).to.deep.equal([]);
    const free = {
      ...aBook([aBid('Ann', { limitMinor: 0 })], [anAsk('t1', { askMinor: 0 })], { Ann: { depositMinor: 0 } }),
    };
    expect(clearLottery({ ...free, totalOf: (_, price) => price })).to.have.length(1);
  });

  it('serves the bids of one person, who has one draw, by their names', () => {
    const bids = [aBid('Ann', { name: 'b', limitMinor: 90 }), aBid('Ann', { name: 'a', limitMinor: 80 })];
    expect(clearLottery(aBook(bids, [anAsk('t1')])).map(({ bid }) => bid)).to.deep.equal(['Ann/a']);
  });
});
