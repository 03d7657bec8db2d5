/** A cancelled event is unwound ticket by ticket: everybody along the hops gets back what he has not had back already. */
import { expect } from 'chai';
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import {
  balanceOf,
  booksOf,
  BY_RESELLER,
  countsOf,
  list,
  onMarket,
  sellOn,
  settle,
  type MarketScene,
} from '../../../support/market.js';
import { aPayout, aPolicyChange } from '../../../support/settlements.js';
import { anEventChange, aTransfer, newKey, type TestKey } from '../../../support/statements.js';
import { asNow, expectAccepted, ticketOf } from '../../../support/world.js';

const PROFIT = { askMinor: 2500 };
const LOSS = { askMinor: 1000, sellerFeeMinor: 50, buyerFeeMinor: 50 };
const [ben, cleo] = [newKey('ben'), newKey('cleo')];

/** The first buyer, then ben, then cleo; then the event is cancelled and the ticket settled. */
function unwound(policy: PolicyPart, ...hops: readonly (readonly [TestKey, Parameters<typeof sellOn>[3]])[]) {
  const scene = onMarket({ policy: { capBps: 13_000, ...policy } });
  let { ticket } = scene;
  for (const [buyer, terms] of hops) ticket = sellOn(scene, ticket, buyer, terms);
  return settled(scene);
}

function settled(scene: MarketScene) {
  const { ledger, event, ticket } = scene;
  ledger.accept(anEventChange(event, { change: 0 }));
  const receipt = expectAccepted(settle(ledger, ticket));
  const books = booksOf(ledger, event.event);
  expect(Object.values(books).reduce((sum, minor) => sum + minor, 0)).to.equal(0);
  const has = (holder: TestKey) => balanceOf(ledger, event.event, holder);
  return { ...scene, receipt, books, has, ann: ticket.holder };
}

