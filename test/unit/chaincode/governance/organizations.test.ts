import { expect } from 'chai';
import { membersKey, organizationKey, organizationKeysKey } from '../../../../chaincode/domain/keys.js';
import type { MembersRecord } from '../../../../chaincode/domain/records.js';
import { admit, aProposal, changeRoles, reinstate, suspend } from '../../../support/proposals.js';
import { aKeyRegistration, anAllotment, anEvent, aSale, CONSORTIUM, newKey } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, judgeWith } from '../../../support/world.js';
import { aConsortiumOf, decide, memberOf, organizationsOf } from './a-consortium-of.js';

const [ORGANIZER, RESELLER, VENUE, TRUSTEE, OTHER] = organizationsOf(5) as [string, string, string, string, string];
const MAJORITY = [ORGANIZER, RESELLER, VENUE] as const;
const propose = (ledger: TestLedger, action: Parameters<typeof aProposal>[1], caller = ORGANIZER) =>
  ledger.submit(aProposal(caller, action).command, { caller });

describe('members', () => {
  it('are recorded at the founding as each one’s own record says', () => {
    const ledger = TestLedger.founded();
    const organizations = CONSORTIUM.organizations.map((each) => ({ ...each, status: 'active' }));
    expect(ledger.read(membersKey)).to.deep.equal({ change: 0, organizations });
  });

  it('are counted by their changes, and say the same as each one’s own record', () => {
    const ledger = aConsortiumOf(5);
    const steps = [
      () => decide(ledger, admit(), MAJORITY),
      () => decide(ledger, suspend(OTHER), MAJORITY),
      () => decide(ledger, changeRoles(OTHER, 'venue'), MAJORITY),
      () => decide(ledger, reinstate(OTHER), MAJORITY),
    ];
    for (const [index, step] of steps.entries()) {
      step();
      const { change, organizations } = ledger.read(membersKey)!;
      expect(change).to.equal(index + 1);
      for (const each of organizations) expect(ledger.read(organizationKey(each.mspId))).to.deep.equal(each);
    }
    expect(memberOf(ledger, OTHER)).to.deep.equal({
      mspId: OTHER,
      name: 'Other reseller',
      roles: ['venue'],
      status: 'active',
    });
  });

  it('must have been founded', () => {
    const ledger = aConsortiumOf(5);
    const outcome = judgeWith(ledger, aProposal(ORGANIZER, admit()).command, { [membersKey]: undefined });
    expectRefusal(outcome, 'NOT_FOUNDED', 'organizations');
    const event = judgeWith(ledger, anEvent().command, { [membersKey]: undefined });
    expectRefusal(event, 'NOT_FOUNDED', 'organizations');
  });
});

describe('admission', () => {
  it('gives the newcomer keys that only it endorses', () => {
    const ledger = aConsortiumOf(4);
    decide(ledger, admit(), MAJORITY);
    expect(ledger.read(organizationKeysKey('NewMSP'))).to.deep.equal({ keys: [] });
    expect(ledger.policyOf(organizationKeysKey('NewMSP'))).to.deep.equal({ allOf: ['NewMSP'], oneOf: [] });
    expect(ledger.policyOf(membersKey)).to.equal(undefined);
  });

  it('gives a trustee none, until its roles change', () => {
    const ledger = aConsortiumOf(4);
    decide(ledger, admit('SecondTrusteeMSP', 'trustee'), MAJORITY);
    expect(ledger.read(organizationKeysKey('SecondTrusteeMSP'))).to.equal(undefined);
    decide(ledger, changeRoles('SecondTrusteeMSP', 'trustee', 'reseller'), MAJORITY);
    expect(ledger.policyOf(organizationKeysKey('SecondTrusteeMSP'))).to.deep.equal({
      allOf: ['SecondTrusteeMSP'],
      oneOf: [],
    });
  });

  it('lets the newcomer register a key, be allotted seats and sell', () => {
    const ledger = aConsortiumOf(4);
    decide(ledger, admit(), MAJORITY);
    const key = newKey();
    ledger.accept(aKeyRegistration(key, 'seller'), { caller: 'NewMSP' });
    const event = anEvent();
    const floor = anAllotment(event, { seller: 'NewMSP' });
    ledger.accept([event.command, floor.command]);
    expectAccepted(ledger.submit(aSale(floor, { by: key }).command));
  });

  it('makes the newcomer one of those that may endorse an event, but none that is suspended and no trustee', () => {
    const ledger = aConsortiumOf(5);
    decide(ledger, admit(), MAJORITY);
    decide(ledger, suspend(OTHER), MAJORITY);
    const event = anEvent();
    ledger.accept(event.command);
    const owners = { allOf: [ORGANIZER], oneOf: [RESELLER, VENUE, 'NewMSP'] };
    expect(ledger.policyOf(`${event.event}/e`)).to.deep.equal(owners);
  });

  it('is not of a member, suspended or not', () => {
    const ledger = aConsortiumOf(5);
    decide(ledger, suspend(OTHER), MAJORITY);
    for (const msp of [VENUE, TRUSTEE, OTHER])
      expectRefusal(propose(ledger, admit(msp)), 'ALREADY_A_MEMBER', 'action.organization.mspId');
  });

  it('is of 64 organizations at most', () => {
    const ledger = aConsortiumOf(5);
    const members = (count: number): MembersRecord => {
      const { organizations } = ledger.read(membersKey)!;
      const more = Array.from({ length: count - organizations.length }, (_, index) => ({
        ...organizations[3]!,
        mspId: `Trustee${index}MSP`,
      }));
      return { change: 0, organizations: [...organizations, ...more] };
    };
    const { command } = aProposal(ORGANIZER, admit());
    expectAccepted(judgeWith(ledger, command, { [membersKey]: members(63) }));
    const full = judgeWith(ledger, command, { [membersKey]: members(64) });
    expect(expectRefusal(full, 'TOO_MANY_ORGANIZATIONS', 'action.organization')).to.include({ limit: 64 });
  });
});

