/** A sealed resale from its opening to its end, on the ledger. */
import { expect } from 'chai';
import { booksOf, countsOf } from '../../../support/market.js';
import { sealedMarket } from '../../../support/sealed-market.js';
import { drive, tradesOf, voidsOf } from '../../../support/market-steps.js';
import { ticketOf } from '../../../support/world.js';

describe('a sealed resale', () => {
  it('brings tickets from holders to bidders and money the other way', () => {
    const market = sealedMarket();
    const { ledger, enrol } = market.scene;
    const [ann, ben] = ['Ann', 'Ben'].map(enrol) as [ReturnType<typeof enrol>, ReturnType<typeof enrol>];
    const ticket = market.ticket(ann, 'floor:A:1');
    market.ask(ann, ticket);
    market.bid(ben);
    drive(market, 'finished');
    expect(voidsOf(market)).to.deep.equal([undefined, undefined]);
    expect(tradesOf(market)).to.have.lengthOf(1);
    expect(ticketOf(ledger, ticket)).to.deep.include({
      holder: ben.credential,
      state: 'sold',
      paidMinor: 2100,
      hops: 1,
    });
    expect(countsOf(ledger, market.event, ann)).to.deep.include({ held: 0, resold: 1, balanceMinor: 1900 });
    expect(countsOf(ledger, market.event, ben)).to.deep.include({ held: 1, boughtResale: 1, balanceMinor: 900 });
    expect(booksOf(ledger, market.event)).to.deep.include({ 'escrow:deposits': 0 });
  });
});
