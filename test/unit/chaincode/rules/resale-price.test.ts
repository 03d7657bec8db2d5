import { expect } from 'chai';
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import { BY_RESELLER, onMarket, sellOn, type MarketOptions } from '../../../support/market.js';
import { aListing } from '../../../support/resales.js';
import { newKey } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal, type Scene } from '../../../support/world.js';

type Terms = Parameters<typeof aListing>[2];
/** Ask and buyer's fee; the seller's fee is none. */
const at = (askMinor: number, buyerFeeMinor: number, more: Terms = {}) => ({
  ...{ askMinor, buyerFeeMinor, sellerFeeMinor: 0, ...more },
});

function offer(options: MarketOptions, terms: Terms) {
  const { ledger, floor, ticket } = onMarket(options);
  return ledger.submit(aListing(ticket, floor, terms).command, BY_RESELLER);
}
const offerAgain = ({ ledger, floor }: Scene, ticket: Parameters<typeof asNow>[1], terms: Terms) =>
  ledger.submit(aListing(asNow(ledger, ticket), floor, terms).command, BY_RESELLER);

describe('price cap', () => {
  /** The dearest offer under these rules; one unit more is refused. */
  const caps: readonly (readonly [string, PolicyPart, Terms, number])[] = [
    ['is the first price with its fees', {}, at(2000, 200), 2200],
    ['is the face price', { capBasis: 'face' }, at(1900, 100), 2000],
    ['is a share of the first price', { capBps: 11_000 }, at(2200, 220), 2420],
    ['is rounded down', { capBasis: 'face', capBps: 10_004 }, at(1990, 10), 2000],
    [
      'covers royalty and venue share that the buyer bears',
      { organizerRoyaltyBps: 500, venueBps: 300, feePayer: 'buyer' },
      at(2000, 40, { totalMinor: 2200 }),
      2200,
    ],
  ];
  for (const [what, policy, terms, limitMinor] of caps) {
    it(`${what}: one unit more through the fee is refused`, () => {
      expectAccepted(offer({ policy }, terms));
      const { buyerFeeMinor = 0, totalMinor } = terms!;
      const more = { buyerFeeMinor: buyerFeeMinor + 1, ...(totalMinor && { totalMinor: totalMinor + 1 }) };
      const details = expectRefusal(
        offer({ policy: { ...policy, buyerFeeBps: 2000 } }, { ...terms, ...more }),
        'PRICE_ABOVE_CAP',
        'policy.capBps',
      );
      expect(details).to.include({ limitMinor, givenMinor: limitMinor + 1, policyVersion: 1 });
    });
  }

  it('refuses one unit more through the price, where every fee is in order', () => {
    const details = expectRefusal(offer({}, at(2001, 200)), 'PRICE_ABOVE_CAP', 'policy.capBps');
    expect(details).to.include({ limitMinor: 2200, givenMinor: 2201 });
  });

  it('is anchored to the first price over two hops', () => {
    const scene = onMarket({ policy: { capBps: 11_000 } });
    const second = sellOn(scene, scene.ticket, newKey(), at(2200, 220));
    expectRefusal(offerAgain(scene, second, at(2201, 220)), 'PRICE_ABOVE_CAP', 'policy.capBps');
    const third = sellOn(scene, second, newKey(), at(2200, 220));
    expectRefusal(offerAgain(scene, third, at(2201, 220)), 'PRICE_ABOVE_CAP', 'policy.capBps');
  });

  it('does not sink with a cheap resale', () => {
    const scene = onMarket();
    const second = sellOn(scene, scene.ticket, newKey(), at(1000, 0));
    expectAccepted(offerAgain(scene, second, at(2000, 200)));
  });

  it('is the price class’s own where it has one', () => {
    const classes = { standard: { capBps: 11_000 } };
    expectAccepted(offer({ classes }, at(2200, 220)));
    expectRefusal(offer({ classes: { gold: { capBps: 11_000 } } }, at(2200, 220)), 'PRICE_ABOVE_CAP', 'policy.capBps');
  });

  it('is none where the policy sets none', () => {
    expectAccepted(offer({ policy: { capBps: null } }, at(1_000_000, 100_000)));
  });
});

describe('fees of a resale', () => {
  const limits: readonly (readonly [string, PolicyPart, Terms, string, number])[] = [
    ['the seller’s fee', {}, { askMinor: 1999, sellerFeeMinor: 200 }, 'policy.sellerFeeBps', 199],
    ['the buyer’s fee', {}, at(1999, 200), 'policy.buyerFeeBps', 199],
    [
      'both together',
      { platformFeeCapBps: 1500 },
      at(1999, 150, { sellerFeeMinor: 150 }),
      'policy.platformFeeCapBps',
      299,
    ],
  ];
  for (const [what, policy, terms, field, limitMinor] of limits) {
    it(`rejects one unit more than allowed for ${what}`, () => {
      const details = expectRefusal(offer({ policy }, terms), 'FEE_ABOVE_CAP', field);
      expect(details).to.include({ limitMinor, givenMinor: limitMinor + 1, policyVersion: 1 });
    });
  }

  it('rejects a price that does not cover them', () => {
    const terms = { askMinor: 1000, sellerFeeMinor: 1001, buyerFeeMinor: 0 };
    expect(expectRefusal(offer({}, terms), 'PRICE_BELOW_FEES', 'listing.askMinor')).to.include({ sellerMinor: -1 });
  });

  it('rejects a total that is not the sum, and another currency', () => {
    for (const totalMinor of [2099, 2101]) {
      const details = expectRefusal(offer({}, { totalMinor }), 'PRICE_MISMATCH', 'listing.totalMinor');
      expect(details).to.include({ expected: 2100 });
    }
    expectRefusal(offer({}, { currency: 'USD' }), 'PRICE_MISMATCH', 'listing.currency');
  });

  it('rejects what no number holds', () => {
    const terms = at(Number.MAX_SAFE_INTEGER, 1, { totalMinor: Number.MAX_SAFE_INTEGER });
    expectRefusal(offer({ policy: { capBps: null } }, terms), 'AMOUNT_OVERFLOW', 'listing.askMinor');
  });

  it('may be nothing at all', () => {
    expectAccepted(offer({}, { askMinor: 0, sellerFeeMinor: 0, buyerFeeMinor: 0 }));
  });
});
