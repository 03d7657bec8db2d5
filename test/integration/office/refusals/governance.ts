/** What is refused to those who propose and vote; nothing here is carried out, for the network is shared. */
import { hours, OPEN_H, seconds } from '../../../support/live-scene.js';
import { admit, appoint, aProposal, aVote, suspend, type TestProposal } from '../../../support/proposals.js';
import { EVERYBODY, ORGANIZER, RESELLER, VENUE, type RealNetwork } from '../../../support/real-network.js';
import type { Refusals } from './refused.js';

const BRIEFLY_S = 8;

const suspension = aProposal(ORGANIZER, suspend(RESELLER), { expiresAt: hours(OPEN_H) });
const rejected = aProposal(VENUE, admit('UnwantedMSP'), { expiresAt: hours(OPEN_H) });
const proposed = (by: string, action: TestProposal['action']) =>
  aProposal(by, action, { expiresAt: hours(OPEN_H) }).command;

export const GOVERNANCE: Refusals = {
  ALREADY_A_MEMBER: ['organizer', () => proposed(ORGANIZER, admit(VENUE))],
  CONSORTIUM_INCOMPLETE: ['venue', () => proposed(VENUE, suspend(ORGANIZER))],
  INVALID_COMMITTEE: ['organizer', () => proposed(ORGANIZER, appoint(EVERYBODY, 3))],
  UNKNOWN_PROPOSAL: ['venue', () => aVote({ ...suspension, proposal: `${VENUE}/no-such-1` })],
  PROPOSAL_MISMATCH: ['venue', () => aVote({ ...suspension, action: suspend(VENUE) })],
  PROPOSAL_DECIDED: ['venue', () => aVote(rejected)],
  NOT_A_VOTER: ['reseller', () => aVote(suspension)],
  ALREADY_VOTED: ['organizer', () => aVote(suspension)],
};

export interface BriefProposal extends TestProposal {
  readonly expiresAt: string;
}

/** @returns a proposal whose time is soon over */
export async function setGovernance({ organizer, reseller, venue }: RealNetwork): Promise<BriefProposal> {
  await venue.ledger.accept([rejected.command], EVERYBODY);
  const expiresAt = seconds(BRIEFLY_S);
  const brief = aProposal(ORGANIZER, suspend(RESELLER), { expiresAt });
  const proposals = [suspension.command, brief.command];
  await organizer.ledger.accept([...proposals, aVote(rejected, { approve: false })], EVERYBODY);
  await reseller.ledger.accept([aVote(rejected, { approve: false })], EVERYBODY);
  return { ...brief, expiresAt };
}
