/** The largest market, in the shapes that would take longest: clearing is one transaction. */
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { MAX_ORDERS } from '../../chaincode/domain/market/orders.js';
import { drawPlaces } from '../../chaincode/domain/market/clearing/draw-places.js';
import { clearLottery } from '../../chaincode/domain/market/clearing/lottery.js';
import { clearUniformPrice } from '../../chaincode/domain/market/clearing/uniform-price.js';
import { aBid, aBook, anAsk, aPlace, FEE, peopleOf, type BidOptions } from '../support/books.js';

const HALF = MAX_ORDERS / 2;
const prio = (text: string) => createHash('sha256').update(text).digest('hex');
const bids = (count: number, of: (at: number) => BidOptions) =>
  Array.from({ length: count }, (_, at) => aBid(`bidder ${at}`, { prio: prio(`bidder ${at}`), ...of(at) }));
const asks = (of: (at: number) => object) =>
  Array.from({ length: HALF }, (_, at) => anAsk(`t${at}`, { prio: prio(`t${at}`), ...of(at) }));
const SHAPES = {
  'prices that cross': aBook(
    bids(HALF, (at) => ({ limitMinor: at + FEE, quantity: 1 + (at % 3) })),
    asks((at) => ({ askMinor: at })),
  ),
  'one price': aBook(
    bids(HALF, () => ({})),
    asks(() => ({})),
  ),
  'all or nothing': aBook(
    bids(HALF, (at) => ({ limitMinor: HALF + FEE + at, quantity: 2 + (at % 8), allOrNothing: true })),
    asks((at) => ({ askMinor: at })),
  ),
  'many asks and bids of one person': aBook(
    [
      ...bids(1, () => ({})),
      ...Array.from({ length: HALF - 1 }, (_, at) => aBid('Ann', { name: `bid-${at}`, limitMinor: HALF + FEE })),
    ],
    asks((at) => ({ askMinor: at, seller: at > 0 && at < 1_000 ? 'Ann' : 'Ben' })),
  ),
  'a cap at which half of the asks leave': aBook(
    bids(HALF, (at) => ({ limitMinor: at < 6_000 ? 2 * HALF : 0 })),
    asks((at) => ({ askMinor: at, capMinor: at < HALF / 2 ? HALF / 2 + FEE : null })),
  ),
  'caps that differ, and bids for all or nothing of which none fits': aBook(
    bids(HALF, (at) => ({ limitMinor: 2 * HALF, ...(at > 0 && { quantity: 20, allOrNothing: true }) })),
    asks((at) => ({ askMinor: at, capMinor: at + 18 + FEE })),
    Object.fromEntries(Array.from({ length: HALF }, (_, at) => [`bidder ${at}`, { left: 20 }])),
  ),
  'as many classes as asks': aBook(
    bids(HALF, (at) => ({ priceClass: `class-${at}` })),
    asks((at) => ({ priceClass: `class-${at}` })),
  ),
  'the cheapest asks of each bidder, as many as he may have': aBook(
    bids(HALF, (at) => ({ limitMinor: HALF + FEE, quantity: 1 + (at % 9), allOrNothing: at % 2 === 0 })),
    asks((at) => ({ askMinor: at, seller: `bidder ${Math.floor(at / 16)}` })),
  ),
};

describe(`a market of ${MAX_ORDERS} orders`, function () {
  // The longest takes two seconds of a processor, which a busy machine may not give it at once; without a bound of prices it would take minutes.
  this.timeout(40_000);

  for (const [shape, book] of Object.entries(SHAPES)) {
    it(`with ${shape} is cleared by lottery`, () => expect(clearLottery(book)).not.to.have.length(0));
    it(`with ${shape} is cleared at one price`, () => expect(clearUniformPrice(book).trades).not.to.have.length(0));
  }

  it('is drawn, of places where no two are neighbours', () => {
    const all = bids(MAX_ORDERS, (at) => ({ quantity: 1 + (at % 4), allOrNothing: at % 2 === 0 }));
    const places = Array.from({ length: MAX_ORDERS }, (_, at) =>
      aPlace(`hall:R${at >> 8}:${1 + 2 * (at % 256)}`, 40 + (at % 16)),
    );
    expect(drawPlaces({ bids: all, places, people: peopleOf(all) })).to.have.length(MAX_ORDERS);
  });
});
