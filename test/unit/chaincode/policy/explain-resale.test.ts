import { expect } from 'chai';
import fc from 'fast-check';
import { explainResale, type ResaleQuestion } from '../../../../chaincode/domain/policy/explain/explain-resale.js';
import { LANGUAGES } from '../../../../chaincode/domain/policy/explain/language.js';
import type { PolicyPart } from '../../../../chaincode/domain/policy/parameters.js';
import { inheritPolicy } from '../../../../chaincode/domain/policy/policy.js';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { refusalOf } from './refusal-of.js';

interface Scene {
  readonly ask: number;
  readonly fees?: readonly [seller: number, buyer: number];
  readonly paid?: number;
}

/** A ticket of 20.00 and 2.00 of fees. */
const question = (part: PolicyPart, { ask, fees: [sellerFeeMinor, buyerFeeMinor] = [0, 0], paid = 2_200 }: Scene) =>
  ({
    policy: inheritPolicy([part], {}).policy,
    terms: { askMinor: ask, sellerFeeMinor, buyerFeeMinor },
    first: { faceMinor: 2_000, withFeesMinor: 2_200 },
    paidMinor: paid,
    currency: 'EUR',
    field: 'query',
  }) satisfies ResaleQuestion;

describe('resale in words', () => {
  it('tells who gets what, and keeps to the cap', () => {
    const shares: PolicyPart = { organizerRoyaltyBps: 500, venueBps: 100, capBps: 10_000 };
    const explained = explainResale(question(shares, { ask: 2_000, fees: [100, 200] }), 'en');
    expect(explained).to.deep.include({
      totalMinor: 2_200,
      commissionMinor: 300,
      royaltyMinor: 100,
      venueMinor: 20,
      sellerMinor: 1_780,
      proceedsMinor: 1_780,
      surplusMinor: 0,
      capMinor: 2_200,
      allowed: true,
      broken: [],
    });
    expect(explained.text).to.deep.equal([
      'The buyer pays 22.00 EUR in all.',
      'The platform gets 3.00 EUR, the organizer 1.00 EUR, the venue 0.20 EUR, the seller 17.80 EUR.',
      'The seller has 17.80 EUR at once; nothing stays in escrow.',
      'The cap is 22.00 EUR in all: this price keeps to it.',
    ]);
  });

  it('says the same in French', () => {
    const { text } = explainResale(question({ capBps: null }, { ask: 2_500 }), 'fr');
    expect(text).to.deep.equal([
      'L’acheteur paie 25,00\u00a0EUR en tout.',
      'La plateforme reçoit 0,00\u00a0EUR, l’organisateur 0,00\u00a0EUR, la salle 0,00\u00a0EUR, le vendeur 25,00\u00a0EUR.',
      'Le vendeur dispose de 22,00\u00a0EUR tout de suite\u202f; 3,00\u00a0EUR, au-delà de ce qu’il avait payé lui-même, restent sous séquestre jusqu’à la fin de l’événement.',
      'Ce que paie l’acheteur n’est pas plafonné.',
    ]);
  });

  it('holds what the seller makes beyond his own price in escrow', () => {
    const explained = explainResale(question({ capBps: null }, { ask: 3_000, paid: 2_999 }), 'en');
    expect(explained).to.include({ proceedsMinor: 2_999, surplusMinor: 1 });
  });

  it('names a cap that one unit breaks, through the fee', () => {
    const explained = explainResale(question({}, { ask: 2_000, fees: [0, 201] }), 'en');
    expect(explained.allowed).to.equal(false);
    expect(explained.broken.map(({ parameter, code }) => [parameter, code])).to.deep.equal([
      ['buyerFeeBps', 'FEE_ABOVE_CAP'],
      ['capBps', 'PRICE_ABOVE_CAP'],
    ]);
    expect(explained.text.at(-1)).to.equal(
      'Refused: what the buyer pays may be at most 22.00 EUR; 22.01 EUR is 0.01 EUR above that (capBps).',
    );
  });

  it('names every fee that is too high', () => {
    const limits: PolicyPart = { sellerFeeBps: 100, buyerFeeBps: 100, platformFeeCapBps: 150, capBps: null };
    const { broken } = explainResale(question(limits, { ask: 1_000, fees: [11, 12] }), 'en');
    expect(broken.map(({ parameter }) => parameter)).to.deep.equal([
      'sellerFeeBps',
      'buyerFeeBps',
      'platformFeeCapBps',
    ]);
  });

  it('refuses fees that leave the seller less than nothing', () => {
    const asked = question({}, { ask: 10, fees: [11, 0] });
    expect(refusalOf(() => explainResale(asked, 'en'))).to.include({
      code: 'PRICE_BELOW_FEES',
      field: 'query.askMinor',
    });
  });

  it('gives amounts that sum to what the buyer pays, whatever prices and shares', () => {
    const share = fc.nat({ max: 10_000 });
    const minor = fc.nat({ max: 1_000_000_000 });
    const parts = fc.record({
      organizerRoyaltyBps: share,
      venueBps: share,
      feePayer: fc.constantFrom('seller' as const, 'buyer' as const),
    });
    fc.assert(
      fc.property(
        parts,
        minor,
        minor,
        minor,
        minor,
        fc.constantFrom(...LANGUAGES),
        (part, ask, seller, buyer, paid, language) => {
          try {
            const told = explainResale(question(part, { ask, fees: [seller, buyer], paid }), language);
            const { totalMinor, commissionMinor, royaltyMinor, venueMinor, sellerMinor } = told;
            expect(commissionMinor + royaltyMinor + venueMinor + sellerMinor).to.equal(totalMinor);
            expect(told.proceedsMinor + told.surplusMinor).to.equal(sellerMinor);
            expect(told.proceedsMinor).to.be.at.most(paid);
            expect(Math.min(told.proceedsMinor, told.surplusMinor, royaltyMinor, venueMinor)).to.be.at.least(0);
            expect(told.allowed).to.equal(told.broken.length === 0);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            expect(error.code).to.equal('PRICE_BELOW_FEES');
          }
        },
      ),
    );
  });
});
