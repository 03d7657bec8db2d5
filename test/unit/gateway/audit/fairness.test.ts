/** Nothing that clears markets breaks these, so each is broken here by hand. */
import { expect } from 'chai';
import type { OpenedPageRecord, TradeRecord } from '../../../../chaincode/domain/market/records.js';
import { Difference } from '../../../../gateway/audit/difference.js';
import { requireFair } from '../../../../gateway/audit/fairness.js';

const bid = { name: 'first', priceClass: 'floor', quantity: 2, limitMinor: 2_000, reseller: 'ResellerMSP' };
const ask = { ticket: 'OrganizerMSP:night:floor:A:1', issue: 1, askMinor: 1_500, reseller: 'ResellerMSP' };
const offered = { allotment: 'floor-a', priceClass: 'floor', capMinor: 1_800, room: null };
const PAGE: OpenedPageRecord = {
  orders: [
    { at: 0, credential: 'buyer', sequence: 0, digest: 'a', bid },
    { at: 1, credential: 'seller', sequence: 0, digest: 'b', ask, offered },
    { at: 2, credential: 'seller', sequence: 0, digest: 'c', bid },
  ],
  people: { buyer: [1, 1_600], seller: [2, 4_000] },
};
const RESALE = { seller: 'seller', issue: 1, priceMinor: 1_500, reseller: 'ResellerMSP' };
const TRADE: TradeRecord = {
  ...{ bid: 'first', bidder: 'buyer', of: 1, buyer: 'buyer', reseller: 'ResellerMSP' },
  ...{ ticket: ask.ticket, allotment: 'floor-a', totalMinor: 1_575, resale: RESALE },
};

const check = (trades: readonly TradeRecord[], page = PAGE) => requireFair('trades', { trades, pages: [page] });

describe('what must hold of trades', () => {
  it('holds of a trade that both sides want', () => {
    expect(() => check([TRADE])).to.not.throw();
  });

  const other = { ...TRADE, ticket: `${ask.ticket}1`, bidder: 'seller', buyer: 'seller' };
  const { resale: _, ...place } = TRADE;
  for (const [what, trades, page] of [
    ['more than the limit', [{ ...TRADE, totalMinor: 2_001 }], PAGE],
    ['more than the cap', [{ ...TRADE, totalMinor: 1_801 }], PAGE],
    ['less than was asked', [{ ...TRADE, resale: { ...RESALE, priceMinor: 1_499 } }], PAGE],
    ['a bid that is not there', [{ ...TRADE, bid: 'second' }], PAGE],
    ['somebody who is no guest', [{ ...TRADE, buyer: 'another' }], PAGE],
    ['a ticket that nobody offers', [{ ...TRADE, ticket: `${ask.ticket}2` }], PAGE],
    ['a seller who buys', [{ ...other, ticket: ask.ticket }], PAGE],
    ['a ticket twice', [TRADE, TRADE], { ...PAGE, people: { buyer: [2, 9_000] } }],
    [
      'more tickets than a person may have',
      [place, { ...place, ticket: 'another' }],
      { ...PAGE, people: { buyer: [1, 9_000] } },
    ],
    ['more than the deposit', [TRADE], { ...PAGE, people: { buyer: [1, 1_574] } }],
  ] as const)
    it(`does not hold of ${what}`, () => {
      expect(() => check(trades, page)).to.throw(Difference);
    });
});
