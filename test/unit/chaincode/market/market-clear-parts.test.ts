/** A clearing with more trades than one transaction should write: in parts, each of which computes the whole. */
import { expect } from 'chai';
import { marketKey, openedPageKey, resultPageKey, supplyPageKey } from '../../../../chaincode/domain/market/keys.js';
import type { OpenedPageRecord } from '../../../../chaincode/domain/market/records.js';
import { PAGES_PER_CLEARING, TRADES_PER_PAGE } from '../../../../chaincode/domain/rules/market-clear.js';
import { encodeRecord } from '../../../../chaincode/ledger/codec.js';
import { drive, steps, submitStep, tradesOf } from '../../../support/market-steps.js';
import { drawing, type SealedMarket } from '../../../support/sealed-market.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

const PER_PART = PAGES_PER_CLEARING * TRADES_PER_PAGE;
const QUANTITY = 20;
const PLACES_PER_PAGE = 256;

/** Revealed, and read: so many bids of twenty tickets each, and as many places. The orders themselves are left out. */
function aBallotOf(bids: number): SealedMarket {
  const market = drive(drawing('ballot'), 'revealed');
  const { event, number } = market;
  const { ledger } = market.scene;
  const places = bids * QUANTITY;
  ledger.put(marketKey(event, number), { ...market.record, places });
  const names = Array.from({ length: bids }, (_, at) => String(at).padStart(43, 'P'));
  const bid = { name: 'first', priceClass: 'ballot', quantity: QUANTITY, limitMinor: 2200, reseller: 'ResellerMSP' };
  const page: OpenedPageRecord = {
    orders: names.map((credential, at) => ({ at, credential, sequence: 0, digest: credential, bid })),
    people: Object.fromEntries(names.map((credential) => [credential, [QUANTITY, QUANTITY * 2200]])),
  };
  ledger.put(openedPageKey(event, number, 0), page);
  for (let from = 0; from < places; from += PLACES_PER_PAGE) {
    const length = Math.min(PLACES_PER_PAGE, places - from);
    const free = Array.from({ length }, (_, at) => `stage:A:${from + at + 1}`);
    const supply = { 'stage-a': { priceClass: 'ballot', totalMinor: 2200, places: free } };
    ledger.put(supplyPageKey(event, number, from / PLACES_PER_PAGE), supply);
  }
  return market;
}

const resultPage = ({ scene: { ledger }, event, number }: SealedMarket, page: number) =>
  ledger.read(resultPageKey(event, number, page));

describe('clearing in parts', () => {
  it('is one transaction up to its limit', () => {
    const market = aBallotOf(Math.floor(PER_PART / QUANTITY));
    expectAccepted(submitStep(market, steps.clear(market)));
    expect(market.record).to.deep.include({ state: 'cleared' });
    expect(market.record.clearedPages).to.equal(undefined);
  });

  it('writes every trade once, page by page, and is cleared with the last part', () => {
    const bids = 300;
    const market = aBallotOf(bids);
    const receipt = expectAccepted(submitStep(market, steps.clear(market)));
    expect(receipt).to.deep.include({ trades: bids * QUANTITY, pages: 188, written: PAGES_PER_CLEARING });
    expect(market.record).to.deep.include({ state: 'revealed', clearedPages: PAGES_PER_CLEARING });
    expect(market.record.result).to.equal(undefined);
    expect([resultPage(market, 127) !== undefined, resultPage(market, 128)]).to.deep.equal([true, undefined]);
    expectAccepted(submitStep(market, steps.clear(market)));
    expect(market.record).to.deep.include({ state: 'cleared', result: { trades: 6_000, pages: 188 } });
    const places = tradesOf(market).map(({ ticket }) => ticket);
    expect([places.length, new Set(places).size]).to.deep.equal([6_000, 6_000]);
  });

  it('takes the parts in their order, and each once', () => {
    const market = aBallotOf(300);
    const first = steps.clear(market);
    expectRefusal(submitStep(market, { ...first, part: 1 }), 'MARKET_MISMATCH', 'part');
    expectAccepted(submitStep(market, first));
    expect(submitStep(market, first, { caller: 'ResellerMSP' })).to.deep.include({ accepted: true, replayed: true });
    expectRefusal(submitStep(market, { ...first, part: 2 }), 'MARKET_MISMATCH', 'part');
  });

  it('keeps a transaction well below what a block holds', () => {
    const market = aBallotOf(300);
    expectAccepted(submitStep(market, steps.clear(market)));
    const bytes = market.scene.ledger.written.reduce((sum, { record }) => sum + encodeRecord(record).length, 0);
    expect(bytes).to.be.within(500_000, 2_000_000);
  });
});
