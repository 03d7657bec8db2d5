/** Admitting an organization: its admission is proposed through one gateway and voted for through the others, until a majority has carried it. */
import { setTimeout } from 'node:timers/promises';
import type { ActionOf } from '../chaincode/domain/governance/action.js';
import type { Founder } from '../chaincode/domain/records.js';
import type { GuichetClient } from './client/guichet-client.js';
import { ProblemError } from './client/problem-error.js';
import type { ProposalResource } from './client/resources.js';
import { nowTimestamp, timestampOf } from './clock.js';
import { awaitOrganization } from './key-setup.js';

export interface Voter {
  readonly mspId: string;
  /** With the operator's token of its own gateway. */
  readonly client: GuichetClient;
}

export interface AdmitOptions {
  readonly newcomer: Founder;
  /** The first one proposes. Not the newcomer: it has no vote. */
  readonly voters: readonly [Voter, ...Voter[]];
  readonly report: (line: string) => void;
}

/** What keeps the organization out, in one line. */
export class AdmissionError extends Error {
  override readonly name = 'AdmissionError';
}

type Admission = ActionOf<'organization.admit'>;

/** Votes are a matter of seconds here; whoever votes by hand has a day. */
const OPEN_MS = 24 * 60 * 60 * 1000;

/** Running it again goes on where it stopped. @throws {AdmissionError} */
export async function admitOrganization(options: AdmitOptions): Promise<void> {
  const { newcomer, voters, report } = options;
  const [{ mspId: first, client }] = voters;
  try {
    if (await isMember(client, newcomer.mspId)) report(`${newcomer.mspId} is a member`);
    else await decide(options, await openProposal(options));
    await awaitOrganization(client, newcomer.mspId);
  } catch (error) {
    if (error instanceof AdmissionError) throw error;
    throw new AdmissionError(`${newcomer.mspId} is not admitted: ${first}'s gateway: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function isMember(client: GuichetClient, mspId: string): Promise<boolean> {
  const { organizations } = await client.organizations();
  const member = organizations.find((each) => each.mspId === mspId);
  if (member?.status === 'suspended') throw new AdmissionError(`${mspId} is suspended: it takes a reinstatement`);
  return member !== undefined;
}

interface Opened {
  readonly proposal: string;
  readonly action: Admission;
  readonly votes: ProposalResource['votes'];
  readonly state: ProposalResource['state'];
}

/** What somebody proposed before, or else a proposal of the first voter's. */
async function openProposal({ newcomer, voters, report }: AdmitOptions): Promise<Opened> {
  const [{ mspId: proposer, client }] = voters;
  const { mspId, name, roles } = newcomer;
  const action: Admission = { kind: 'organization.admit', organization: { mspId, name, roles: [...roles] } };
  const known = await knownProposal(client, action);
  if (known) {
    report(`${known.proposal} is open`);
    return { ...known, action };
  }
  const { body } = await client.propose({ action, expiresAt: timestampOf(Date.now() + OPEN_MS) });
  report(`${body.proposal} is proposed, ${body.state}`);
  return { proposal: body.proposal, action, votes: { [proposer]: true }, state: body.state };
}

async function knownProposal(client: GuichetClient, action: Admission): Promise<ProposalResource | undefined> {
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
async function decide({ newcomer, voters, report }: AdmitOptions, opened: Opened): Promise<void> {
  const absent: string[] = [];
  let { state } = opened;
  for (const voter of voters) {
    if (state !== 'open') break;
    if (Object.hasOwn(opened.votes, voter.mspId)) continue;
    try {
      state = await voteOf(voter, opened);
      report(`${voter.mspId} has voted, ${state}`);
    } catch (error) {
      absent.push(`${voter.mspId} did not vote: ${reasonOf(error)}`);
    }
  }
  if (state === 'carried') return;
  const why = [`${opened.proposal} is ${state}`, ...absent].join('; ');
  throw new AdmissionError(`${newcomer.mspId} is not admitted: ${why}`);
}

const ATTEMPTS = 60;
const PAUSE_MS = 250;

/** A peer that does not know of the proposal yet is asked again. */
async function voteOf({ client }: Voter, { proposal, action }: Opened): Promise<ProposalResource['state']> {
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
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
}
