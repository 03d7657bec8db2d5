/** Governance: what the organizations propose to one another and how each has voted, and the committee that they have appointed. */
import { z } from 'zod';
import { jwkSchema } from '../../../chaincode/crypto/jwk.js';
import { actionSchema } from '../../../chaincode/domain/governance/action.js';
import { proposalId, proposalIdOf } from '../../../chaincode/domain/governance/proposal-id.js';
import { committeeKey, currentCommitteeKey, PROPOSAL_PREFIX, proposalKey } from '../../../chaincode/domain/keys.js';
import type { ProposalRecord } from '../../../chaincode/domain/records.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../errors.js';
import { newCommandId } from '../command-id.js';
import { created, done, receiptOf, submit } from '../commands.js';
import { digits } from '../digits.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import { commandId, idBody, mspId, receiptShape, slugId, thumbprint, timestamp, txId } from '../schemas.js';

const tag = 'governance';
const params = z.strictObject({ mspId, id: commandId });
const state = z.enum(['open', 'carried', 'rejected', 'expired']);

export const proposalSchema = z
  .strictObject({
    proposal: proposalId.meta({ description: 'the proposer, "/" and the id of its command' }),
    action: actionSchema,
    digest: thumbprint.meta({ description: 'SHA-256 of the action' }),
    proposer: mspId,
    expiresAt: timestamp,
    votes: z.record(mspId, z.boolean()),
    state,
    decided: txId.optional().meta({ description: 'the transaction of the deciding vote' }),
  })
  .meta({ id: 'Proposal' });

export const committeeSchema = z
  .strictObject({
    epoch: z.int().min(1),
    threshold: z.int().min(2),
    members: z.array(z.strictObject({ mspId, node: slugId, jwk: jwkSchema })),
  })
  .meta({ id: 'Committee' });

const voted = z.strictObject({ ...receiptShape, proposal: proposalId, state }).meta({ id: 'Voted' });

export const governanceOperations = [
  operation({
    id: 'listProposals',
    method: 'GET',
    path: '/v1/proposals',
    tag,
    summary: 'Proposals, in the order of their ids',
    query: pageQuery(proposalId),
    tagged: true,
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ proposals: z.array(proposalSchema), next: proposalId.optional() }),
      },
    },
    async handle({ query: { after, limit } }, { records }) {
      const from = after === undefined ? {} : { after: proposalKey(after) };
      const listed = await records.list({ prefix: PROPOSAL_PREFIX, limit: limit + 1, ...from });
      const proposals = listed.map(({ key, record }) =>
        resourceOf(key.slice(PROPOSAL_PREFIX.length), record as ProposalRecord),
      );
      const { items, next } = pageOf(proposals, limit, ({ proposal }) => proposal);
      return ok({ proposals: items, ...(next !== undefined && { next }) });
    },
  }),
  operation({
    id: 'getProposal',
    method: 'GET',
    path: '/v1/proposals/{mspId}/{id}',
    tag,
    summary: 'One proposal with the votes so far',
    params,
    tagged: true,
    responses: { 200: { description: 'it', schema: proposalSchema } },
    async handle({ params: { mspId: proposer, id } }, { records }) {
      const proposal = proposalIdOf(proposer, id);
      const [record] = await records.read([proposalKey(proposal)]);
      return ok(resourceOf(proposal, record ?? refuse('UNKNOWN_PROPOSAL', { field: 'id', proposal })));
    },
  }),
  operation({
    id: 'createProposal',
    method: 'POST',
    path: '/v1/proposals',
    tag,
    summary: "Propose in the name of this gateway's organization, whose vote is yes",
    authority: 'governance',
    body: z.strictObject({ id: commandId.optional(), action: actionSchema, expiresAt: timestamp }),
    responses: {
      201: { description: 'proposed; carried out too, if that is a majority', schema: voted },
      200: { description: 'proposed before', schema: voted },
    },
    async handle({ body: { id = newCommandId(), ...body } }, services) {
      const accepted = await submit(services, { kind: 'proposal.create', id, ...body });
      const proposal = proposalIdOf(services.place.mspId, id);
      return created(accepted, { ...receiptOf(id, accepted), proposal, state: state.parse(accepted.result.state) });
    },
  }),
  operation({
    id: 'createVote',
    method: 'POST',
    path: '/v1/proposals/{mspId}/{id}/votes',
    tag,
    summary: "Vote in the name of this gateway's organization; the vote that makes a majority carries the action out",
    authority: 'governance',
    params,
    body: z.strictObject({
      id: commandId.optional(),
      action: actionSchema.meta({ description: 'the action that you have seen: a vote for another one is refused' }),
      approve: z.boolean(),
    }),
    responses: {
      201: { description: 'voted', schema: voted },
      200: { description: 'voted before: the first receipt', schema: voted },
    },
    async handle({ params: of, body: { id = newCommandId(), ...body } }, services) {
      const proposal = proposalIdOf(of.mspId, of.id);
      const accepted = await submit(services, { kind: 'proposal.vote', id, proposal, ...body });
      return created(accepted, { ...receiptOf(id, accepted), proposal, state: state.parse(accepted.result.state) });
    },
  }),
  operation({
    id: 'expireProposal',
    method: 'POST',
    path: '/v1/proposals/{mspId}/{id}/expire',
    tag,
    summary: 'Record that the time of a proposal is over, so that no vote held back can decide it any more',
    authority: 'governance',
    params,
    body: idBody,
    responses: { 200: { description: 'recorded', schema: voted } },
    async handle({ params: of, body: { id = newCommandId() } }, services) {
      const proposal = proposalIdOf(of.mspId, of.id);
      const accepted = await submit(services, { kind: 'proposal.expire', id, proposal });
      return done(accepted, { ...receiptOf(id, accepted), proposal, state: state.parse(accepted.result.state) });
    },
  }),
  operation({
    id: 'getCommittee',
    method: 'GET',
    path: '/v1/committee',
    tag,
    summary:
      'The committee of the present epoch, or of another one: an event’s key stays with the committee that made it',
    query: z.strictObject({ epoch: digits(z.int().min(1)).optional() }),
    tagged: true,
    problems: [404],
    responses: { 200: { description: 'it', schema: committeeSchema } },
    async handle({ query: { epoch } }, { records }) {
      const [committee] = await records.read([epoch === undefined ? currentCommitteeKey : committeeKey(epoch)]);
      if (!committee) throw new GatewayError('NOT_FOUND', { field: epoch === undefined ? 'committee' : 'epoch' });
      return ok({ ...committee, members: [...committee.members] });
    },
  }),
];

const resourceOf = (proposal: string, { votes, ...record }: ProposalRecord) => ({
  proposal,
  ...record,
  votes: { ...votes },
});
