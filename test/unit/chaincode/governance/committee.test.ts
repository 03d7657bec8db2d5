import { expect } from 'chai';
import { committeeKey, currentCommitteeKey } from '../../../../chaincode/domain/keys.js';
import type { ActionOf } from '../../../../chaincode/domain/governance/action.js';
import { appoint, aProposal, suspend } from '../../../support/proposals.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';
import { aConsortiumOf, decide, organizationsOf } from './a-consortium-of.js';

const ALL = organizationsOf(5);
const [ORGANIZER, RESELLER, VENUE, TRUSTEE] = ALL as [string, string, string, string];
const MAJORITY = ALL.slice(0, 3);
const FOUR = ALL.slice(0, 4);
const propose = (action: ActionOf<'committee.appoint'>, ledger = aConsortiumOf(5)) =>
  ledger.submit(aProposal(ORGANIZER, action).command);
const changed = (index: number, change: object) => {
  const action = appoint(FOUR, 3);
  return { ...action, members: action.members.map((each, at) => (at === index ? { ...each, ...change } : each)) };
};

describe('committee', () => {
  it('is recorded for its epoch and as the present one', () => {
    const ledger = aConsortiumOf(5);
    const [first, second] = [appoint(FOUR, 3), appoint(ALL, 3, 2)];
    decide(ledger, first, MAJORITY);
    decide(ledger, second, MAJORITY);
    const recordOf = ({ epoch, threshold, members }: typeof first) => ({ epoch, threshold, members });
    expect(ledger.read(committeeKey(1))).to.deep.equal(recordOf(first));
    expect(ledger.read(committeeKey(2))).to.deep.equal(recordOf(second));
    expect(ledger.read(currentCommitteeKey)).to.deep.equal(recordOf(second));
  });

  it('is appointed for the next epoch only', () => {
    const ledger = aConsortiumOf(5);
    for (const epoch of [2, 3])
      expect(expectRefusal(propose(appoint(FOUR, 3, epoch), ledger), 'INVALID_COMMITTEE', 'action.epoch')).to.include({
        expected: 1,
      });
    decide(ledger, appoint(FOUR, 3), MAJORITY);
    for (const epoch of [1, 3])
      expectRefusal(propose(appoint(FOUR, 3, epoch), ledger), 'INVALID_COMMITTEE', 'action.epoch');
  });

  const [A, B, C, D] = FOUR as [string, string, string, string];
  const sound: readonly (readonly [readonly string[], number])[] = [
    [[A, B, C], 2],
    [[A, B, C, D], 3],
    [[A, A, B, B, C, C, D], 4],
    [[A, A, B, B, C, C, D], 5],
    [[A, A, B, B, C, C], 4],
  ];
  for (const [nodes, threshold] of sound) {
    it(`may have ${nodes.length} nodes and a threshold of ${threshold}`, () => {
      expectAccepted(propose(appoint(nodes, threshold)));
    });
  }

  const unsound: readonly (readonly [string, readonly string[], number, string])[] = [
    ['a threshold of 1', [A, B, C], 1, 'action.threshold'],
    ['a threshold of half', [A, B, C, D], 2, 'action.threshold'],
    ['a threshold beyond its nodes', [A, B, C], 4, 'action.threshold'],
    ['an organization without which nothing goes', [A, B, C], 3, 'action.members[0].mspId'],
    ['an organization with more than n - t nodes', [A, B, C, A], 3, 'action.members[3].mspId'],
    ['an organization with t nodes', [A, A, A, B, C], 3, 'action.members[2].mspId'],
    ['one node', [A], 1, 'action.threshold'],
  ];
  for (const [what, nodes, threshold, field] of unsound) {
    it(`may not have ${what}`, () => {
      expectRefusal(propose(appoint(nodes, threshold)), 'INVALID_COMMITTEE', field);
    });
  }

  it('has nodes with names and keys of their own', () => {
    const { jwk } = appoint(FOUR, 3).members[0]!;
    expectRefusal(propose(changed(3, { jwk })), 'INVALID_COMMITTEE', 'action.members[3].jwk');
    const twice = appoint([A, A, B, B, C, C], 4);
    const named = { ...twice, members: twice.members.map((each) => ({ ...each, node: 'committee0' })) };
    expectRefusal(propose(named), 'INVALID_COMMITTEE', 'action.members[1].node');
    // Each organization names its own.
    const action = appoint(FOUR, 3);
    expectAccepted(propose({ ...action, members: action.members.map((each) => ({ ...each, node: 'committee0' })) }));
  });

  it('sits in active organizations of the registry', () => {
    expectRefusal(propose(changed(2, { mspId: 'NobodyMSP' })), 'UNKNOWN_ORGANIZATION', 'action.members[2].mspId');
    const ledger = aConsortiumOf(5);
    decide(ledger, suspend(RESELLER), [ORGANIZER, VENUE, TRUSTEE]);
    expectRefusal(propose(appoint(FOUR, 3), ledger), 'ORGANIZATION_NOT_ACTIVE', 'action.members[1].mspId');
  });

  it('has keys that are points of the curve', () => {
    const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
    expectRefusal(propose(changed(1, { jwk })), 'INVALID_FIELD', 'action.members[1].jwk');
  });
});
