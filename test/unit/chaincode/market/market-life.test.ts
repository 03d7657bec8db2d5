/** A sealed market of each supply from its opening to its end, on the ledger. */
import { expect } from 'chai';
import { allotmentKey, supplyKey } from '../../../../chaincode/domain/keys.js';
import {
  frozenPageKey,
  openedPageKey,
  settledPageKey,
  supplyPageKey,
} from '../../../../chaincode/domain/market/keys.js';
import { booksOf, countsOf } from '../../../support/market.js';
import { drive, ordersOf, pagesOf, steps, submitStep, tradesOf, voidsOf } from '../../../support/market-steps.js';
import { aPolicyChange } from '../../../support/settlements.js';
import { drawing, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { aReturn, aSale, type TestKey } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, ticketOf } from '../../../support/world.js';

const escrowOf = (market: SealedMarket) => booksOf(market.scene.ledger, market.event)['escrow:deposits'];
const boughtBy = (market: SealedMarket, by: TestKey) => countsOf(market.scene.ledger, market.event, by);

describe('a sealed resale', () => {
  it('brings tickets from holders to bidders and money the other way', () => {
    const market = sealedMarket();
    const { ledger } = market.scene;
    const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
    const ticket = market.ticket(ann, 'floor:A:1');
    market.ask(ann, ticket);
    market.bid(ben);
    market.bid(cem, { limitMinor: 2099 });
    drive(market, 'finished');
    expect(voidsOf(market)).to.deep.equal([undefined, undefined, undefined]);
    expect(tradesOf(market)).to.have.lengthOf(1);
    const bought = { holder: ben.credential, state: 'sold', paidMinor: 2100, hops: 1, change: 1 };
    expect(ticketOf(ledger, ticket)).to.deep.include(bought);
    expect(boughtBy(market, ann)).to.deep.include({ held: 0, resold: 1, balanceMinor: 1900 });
    expect(boughtBy(market, ben)).to.deep.include({ held: 1, boughtResale: 1, balanceMinor: 900 });
    expect(escrowOf(market)).to.equal(3000);
    expectAccepted(submitStep(market, steps.release(market, cem.credential)));
    expect(boughtBy(market, cem)).to.deep.include({ held: 0, balanceMinor: 3000 });
    expect(escrowOf(market)).to.equal(0);
  });

  it('pays royalty, venue, the surplus into escrow, and each side’s fee to its reseller', () => {
    const market = sealedMarket({ policy: { organizerRoyaltyBps: 200, venueBps: 100, capBps: 20_000 } });
    const { ledger } = market.scene;
    const [ann, ben] = persons(market, 'Ann', 'Ben');
    market.ask(ann, market.ticket(ann, 'floor:A:1'), { askMinor: 4000, reseller: 'OtherResellerMSP' });
    market.bid(ben, { limitMinor: 4200 }, { amountMinor: 6000 });
    const before = booksOf(ledger, market.event);
    drive(market, 'finished');
    const after = booksOf(ledger, market.event);
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    // 42.00: 2.00 of the buyer and 2.00 of the seller to the platforms, 0.80 and 0.40 to organizer and venue, 22.00 to the seller at once.
    const accounts = ['ResellerMSP', 'OtherResellerMSP', 'OrganizerMSP', 'VenueMSP', `holder:${ann.credential}`];
    expect(accounts.map(moved)).to.deep.equal([200, 200, 80, 40, 2200]);
    expect(moved('escrow:surplus')).to.equal(1480);
    expect([moved(`holder:${ben.credential}`), after['escrow:deposits']]).to.deep.equal([1800, 0]);
    expect(ticketOf(ledger, { event: market.event, ticket: `${market.event}:floor:A:1` })!.resales).to.deep.equal([
      {
        seller: ann.credential,
        reseller: 'ResellerMSP',
        sellerSide: ['OtherResellerMSP', 200],
        totalMinor: 4200,
        commissionMinor: 400,
        royaltyMinor: 80,
        venueMinor: 40,
        proceedsMinor: 2200,
        surplusMinor: 1480,
      },
    ]);
  });

  it('finds one price for all where the policy says so', () => {
    const market = sealedMarket({ policy: { clearing: 'uniform-price' } });
    const [ann, ben, cem, dea] = persons(market, 'Ann', 'Ben', 'Cem', 'Dea');
    market.ask(ann, market.ticket(ann, 'floor:A:1'), { askMinor: 1000 });
    market.ask(ben, market.ticket(ben, 'floor:A:2'), { askMinor: 2000 });
    for (const buyer of [cem, dea]) market.bid(buyer);
    drive(market, 'finished');
    expect(market.record.result).to.deep.equal({ trades: 2, pages: 1, prices: { standard: 2000 } });
    expect(tradesOf(market).map(({ totalMinor }) => totalMinor)).to.deep.equal([2100, 2100]);
  });

  it('takes the lower fees of a policy that has become cheaper since', () => {
    const market = sealedMarket();
    const { ledger, event } = market.scene;
    const [ann, ben] = persons(market, 'Ann', 'Ben');
    market.ask(ann, market.ticket(ann, 'floor:A:1'));
    market.bid(ben);
    ledger.accept(aPolicyChange(event, { buyerFeeBps: 100, platformFeeCapBps: 550 }));
    drive(market, 'finished');
    expect(tradesOf(market)).to.have.lengthOf(1);
    // 5 % of the seller, and what the cap of both leaves of the buyer: 0.5 %.
    expect(tradesOf(market)[0]).to.include({ totalMinor: 2010 });
    expect(boughtBy(market, ann)).to.include({ balanceMinor: 1900 });
  });

  it('opens again for the next when it is over', () => {
    const market = drive(sealedMarket(), 'finished');
    const { ledger } = market.scene;
    const next = market.next({ closesAt: '2027-03-03T12:00:00Z', abortableAt: '2027-03-03T13:00:00Z' });
    const now = { now: '2027-03-02T14:00:00Z' };
    expectAccepted(ledger.submit(next.opening, now));
    expectRefusal(submitStep(next, steps.close(next)), 'NOTHING_DUE', 'market');
    expect(next.record).to.deep.include({ market: 2, state: 'open' });
  });

  it('needs pages for the orders of each organization, and reads only those that have some', () => {
    const market = sealedMarket();
    const [ann, ben] = persons(market, 'Ann', 'Ben');
    market.take(market.order(ann, {}, { plaintext: new Uint8Array(1600), slot: 255 }));
    market.take(market.order(ben, {}, { plaintext: new Uint8Array(1600), mspId: 'VenueMSP' }), { caller: 'VenueMSP' });
    drive(market, 'frozen');
    const { ledger } = market.scene;
    const frozen = pagesOf(market).map(({ page }) => ledger.read(frozenPageKey(market.event, 1, page))!.orders);
    const opened = pagesOf(market).map(({ page }) => ledger.read(openedPageKey(market.event, 1, page))?.orders);
    expect(frozen).to.deep.equal([1, 0, 1]);
    expect(opened).to.deep.equal([undefined, [], undefined]);
    drive(market, 'finished');
    expect(ordersOf(market)).to.deep.equal([
      { at: 255, void: 'ORDER_MALFORMED' },
      { at: 300, void: 'ORDER_MALFORMED' },
    ]);
  });

  it('settles trades beyond a page, and releases the rest with a bidder’s last, whichever page comes first', () => {
    const market = sealedMarket({ terms: { depositSteps: [100_000] } });
    const { ledger } = market.scene;
    const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
    for (let seat = 1; seat <= 34; seat += 1) market.ask(ann, market.ticket(ann, `floor:A:${seat}`));
    market.bid(ben, { quantity: 20 }, { amountMinor: 100_000 });
    market.bid(cem, { quantity: 14 }, { amountMinor: 100_000 });
    drive(market, 'cleared');
    expect(market.record.result).to.deep.include({ trades: 34, pages: 2 });
    expectAccepted(submitStep(market, steps.settle(market, 1)));
    expectRefusal(submitStep(market, steps.finish(market)), 'PAGES_MISSING', 'pages');
    expectAccepted(submitStep(market, steps.settle(market, 0)));
    expect(escrowOf(market)).to.equal(0);
    expect(boughtBy(market, ben)).to.deep.include({ held: 20, balanceMinor: 100_000 - 20 * 2100 });
    expectAccepted(submitStep(market, steps.finish(market)));
    expect(ledger.read(settledPageKey(market.event, 1, 1))).to.deep.equal({ lapsed: {} });
  });
});

