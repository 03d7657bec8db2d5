/** Who may vote on what, and how many it takes, in consortia of three to five organizations. */
import { expect } from 'chai';
import type { Action } from '../../../../chaincode/domain/governance/action.js';
import { currentCommitteeKey, organizationKey, proposalKey } from '../../../../chaincode/domain/keys.js';
import type { TestLedger } from '../../../support/test-ledger.js';
import { admit, appoint, aProposal, aVote, changeRoles, reinstate, suspend } from '../../../support/proposals.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';
import { aConsortiumOf, decide, memberOf, organizationsOf, SIZES, stateOf, type Size } from './a-consortium-of.js';

const TARGET = 'ResellerMSP';

interface Case {
  readonly action: (size: Size) => Action;
  /** Whom it is about, and who so has no vote. */
  readonly concerns: string | undefined;
  /** How many must say yes. */
  readonly needed: Readonly<Record<Size, number>>;
  /** How many must say no to end it. */
  readonly against: Readonly<Record<Size, number>>;
  readonly isDone: (ledger: TestLedger) => boolean;
  /** What has happened before. */
  readonly first?: (ledger: TestLedger, size: Size) => void;
}

const ofAll = { needed: { 3: 2, 4: 3, 5: 3 }, against: { 3: 2, 4: 2, 5: 3 } } as const;
const ofOthers = { needed: { 3: 2, 4: 2, 5: 3 }, against: { 3: 1, 4: 2, 5: 2 } } as const;
const others = (size: Size) => organizationsOf(size).filter((msp) => msp !== TARGET);
const THRESHOLDS = { 3: 2, 4: 3, 5: 3 } as const;

const CASES: Readonly<Record<Action['kind'], Case>> = {
  'organization.admit': {
    action: () => admit(),
    concerns: undefined,
    ...ofAll,
    isDone: (ledger) => ledger.read(organizationKey('NewMSP')) !== undefined,
  },
  'organization.roles': {
    action: () => changeRoles(TARGET, 'reseller', 'venue'),
    concerns: TARGET,
    ...ofOthers,
    isDone: (ledger) => memberOf(ledger, TARGET)!.roles.includes('venue'),
  },
  'organization.suspend': {
    action: () => suspend(TARGET),
    concerns: TARGET,
    ...ofOthers,
    isDone: (ledger) => memberOf(ledger, TARGET)!.status === 'suspended',
  },
  'organization.reinstate': {
    action: () => reinstate(TARGET),
    concerns: TARGET,
    ...ofOthers,
    isDone: (ledger) => memberOf(ledger, TARGET)!.status === 'active',
    first: (ledger, size) => void decide(ledger, suspend(TARGET), others(size).slice(0, ofOthers.needed[size])),
  },
  'committee.appoint': {
    action: (size) => appoint(organizationsOf(size), THRESHOLDS[size]),
    concerns: undefined,
    ...ofAll,
    isDone: (ledger) => ledger.read(currentCommitteeKey)?.epoch === 1,
  },
};

for (const [kind, { action, concerns, needed, against, isDone, first }] of Object.entries(CASES)) {
  for (const size of SIZES) {
    describe(`${kind} in a consortium of ${size}`, () => {
      const voters = organizationsOf(size).filter((msp) => msp !== concerns);
      const proposed = (by = voters[0]!) => {
        const ledger = aConsortiumOf(size);
        first?.(ledger, size);
        const proposal = aProposal(by, action(size));
        ledger.accept(proposal.command, { caller: by });
        return { ledger, proposal };
      };

      for (const voter of voters) {
        it(`may be proposed by ${voter} and voted on by the others`, () => {
          for (const other of voters.filter((msp) => msp !== voter)) {
            const { ledger, proposal } = proposed(voter);
            expectAccepted(ledger.submit(aVote(proposal), { caller: other }));
            expect(ledger.read(proposalKey(proposal.proposal))?.votes).to.deep.equal({ [voter]: true, [other]: true });
          }
        });
      }

      it('is carried out by the vote that makes more than half, not before', () => {
        const { ledger, proposal } = proposed();
        for (let yes = 1; yes < needed[size]; yes += 1) {
          expect([stateOf(ledger, proposal), isDone(ledger)], `${yes} yes`).to.deep.equal(['open', false]);
          ledger.accept(aVote(proposal), { caller: voters[yes]! });
        }
        expect([stateOf(ledger, proposal), isDone(ledger)]).to.deep.equal(['carried', true]);
      });

      it('is rejected by the vote after which more than half can’t be had, not before', () => {
        const { ledger, proposal } = proposed();
        const opponents = voters.slice(1).toReversed();
        for (let no = 0; no < against[size]; no += 1) {
          expect(stateOf(ledger, proposal), `${no} no`).to.equal('open');
          ledger.accept(aVote(proposal, { approve: false }), { caller: opponents[no]! });
        }
        expect([stateOf(ledger, proposal), isDone(ledger)]).to.deep.equal(['rejected', false]);
      });

      if (concerns !== undefined) {
        it(`is not ${concerns}’s to propose or to vote on`, () => {
          const { ledger, proposal } = proposed();
          const code = kind === 'organization.reinstate' ? 'ORGANIZATION_NOT_ACTIVE' : 'NOT_A_VOTER';
          const by = { caller: concerns };
          expectRefusal(ledger.submit(aVote(proposal), by), code, 'caller.mspId');
          expectRefusal(ledger.submit(aProposal(concerns, action(size)).command, by), code, 'caller.mspId');
        });
      }

      it('is no stranger’s, and nobody’s without the attribute admin', () => {
        const { ledger, proposal } = proposed();
        const clerk = { mspId: voters[1]!, attributes: new Set(['box-office', 'gate']) };
        const commands = [aVote(proposal), aProposal(voters[1]!, action(size)).command];
        for (const command of commands) {
          expectRefusal(ledger.submit(command, { caller: 'NobodyMSP' }), 'UNKNOWN_ORGANIZATION', 'caller.mspId');
          expectRefusal(ledger.submit(command, { caller: clerk }), 'NOT_AUTHORISED', 'caller.attributes');
        }
      });
    });
  }
}