describe('refund of a cancelled event', () => {
  it('gives the first buyer back what he paid, fees too', () => {
    const { ledger, event, ticket, receipt, books, has, ann } = unwound({});
    expect(receipt).to.deep.include({ holders: [ann.kid], amountsMinor: [2200] });
    expect(has(ann)).to.equal(2200);
    expect(ticketOf(ledger, ticket)).to.include({ state: 'refunded', change: 1 });
    expect(countsOf(ledger, event.event, ann)).to.include({ held: 0, boughtPrimary: 0 });
    expect(books).to.include({ OrganizerMSP: 0, ResellerMSP: -2200 });
  });

  it('pays three people, one who gained and one who lost among them, what each has paid', () => {
    const { books, has, ann, receipt } = unwound({}, [ben, PROFIT], [cleo, LOSS]);
    // Ann had 2200 of ben's 2600 and 200 were held back; ben had 950 of cleo's 1050.
    expect([has(ann), has(ben), has(cleo)]).to.deep.equal([2200, 2600, 1050]);
    expect(receipt).to.deep.include({ holders: [ben.kid, cleo.kid], amountsMinor: [1650, 1050] });
    expect(books).to.include({ OrganizerMSP: 0, 'escrow:surplus': 0, ResellerMSP: -5850 });
  });

  it('gives royalty and venue share back', () => {
    const shares = { organizerRoyaltyBps: 500, venueBps: 300 };
    const { books, has, ann } = unwound(shares, [ben, { askMinor: 2700 }]);
    expect([has(ann), has(ben)]).to.deep.equal([2200, 2800]);
    expect(books).to.include({ OrganizerMSP: 0, VenueMSP: 0, 'escrow:surplus': 0 });
  });

  it('pays somebody who bought the same ticket twice once, and all of it', () => {
    const scene = onMarket({ policy: { capBps: 13_000 } });
    sellOn(scene, sellOn(scene, scene.ticket, ben, PROFIT), scene.ticket.holder, LOSS);
    const { has, ann, receipt } = settled(scene);
    expect([has(ann), has(ben)]).to.deep.equal([2200 + 1050, 2600]);
    expect(receipt).to.deep.include({ holders: [ann.kid, ben.kid], amountsMinor: [1050, 1650] });
  });

  it('takes a gift for what it is: the money follows the ticket', () => {
    const scene = onMarket();
    scene.ledger.accept(aTransfer(scene.ticket, ben));
    sellOn(scene, asNow(scene.ledger, scene.ticket, ben), cleo);
    const { ledger, event, has, ann } = settled(scene);
    expect([has(ann), has(ben), has(cleo)]).to.deep.equal([0, 2200, 2100]);
    expect(countsOf(ledger, event.event, ann)).to.include({ boughtPrimary: 1 });
  });

  it('takes the purchase of a ticket that was given away from its buyer’s count', () => {
    const scene = onMarket();
    scene.ledger.accept(aTransfer(scene.ticket, ben));
    const { ledger, event, has, ann } = settled(scene);
    expect([has(ann), has(ben)]).to.deep.equal([0, 2200]);
    expect(countsOf(ledger, event.event, ann)).to.include({ boughtPrimary: 0 });
    expect(countsOf(ledger, event.event, ben)).to.include({ held: 0 });
  });

  it('keeps the fees where the policy does', () => {
    const { books, has, ann } = unwound({ refundFees: 'none', venueBps: 300 }, [ben, {}]);
    // Ann paid 2000 beside the fee; ben 2100 less the fees of 200 and the venue's 60.
    expect([has(ann), has(ben)]).to.deep.equal([2000, 1840]);
    expect(books).to.include({ OrganizerMSP: 0, VenueMSP: 60, ResellerMSP: -3900 });
  });

  it('gives fees back that were kept when the ticket was resold, if the policy does by now', () => {
    const scene = onMarket({ policy: { capBps: 13_000, refundFees: 'none' } });
    sellOn(scene, scene.ticket, ben, PROFIT);
    // Of 2400 only 2000 were his own price then.
    expect(balanceOf(scene.ledger, scene.event.event, scene.ticket.holder)).to.equal(2000);
    scene.ledger.accept(aPolicyChange(scene.event, { refundFees: 'all' }));
    const { books, has, ann } = settled(scene);
    expect([has(ann), has(ben)]).to.deep.equal([2200, 2600]);
    expect(books).to.include({ OrganizerMSP: 0, 'escrow:surplus': 0 });
  });

  it('asks nobody to give back what he was paid out', () => {
    const scene = onMarket({ policy: { capBps: 13_000 } });
    sellOn(scene, scene.ticket, ben, PROFIT);
    scene.ledger.accept(aPayout(scene.event, scene.ticket.holder, 2200), BY_RESELLER);
    const { has, ann } = settled(scene);
    expect([has(ann), has(ben)]).to.deep.equal([0, 2600]);
  });

  it('pays for a ticket that is listed', () => {
    const scene = onMarket();
    list(scene, scene.ticket);
    const { has, ann } = settled(scene);
    expect(has(ann)).to.equal(2200);
  });

  // Regression: their sum was rounded on the way, and the whole transaction failed for entries that do sum to zero.
  it('sums amounts that no number holds', () => {
    const dear = { askMinor: Number.MAX_SAFE_INTEGER, sellerFeeMinor: 0, buyerFeeMinor: 0 };
    const scene = onMarket({ policy: { capBps: null } });
    const buyers = ['1', '2', '3', '4', '5'].map((name) => newKey(`buyer ${name}`));
    const prices = [dear, { ...dear, askMinor: 0 }, dear, { ...dear, askMinor: 0 }, dear];
    buyers.reduce((ticket, buyer, index) => sellOn(scene, ticket, buyer, prices[index]), scene.ticket);
    scene.ledger.accept(anEventChange(scene.event));
    expectAccepted(settle(scene.ledger, scene.ticket));
    const has = buyers.map((buyer) => balanceOf(scene.ledger, scene.event.event, buyer));
    expect(has).to.deep.equal(prices.map(({ askMinor }) => askMinor));
  });
});
