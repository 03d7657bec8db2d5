import { expect } from 'chai';
import { JURISDICTIONS, type Policy, type PolicyPart } from '../../../../chaincode/domain/policy/parameters.js';
import {
  inheritPolicy,
  policyOf,
  policyPartSchema,
  requireLawfulPolicy,
} from '../../../../chaincode/domain/policy/policy.js';
import { PROFILES, type Constraint } from '../../../../chaincode/domain/policy/profile.js';
import { refusalOf } from './refusal-of.js';

/** Values that break a demand, everything else being as the profile fills it. */
function breaking(constraint: Constraint, policy: Policy): readonly PolicyPart[] {
  const { parameter } = constraint;
  const values = (() => {
    if ('atMost' in constraint) return [constraint.atMost + 1, ...(parameter === 'capBps' ? [null] : [])];
    if ('atLeast' in constraint) return [constraint.atLeast - 1];
    if ('equals' in constraint)
      return [typeof constraint.equals === 'boolean' ? !constraint.equals : otherBasis(constraint.equals)];
    if ('named' in constraint) return ['any'];
    if ('given' in constraint) return [null];
    return constraint.includes.map((item) => policy.mandatoryDisclosure.filter((told) => told !== item));
  })();
  return values.map((value) => ({ [parameter]: value }));
}
const otherBasis = (basis: string) => (basis === 'face' ? 'face+fees' : 'face');

describe('profiles', () => {
  it('exist for every jurisdiction, under its own name', () => {
    expect(Object.keys(PROFILES)).to.have.members([...JURISDICTIONS]);
    for (const jurisdiction of JURISDICTIONS) expect(PROFILES[jurisdiction].jurisdiction).to.equal(jurisdiction);
  });

  it('name every demand once', () => {
    const rules = Object.values(PROFILES).flatMap(({ constrains }) => constrains.map(({ rule }) => rule));
    expect(new Set(rules).size).to.equal(rules.length);
  });

  for (const jurisdiction of JURISDICTIONS) {
    const { name, statutes, fills, constrains, notExpressed } = PROFILES[jurisdiction];
    describe(jurisdiction, () => {
      const rules = inheritPolicy([{ jurisdiction }], {});

      it('names its statutes with an official address, and says in both languages what it can not express', () => {
        expect(statutes).not.to.be.empty;
        for (const { title, url } of statutes) {
          expect(title).not.to.equal('');
          expect(url).to.match(/^https:\/\/\S+$/);
        }
        for (const text of [name, ...notExpressed]) expect([text.en, text.fr]).not.to.include('');
        expect(notExpressed).not.to.be.empty;
      });

      it('fills values that the schema takes and that keep to the law', () => {
        expect(policyPartSchema.safeParse(fills).success).to.equal(true);
        expect(refusalOf(() => requireLawfulPolicy(rules))).to.equal(undefined);
      });

      it('names its rules after itself', () => {
        for (const { rule, source } of constrains) {
          expect(rule.startsWith(`${jurisdiction}.`)).to.equal(true);
          expect(source).not.to.equal('');
        }
      });

      for (const constraint of constrains) {
        const { rule, source, parameter } = constraint;
        it(`refuses a policy that breaks ${rule}`, () => {
          for (const part of breaking(constraint, rules.policy)) {
            const broken = inheritPolicy([{ jurisdiction }, part], {});
            expect(
              refusalOf(() => requireLawfulPolicy(broken)),
              JSON.stringify(part),
            ).to.deep.equal({
              code: 'POLICY_BREAKS_PROFILE',
              field: `policy.${parameter}`,
              rule,
              source,
            });
          }
        });
      }
    });
  }

  it('bind price classes too', () => {
    const rules = inheritPolicy([{ jurisdiction: 'BE' }], { stalls: { capBps: 10_001 } });
    expect(policyOf(rules, 'stalls').jurisdiction).to.equal('BE');
    expect(refusalOf(() => requireLawfulPolicy(rules))).to.include({
      code: 'POLICY_BREAKS_PROFILE',
      field: 'classes.stalls.capBps',
      rule: 'BE.price-cap',
    });
  });

  it('leave a stricter policy alone', () => {
    const stricter: PolicyPart = {
      jurisdiction: 'AU-VIC',
      capBps: 10_000,
      maxHops: 0,
      mandatoryDisclosure: ['place', 'faceValue', 'sellerKind'],
    };
    expect(refusalOf(() => requireLawfulPolicy(inheritPolicy([stricter], {})))).to.equal(undefined);
  });

  it('take the announced British cap for a default, not for law', () => {
    const uncapped = inheritPolicy([{ jurisdiction: 'UK' }, { capBps: null }], {});
    expect(refusalOf(() => requireLawfulPolicy(uncapped))).to.equal(undefined);
    expect(inheritPolicy([{ jurisdiction: 'UK' }], {}).policy.capBps).to.equal(10_000);
  });
});
