/** Consortia of three, four and five organizations for the tests of governance, and decisions that they have taken. */
import type { Action } from '../../../../chaincode/domain/governance/action.js';
import { membersKey, proposalKey } from '../../../../chaincode/domain/keys.js';
import type { Founder, ProposalRecord } from '../../../../chaincode/domain/records.js';
import { aProposal, aVote, type TestProposal } from '../../../support/proposals.js';
import { aConsortium, CONSORTIUM } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';

const ORGANIZATIONS: readonly Founder[] = [
  ...CONSORTIUM.organizations,
  { mspId: 'OtherResellerMSP', name: 'Other reseller', roles: ['reseller'] },
];
export type Size = 3 | 4 | 5;
export const SIZES: readonly Size[] = [3, 4, 5];

/** Organizer, reseller, venue; then a trustee; then a second reseller. */
export const organizationsOf = (size: Size): readonly string[] =>
  ORGANIZATIONS.slice(0, size).map(({ mspId }) => mspId);

export const aConsortiumOf = (size: Size): TestLedger => TestLedger.founded(aConsortium(ORGANIZATIONS.slice(0, size)));

/** The action is proposed by the first of these and voted for by the others. */
export function decide(ledger: TestLedger, action: Action, voters: readonly string[]): TestProposal {
  const [proposer = '', ...others] = voters;
  const proposal = aProposal(proposer, action);
  ledger.accept(proposal.command, { caller: proposer });
  for (const caller of others) ledger.accept(aVote(proposal), { caller });
  return proposal;
}

export const stateOf = (ledger: TestLedger, { proposal }: TestProposal): ProposalRecord['state'] | undefined =>
  ledger.read(proposalKey(proposal))?.state;

export const memberOf = (ledger: TestLedger, msp: string) =>
  ledger.read(membersKey)?.organizations.find(({ mspId }) => mspId === msp);
