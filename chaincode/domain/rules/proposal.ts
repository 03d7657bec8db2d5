/**
 * Proposals: the organizations decide who is one of them, what it may do and who sits in the committee, each with one vote, given by an `admin`. The
 * vote that makes a majority carries the action out in its own transaction.
 */
import { z } from 'zod';
import { requireCaller } from '../authority.js';
import { actionSchema, digestOfAction, keysOfAction, type Action } from '../governance/action.js';
import { effectsOf } from '../governance/carry-out.js';
import { electorateOf, requireMembers } from '../governance/members.js';
import { verdictOf, voteOf } from '../governance/tally.js';
import { proposalId, proposalIdOf } from '../governance/proposal-id.js';
import { membersKey, organizationKey, proposalKey } from '../keys.js';
import type { ProposalRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import { id, prepareUnsigned, type Context, type Judgement, type Prepare } from '../rule.js';
import { timestamp } from '../schedule.js';
import type { State } from '../state.js';

const creation = z.strictObject({
  kind: z.literal('proposal.create'),
  id,
  action: actionSchema,
  expiresAt: timestamp,
});

/** The proposer's vote is yes. */
export const prepareProposal: Prepare = (raw, callerMsp) =>
  prepareUnsigned(creation, raw, callerMsp, ({ id: own, action, expiresAt }) => {
    const proposal = proposalIdOf(callerMsp, own);
    return {
      ...keysOf(proposal, action, callerMsp),
      decide(state, context) {
        requireVoter(state, context, callerMsp, action);
        require(context.now < expiresAt, 'INVALID_FIELD', { field: 'expiresAt', reason: 'has passed' });
        // Nobody is asked to vote for what can't be.
        effectsOf(state, action);
        const digest = digestOfAction(action);
        const opened = { action, digest, proposer: callerMsp, expiresAt, votes: {}, state: 'open' } as const;
        const { result } = count(state, context, { proposal, record: opened, approve: true });
        return { result: { proposal, ...result } };
      },
    };
  });

const voting = z.strictObject({
  kind: z.literal('proposal.vote'),
  id,
  proposal: proposalId,
  action: actionSchema,
  approve: z.boolean(),
});

export const prepareVote: Prepare = (raw, callerMsp) =>
  prepareUnsigned(voting, raw, callerMsp, ({ proposal, action, approve }) => ({
    ...keysOf(proposal, action, callerMsp),
    decide(state, context) {
      const record = requireProposal(state, proposal);
      require(record.digest === digestOfAction(action), 'PROPOSAL_MISMATCH', {
        field: 'action',
        expected: record.digest,
      });
      requireOpen(record, context);
      requireVoter(state, context, callerMsp, action);
      require(voteOf(record.votes, callerMsp) === undefined, 'ALREADY_VOTED', { field: 'caller.mspId', proposal });
      return count(state, context, { proposal, record, approve });
    },
  }));

const expiry = z.strictObject({ kind: z.literal('proposal.expire'), id, proposal: proposalId });

/** Any active organization may record that the time is over: a deciding vote that was endorsed before and held back conflicts with the record. */
export const prepareExpiry: Prepare = (raw, callerMsp) =>
  prepareUnsigned(expiry, raw, callerMsp, ({ proposal }) => ({
    reads: [organizationKey(callerMsp)],
    writes: [proposalKey(proposal)],
    decide(state, context) {
      requireCaller(state, context, callerMsp, 'admin');
      const record = requireProposal(state, proposal);
      const due = record.state === 'open' && context.now >= record.expiresAt;
      require(due, 'NOTHING_DUE', { field: 'proposal', proposal, state: record.state, expiresAt: record.expiresAt });
      state.put(proposalKey(proposal), { ...record, state: 'expired' });
      return { result: { state: 'expired' } };
    },
  }));

const keysOf = (proposal: string, action: Action, callerMsp: string) => ({
  reads: [membersKey, organizationKey(callerMsp)],
  writes: [proposalKey(proposal), ...keysOfAction(action)],
});

function requireProposal(state: State, proposal: string): ProposalRecord {
  return state.get(proposalKey(proposal)) ?? refuse('UNKNOWN_PROPOSAL', { field: 'proposal', proposal });
}

function requireOpen({ state, expiresAt }: ProposalRecord, { now }: Context): void {
  require(state === 'open' || state === 'expired', 'PROPOSAL_DECIDED', { field: 'proposal', state });
  require(state === 'open' && now < expiresAt, 'PROPOSAL_EXPIRED', { field: 'proposal', expiresAt });
}

function requireVoter(state: State, context: Context, callerMsp: string, action: Action): void {
  requireCaller(state, context, callerMsp, 'admin');
  const { voters } = electorateOf(action, requireMembers(state));
  require(voters.includes(callerMsp), 'NOT_A_VOTER', { field: 'caller.mspId', organization: callerMsp });
}

interface Vote {
  readonly proposal: string;
  /** As it was before the vote. */
  readonly record: ProposalRecord;
  readonly approve: boolean;
}

/** Records the caller's vote, and carries the action out if that decides. */
function count(state: State, { tx, caller }: Context, { proposal, record, approve }: Vote): Judgement {
  const votes = { ...record.votes, [caller.mspId]: approve };
  const verdict = verdictOf(votes, electorateOf(record.action, requireMembers(state)));
  const effects = verdict === 'carried' ? effectsOf(state, record.action) : [];
  state.put(proposalKey(proposal), { ...record, votes, state: verdict, ...(verdict !== 'open' && { decided: tx }) });
  for (const { key, record: after, policy } of effects) state.put(key, after, policy);
  return { result: { state: verdict } };
}