describe('suspension', () => {
  it('is of an active member, reinstatement of a suspended one', () => {
    const ledger = aConsortiumOf(5);
    for (const action of [suspend('NobodyMSP'), reinstate('NobodyMSP'), changeRoles('NobodyMSP', 'venue')])
      expectRefusal(propose(ledger, action), 'UNKNOWN_ORGANIZATION', 'action.mspId');
    expectRefusal(propose(ledger, reinstate(OTHER)), 'ALREADY_A_MEMBER', 'action.mspId');
    decide(ledger, suspend(OTHER), MAJORITY);
    expectRefusal(propose(ledger, suspend(OTHER)), 'ORGANIZATION_NOT_ACTIVE', 'action.mspId');
  });

  it('stops sales and ends with reinstatement', () => {
    const ledger = aConsortiumOf(4);
    const floor = anAllotment(anEvent());
    ledger.accept([floor.of.command, floor.command]);
    decide(ledger, suspend(RESELLER), [ORGANIZER, VENUE]);
    const sale = aSale(floor).command;
    expectRefusal(ledger.submit(sale), 'ORGANIZATION_NOT_ACTIVE', 'sale.seller');
    decide(ledger, reinstate(RESELLER), [ORGANIZER, VENUE]);
    expectAccepted(ledger.submit(sale));
  });

  it('leaves an active organizer', () => {
    const ledger = aConsortiumOf(5);
    expectRefusal(propose(ledger, suspend(ORGANIZER), VENUE), 'CONSORTIUM_INCOMPLETE', 'action.mspId');
    decide(ledger, admit('NextMSP', 'organizer'), MAJORITY);
    decide(ledger, suspend(ORGANIZER), [RESELLER, VENUE, TRUSTEE]);
    const last = propose(ledger, suspend('NextMSP'), VENUE);
    expect(expectRefusal(last, 'CONSORTIUM_INCOMPLETE')).to.include({ needs: 'an active organizer' });
  });

  it('leaves two active organizations that endorse, trustees not counted', () => {
    const ledger = aConsortiumOf(4);
    decide(ledger, suspend(RESELLER), [ORGANIZER, VENUE]);
    const third = propose(ledger, suspend(VENUE));
    expect(expectRefusal(third, 'CONSORTIUM_INCOMPLETE', 'action.mspId')).to.include({
      needs: '2 active organizations that endorse',
    });
    expectAccepted(propose(ledger, suspend(TRUSTEE)));
  });
});

describe('change of roles', () => {
  it('is one', () => {
    for (const roles of [['venue'], ['venue', 'reseller']] as const) {
      const ledger = aConsortiumOf(4);
      if (roles.length > 1) decide(ledger, changeRoles(VENUE, ...roles), [ORGANIZER, RESELLER]);
      const same = changeRoles(VENUE, ...roles.toReversed());
      expectRefusal(propose(ledger, same), 'INVALID_FIELD', 'action.roles');
    }
  });

  it('leaves an active organizer and two that endorse', () => {
    const ledger = aConsortiumOf(4);
    const [none, noOrganizer] = [changeRoles(VENUE, 'trustee'), changeRoles(ORGANIZER, 'reseller')];
    expectRefusal(propose(ledger, noOrganizer, VENUE), 'CONSORTIUM_INCOMPLETE', 'action.roles');
    decide(ledger, suspend(RESELLER), [ORGANIZER, VENUE]);
    expectRefusal(propose(ledger, none), 'CONSORTIUM_INCOMPLETE', 'action.roles');
  });

  it('leaves the keys that there are', () => {
    const ledger = aConsortiumOf(4);
    const before = ledger.read(organizationKeysKey(RESELLER));
    decide(ledger, changeRoles(RESELLER, 'reseller', 'organizer'), [ORGANIZER, VENUE]);
    expect(ledger.read(organizationKeysKey(RESELLER))).to.deep.equal(before);
    expect(ledger.written.some(({ key }) => key === organizationKeysKey(RESELLER))).to.equal(false);
  });
});
