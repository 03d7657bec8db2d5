import { expect } from 'chai';
import { endorsingOrganizations, parseFounding } from '../../../../chaincode/domain/consortium.js';
import { foundingKey, organizationKey, organizationKeysKey } from '../../../../chaincode/domain/keys.js';
import type { Founder } from '../../../../chaincode/domain/records.js';
import { CONSORTIUM } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectThrows } from '../../../support/world.js';

const { organizations } = CONSORTIUM;
const endorsing = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
const proposed = () => {
  const ledger = new TestLedger();
  ledger.propose(CONSORTIUM);
  return ledger;
};
const clerk = { caller: { mspId: 'OrganizerMSP', attributes: new Set(['box-office', 'gate']) } };

describe('founding', () => {
  it('is proposed under a policy of all who endorse, and of nobody else', () => {
    const ledger = proposed();
    expect(ledger.read(foundingKey)).to.deep.equal({ state: 'proposed', organizations });
    expect(ledger.policyOf(foundingKey)).to.deep.equal({ allOf: endorsing, oneOf: [] });
    expect(ledger.read(organizationKey('OrganizerMSP'))).to.equal(undefined);
  });

  it('registers every organization, and each one’s keys under its own policy', () => {
    const ledger = proposed();
    ledger.found(CONSORTIUM);
    expect(ledger.read(foundingKey)).to.include({ state: 'founded' });
    for (const organization of organizations) {
      expect(ledger.read(organizationKey(organization.mspId))).to.deep.equal({ ...organization, status: 'active' });
    }
    for (const msp of endorsing) {
      expect(ledger.read(organizationKeysKey(msp))).to.deep.equal({ keys: [] });
      expect(ledger.policyOf(organizationKeysKey(msp))).to.deep.equal({ allOf: [msp], oneOf: [] });
    }
    expect(ledger.read(organizationKeysKey('TrusteeMSP'))).to.equal(undefined);
  });

  it('takes place once', () => {
    const ledger = proposed();
    expectThrows(() => ledger.propose(CONSORTIUM), 'ALREADY_FOUNDED', 'organizations');
    ledger.found(CONSORTIUM);
    expectThrows(() => ledger.found(CONSORTIUM), 'ALREADY_FOUNDED', 'organizations');
    expectThrows(() => ledger.propose(CONSORTIUM), 'ALREADY_FOUNDED', 'organizations');
  });

  it('needs a proposal', () => {
    expectThrows(() => new TestLedger().found(CONSORTIUM), 'NOT_FOUNDED', 'organizations');
  });

  const [first, ...rest] = organizations as [Founder, ...Founder[]];
  const others: readonly (readonly [string, readonly Founder[]])[] = [
    ['one organization fewer', organizations.slice(0, -1)],
    ['one more', [...organizations, { mspId: 'FourthMSP', name: 'Fourth', roles: ['venue'] }]],
    ['another role', [{ ...first, roles: ['organizer', 'venue'] }, ...rest]],
    ['another name', [{ ...first, name: 'Somebody' }, ...rest]],
    ['another order', [...rest, first]],
  ];
  for (const [what, list] of others) {
    it(`rejects ${what} than was proposed`, () => {
      expectThrows(() => proposed().found({ organizations: list }), 'FOUNDING_MISMATCH', 'organizations');
    });
  }

  it('is an admin’s of an organization that takes part', () => {
    const stranger = { caller: 'NobodyMSP' };
    expectThrows(() => new TestLedger().propose(CONSORTIUM, stranger), 'NOT_AUTHORISED', 'caller.mspId');
    expectThrows(() => new TestLedger().propose(CONSORTIUM, clerk), 'NOT_AUTHORISED', 'caller.attributes');
    expectThrows(() => proposed().found(CONSORTIUM, stranger), 'NOT_AUTHORISED', 'caller.mspId');
    expectThrows(() => proposed().found(CONSORTIUM, clerk), 'NOT_AUTHORISED', 'caller.attributes');
  });

  it('rejects a consortium of trustees, who endorse nothing', () => {
    const trustees: Founder[] = [{ mspId: 'OrganizerMSP', name: 'Trustee', roles: ['trustee'] }];
    expectThrows(() => new TestLedger().propose({ organizations: trustees }), 'INVALID_FIELD', 'organizations');
    expect(endorsingOrganizations(organizations)).to.deep.equal(endorsing);
  });
});

describe('founding argument', () => {
  const one = { mspId: 'AMSP', name: 'A', roles: ['venue'] };
  const parse = (list: unknown) => () => parseFounding(JSON.stringify({ organizations: list }));

  it('is JSON', () => expectThrows(() => parseFounding('{'), 'MALFORMED_BATCH', 'founding'));

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['nobody', [], 'organizations'],
    ['65 organizations', Array.from({ length: 65 }, (_, index) => ({ ...one, mspId: `M${index}` })), 'organizations'],
    ['an organization twice', [one, { ...one, name: 'B' }], 'organizations'],
    ['no role', [{ ...one, roles: [] }], 'organizations[0].roles'],
    ['an unknown role', [{ ...one, roles: ['auditor'] }], 'organizations[0].roles[0]'],
    ['an MSP id with a slash', [{ ...one, mspId: 'A/MSP' }], 'organizations[0].mspId'],
    ['no name', [{ ...one, name: '' }], 'organizations[0].name'],
  ];
  for (const [what, list, field] of wrong) {
    it(`rejects ${what}`, () => expectThrows(parse(list), 'INVALID_FIELD', field));
  }

  it('rejects unknown members', () => {
    expectThrows(parse([{ ...one, status: 'active' }]), 'UNKNOWN_FIELD', 'organizations[0].status');
    expectThrows(() => parseFounding(JSON.stringify({ organizations: [one], by: 1 })), 'UNKNOWN_FIELD', 'by');
  });
});
