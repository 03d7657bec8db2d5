/** Proposals and votes for tests: every builder gives something valid for the consortium of `statements.ts` and takes overrides. */
import type { Action, ActionOf } from '../../chaincode/domain/governance/action.js';
import { proposalIdOf } from '../../chaincode/domain/governance/proposal-id.js';
import { newId, newKey, type Command } from './statements.js';

/** Long after everything. */
export const EXPIRY = '2099-01-01T00:00:00Z';

export const admit = (mspId = 'NewMSP', ...roles: ActionOf<'organization.admit'>['organization']['roles']): Action => ({
  kind: 'organization.admit',
  organization: { mspId, name: mspId.replace('MSP', ''), roles: roles.length > 0 ? roles : ['reseller'] },
});
export const changeRoles = (mspId: string, ...roles: ActionOf<'organization.roles'>['roles']): Action => ({
  kind: 'organization.roles',
  mspId,
  roles,
});
export const suspend = (mspId: string): Action => ({
  kind: 'organization.suspend',
  mspId,
  reason: 'Does not answer for its sales',
});
export const reinstate = (mspId: string): Action => ({ kind: 'organization.reinstate', mspId });

/** One node of each of these organizations, any `threshold` of them decide. */
export function appoint(msps: readonly string[], threshold: number, epoch = 1): ActionOf<'committee.appoint'> {
  const members = msps.map((mspId, index) => ({
    mspId,
    node: `committee-${index}`,
    jwk: newKey(`node ${index} of epoch ${epoch}`).jwk,
  }));
  return { kind: 'committee.appoint', epoch, threshold, members };
}

export interface TestProposal {
  readonly command: Command;
  /** Its id on the ledger. */
  readonly proposal: string;
  readonly action: Action;
}

/** @param proposer who submits the command */
export function aProposal(proposer: string, action: Action, overrides: Record<string, unknown> = {}): TestProposal {
  const id = newId();
  const command = { kind: 'proposal.create', id, action, expiresAt: EXPIRY, ...overrides };
  return { command, proposal: proposalIdOf(proposer, id), action };
}

/** Yes, unless told otherwise. */
export function aVote({ proposal, action }: TestProposal, overrides: Record<string, unknown> = {}): Command {
  return { kind: 'proposal.vote', id: newId(), proposal, action, approve: true, ...overrides };
}

export const anExpiry = ({ proposal }: Pick<TestProposal, 'proposal'>): Command => ({
  kind: 'proposal.expire',
  id: newId(),
  proposal,
});
