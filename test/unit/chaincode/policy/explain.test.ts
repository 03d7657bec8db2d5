import { expect } from 'chai';
import { explainClasses, explainPolicy, explainProfile } from '../../../../chaincode/domain/policy/explain/explain.js';
import { LANGUAGES, type Language } from '../../../../chaincode/domain/policy/explain/language.js';
import {
  JURISDICTIONS,
  PARAMETER_NAMES,
  type ParameterName,
  type PolicyPart,
} from '../../../../chaincode/domain/policy/parameters.js';
import { inheritPolicy } from '../../../../chaincode/domain/policy/policy.js';
import { PROFILES } from '../../../../chaincode/domain/policy/profile.js';

const ORDINARY_SPACE_BEFORE_SIGN = / [:;!?%»]/;

const sentenceOf = (part: PolicyPart, name: ParameterName, language: Language = 'en') =>
  explainPolicy(inheritPolicy([part], {}).policy, language).find(({ parameter }) => parameter === name)?.sentence ?? '';

describe('policy in words', () => {
  for (const language of LANGUAGES)
    for (const jurisdiction of [null, ...JURISDICTIONS])
      it(`has a sentence for each parameter: ${jurisdiction ?? 'no law'}, ${language}`, () => {
        const text = explainPolicy(inheritPolicy([{ jurisdiction }], {}).policy, language);
        expect(text.map(({ parameter }) => parameter)).to.deep.equal(PARAMETER_NAMES);
        for (const { sentence } of text) expect(sentence).to.match(/^\p{Lu}.*\.$/u);
      });

  it('says other things in French', () => {
    const { policy } = inheritPolicy([], {});
    const [english, french] = LANGUAGES.map((language) => explainPolicy(policy, language));
    english?.forEach(({ sentence }, index) => expect(french?.[index]?.sentence).not.to.equal(sentence));
  });

  it('tells the value', () => {
    expect(sentenceOf({ capBps: 11_000, capBasis: 'face' }, 'capBps')).to.include('110% of the face price');
    expect(sentenceOf({ capBps: 11_000, capBasis: 'face' }, 'capBps', 'fr')).to.include('110\u00a0% du prix facial');
    expect(sentenceOf({ perPersonLimit: { primary: 1, resale: 7 } }, 'perPersonLimit')).to.include('1 ticket in');
    expect(sentenceOf({ minHoldingPeriodSeconds: 172_800 }, 'minHoldingPeriodSeconds')).to.include('2 days');
    expect(sentenceOf({ authorisedResellers: ['AMSP', 'BMSP'] }, 'authorisedResellers')).to.include('AMSP and BMSP');
    const resaleWindow = { opensBeforeStartSeconds: 86_400, closesBeforeStartSeconds: 3_600 };
    expect(sentenceOf({ resaleWindow }, 'resaleWindow')).to.equal(
      'Tickets are resold from 1 day before the start until 1 hour before the start.',
    );
  });

  it('says something else for each value of a choice, a limit and a switch', () => {
    const VALUES: readonly (readonly [ParameterName, readonly unknown[]])[] = [
      ['jurisdiction', [null, ...JURISDICTIONS]],
      ['capBps', [null, 10_000, 11_000]],
      ['capBasis', ['face', 'face+fees']],
      ['platformFeeCapBps', [null, 0, 500]],
      ['sellerFeeBps', [0, 1]],
      ['buyerFeeBps', [0, 1]],
      ['organizerRoyaltyBps', [0, 1]],
      ['venueBps', [0, 1]],
      ['feePayer', ['seller', 'buyer']],
      ['authorisedResellers', ['any', [], ['AMSP'], ['AMSP', 'BMSP']]],
      ['credentialRequired', [true, false]],
      ['complimentaryNotResellable', [true, false]],
      ['maxHops', [null, 0, 1, 2]],
      ['minHoldingPeriodSeconds', [0, 1]],
      ['habitualThreshold', [null, 1]],
      ['resaleOpensAfter', ['salesOpen', 'soldOut', 'salesClose']],
      ['returnDeadlineSeconds', [null, 0, 60]],
      ['transfer', ['allowed', 'forbidden']],
      ['market', ['direct', 'sealed', 'both']],
      ['clearing', ['lottery', 'uniform-price']],
      ['mustAllowTransfer', [true, false]],
      ['gateCheck', ['code', 'sample', 'document']],
      ['mandatoryDisclosure', [[], ['place'], ['faceValue', 'restrictions'], ['sellerKind', 'connection']]],
      ['refundFees', ['none', 'all']],
      ['postponeClaimWindowSeconds', [0, 60]],
    ];
    for (const language of LANGUAGES)
      for (const [name, values] of VALUES) {
        const sentences = new Set(values.map((value) => sentenceOf({ [name]: value }, name, language)));
        expect(sentences.size, `${name} ${language}`).to.equal(values.length);
      }
  });

  it('is set as French is', () => {
    for (const jurisdiction of JURISDICTIONS) {
      const { name, notExpressed } = explainProfile(jurisdiction, 'fr');
      const { policy } = inheritPolicy([{ jurisdiction }], {});
      const all = [name, ...notExpressed, ...explainPolicy(policy, 'fr').map(({ sentence }) => sentence)];
      for (const text of all) {
        expect(text).not.to.match(ORDINARY_SPACE_BEFORE_SIGN);
        expect(text).not.to.include("'");
      }
    }
  });
});

describe('classes in words', () => {
  it('tell only what differs from the event', () => {
    const rules = inheritPolicy([], { balcony: {}, stalls: { capBps: null, feePayer: 'seller' } });
    const [balcony, stalls] = explainClasses(rules, 'en');
    expect(balcony).to.deep.equal({ priceClass: 'balcony', text: [] });
    expect(stalls?.text).to.deep.equal([{ parameter: 'capBps', sentence: 'A resale may cost any price.' }]);
  });
});

describe('profiles in words', () => {
  for (const jurisdiction of JURISDICTIONS)
    it(`tells statutes, demands and what can not be expressed: ${jurisdiction}`, () => {
      const { statutes, constrains, notExpressed } = PROFILES[jurisdiction];
      for (const language of LANGUAGES) {
        const explained = explainProfile(jurisdiction, language);
        expect(explained.statutes).to.deep.equal(statutes);
        expect(explained.demands.map(({ rule }) => rule)).to.deep.equal(constrains.map(({ rule }) => rule));
        expect(explained.notExpressed).to.have.length(notExpressed.length);
      }
    });
});