describe('a ballot', () => {
  it('gives an organizer’s places to persons, with guests, next to each other', () => {
    const market = drawing('ballot');
    const { ledger } = market.scene;
    const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
    const guests = [market.consent(ben, ann), market.consent(cem, ann)];
    const bid = {
      quantity: 3,
      allOrNothing: true as const,
      guests: [ben.credential, cem.credential],
      priceClass: 'ballot',
    };
    market.bid(ann, bid, { amountMinor: 12_000, guests });
    drive(market, 'finished');
    expect(voidsOf(market)).to.deep.equal([undefined]);
    const given = tradesOf(market).map(({ ticket, buyer }) => [ticket.slice(-2), buyer]);
    expect(given).to.deep.equal([
      [':1', ann.credential],
      [':2', ben.credential],
      [':3', cem.credential],
    ]);
    const first = { event: market.event, ticket: `${market.event}:stage:A:1` };
    const fresh = {
      holder: ann.credential,
      issue: 1,
      change: 0,
      paidMinor: 2200,
      firstPriceMinor: 2200,
      state: 'sold',
    };
    expect(ticketOf(ledger, first)).to.deep.include(fresh);
    expect(boughtBy(market, cem)).to.deep.include({ held: 1, boughtPrimary: 1, balanceMinor: 0 });
    expect(boughtBy(market, ann)).to.deep.include({ boughtPrimary: 1, balanceMinor: 12_000 - 6600 });
    const books = booksOf(ledger, market.event);
    expect(books).to.deep.include({ OrganizerMSP: 3 * 2200, 'escrow:deposits': 0, ResellerMSP: -12_000 });
  });

  it('may be of an allotment that is called like a member of every object', () => {
    const market = drawing('ballot', { allotment: 'constructor' });
    const [ann] = persons(market, 'Ann');
    market.bid(ann, { quantity: 2, priceClass: 'ballot' }, { amountMinor: 6000 });
    drive(market, 'finished');
    expect(boughtBy(market, ann)).to.include({ boughtPrimary: 2 });
    const places = Array.from({ length: 9 }, (_, at) => `stage:A:${at + 1}`);
    expect(market.scene.ledger.read(supplyPageKey(market.event, 1, 0))).to.deep.equal({
      constructor: { priceClass: 'ballot', totalMinor: 2200, places },
    });
  });

  it('gives a person what the limit of first sales leaves, not that of resales', () => {
    const market = drawing('ballot', { policy: { perPersonLimit: { primary: 3, resale: 1 } } });
    const [ann] = persons(market, 'Ann');
    market.ticket(ann, 'floor:A:1');
    market.bid(ann, { quantity: 4, priceClass: 'ballot' }, { amountMinor: 12_000 });
    drive(market, 'finished');
    expect(boughtBy(market, ann)).to.include({ boughtPrimary: 3, boughtResale: 0 });
  });

  it('has its places off sale while it lasts, and what is left on sale again afterwards', () => {
    const market = drawing('ballot');
    const { ledger } = market.scene;
    const [ann] = persons(market, 'Ann');
    const sell = () => ledger.submit(aSale(market.stage!, { seats: ['stage:A:9'], buyer: ann }).command);
    expect(ledger.read(supplyKey(market.event))).to.deep.equal({ allotments: 2, open: 1 });
    expectRefusal(sell(), 'ALLOTMENT_CLOSED', 'sale.allotment');
    const closing = { kind: 'allotment.close', id: 'close-stage', event: market.event, allotment: 'stage-a' };
    expectRefusal(ledger.submit(closing), 'ALLOTMENT_CLOSED', 'allotment');
    drive(market, 'finished');
    expect(ledger.read(allotmentKey(market.event, 'stage-a')))
      .to.include({ state: 'open' })
      .and.not.have.property('market');
    expect(ledger.read(supplyKey(market.event))).to.deep.equal({ allotments: 2, open: 2 });
    expectAccepted(sell());
  });

  it('comes back as it was: closed where its seller had closed it', () => {
    const market = drawing('ballot', { closed: true });
    const { ledger } = market.scene;
    expect(ledger.read(supplyKey(market.event))).to.deep.equal({ allotments: 2, open: 1 });
    drive(market, 'finished');
    expect(ledger.read(allotmentKey(market.event, 'stage-a'))).to.include({ state: 'closed' });
    expect(ledger.read(supplyKey(market.event))).to.deep.equal({ allotments: 2, open: 1 });
  });

  it('has no asks', () => {
    const market = drawing('ballot');
    const [ann] = persons(market, 'Ann');
    market.ask(ann, market.ticket(ann, 'floor:A:1'));
    drive(market, 'finished');
    expect(voidsOf(market)).to.deep.equal(['MARKET_MISMATCH']);
  });
});

describe('a waiting list', () => {
  it('gives returned places at face value, and no others', () => {
    const market = drawing('returns', { sold: ['stage:A:1', 'stage:A:2', 'stage:A:3'] });
    const { ledger, enrol } = market.scene;
    const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
    const owner = enrol('Owner');
    const back = { event: market.event, ticket: `${market.event}:stage:A:2`, holder: owner };
    ledger.accept(aReturn(back, market.stage!));
    for (const person of [ann, ben, cem]) market.bid(person, { priceClass: 'ballot' });
    drive(market, 'finished');
    expect(ledger.read(supplyPageKey(market.event, 1, 0))).to.deep.equal({
      'stage-a': { priceClass: 'ballot', totalMinor: 2200, places: ['stage:A:2'] },
    });
    const [trade, ...none] = tradesOf(market);
    expect(none).to.deep.equal([]);
    expect(ticketOf(ledger, back)).to.deep.include({ holder: trade!.buyer, issue: 2, paidMinor: 2200 });
    expect([ann, ben, cem].map(({ credential }) => credential)).to.include(trade!.buyer);
  });
});
