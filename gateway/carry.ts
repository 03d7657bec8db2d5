/** Having an action carried: proposed through one gateway and voted for through the others, until a majority has carried it. */
import { setTimeout } from 'node:timers/promises';
import type { Action } from '../chaincode/domain/governance/action.js';
import type { GuichetClient } from './client/guichet-client.js';
import { ProblemError } from './client/problem-error.js';
import type { ProposalResource } from './client/resources.js';
import { nowTimestamp, timestampOf } from './clock.js';

export interface Voter {
  readonly mspId: string;
  /** With the operator's token of its own gateway. */
  readonly client: GuichetClient;
}

export type Voters = readonly [Voter, ...Voter[]];

export interface CarryOptions {
  readonly action: Action;
  /** The first one proposes. An organization that the action concerns has no vote. */
  readonly voters: Voters;
  readonly report: (line: string) => void;
}

/** It was not carried: the proposal, its state, and who did not vote, in one line. */
export class NotCarried extends Error {
  override readonly name = 'NotCarried';
}

/** Votes are a matter of seconds here; whoever votes by hand has a day. */
const OPEN_MS = 24 * 60 * 60 * 1000;

/** Running it again goes on where it stopped. @throws {NotCarried} @throws {ProblemError} the first gateway's */
export async function carryAction(options: CarryOptions): Promise<void> {
  await decide(options, await openProposal(options));
}

type Opened = Pick<ProposalResource, 'proposal' | 'votes' | 'state'>;

/** What somebody proposed before, or else a proposal of the first voter's. */
async function openProposal({ action, voters, report }: CarryOptions): Promise<Opened> {
  const [{ mspId: proposer, client }] = voters;
  const known = await knownProposal(client, action);
  if (known) {
    report(`${known.proposal} is open`);
    return known;
  }
  const { body } = await client.propose({ action, expiresAt: timestampOf(Date.now() + OPEN_MS) });
  report(`${body.proposal} is proposed, ${body.state}`);
  return { proposal: body.proposal, votes: { [proposer]: true }, state: body.state };
}

async function knownProposal(client: GuichetClient, action: Action): Promise<ProposalResource | undefined> {
  const now = nowTimestamp();
  const isSame = (each: ProposalResource) =>
    each.state === 'open' && now < each.expiresAt && JSON.stringify(each.action) === JSON.stringify(action);
  let after: string | undefined;
  do {
    const page = await client.proposals({ limit: '100', ...(after !== undefined && { after }) });
    const found = page.proposals.find(isSame);
    if (found) return found;
    after = page.next;
  } while (after !== undefined);
  return undefined;
}

/** One after the other, so that none votes on what is decided; one that can't vote does not keep the others from it. */
async function decide({ action, voters, report }: CarryOptions, { proposal, votes, state: first }: Opened) {
  const absent: string[] = [];
  let state = first;
  for (const voter of voters) {
    if (state !== 'open') break;
    if (Object.hasOwn(votes, voter.mspId)) continue;
    try {
      state = await voteOf(voter, proposal, action);
      report(`${voter.mspId} has voted, ${state}`);
    } catch (error) {
      absent.push(`${voter.mspId} did not vote: ${reasonOf(error)}`);
    }
  }
  if (state !== 'carried') throw new NotCarried([`${proposal} is ${state}`, ...absent].join('; '));
}

const ATTEMPTS = 60;
const PAUSE_MS = 250;

/** A peer that does not know of the proposal yet is asked again. */
async function voteOf({ client }: Voter, proposal: string, action: Action): Promise<ProposalResource['state']> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await client.vote(proposal, { action, approve: true })).body.state;
    } catch (error) {
      const code = error instanceof ProblemError ? error.code : undefined;
      // Somebody else's vote came first.
      if (code === 'PROPOSAL_DECIDED') return (await client.proposal(proposal)).state;
      if (code !== 'UNKNOWN_PROPOSAL' || attempt === ATTEMPTS) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}

/** `fetch` says why it failed in its cause only. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
}
