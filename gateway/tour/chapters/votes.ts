/** The consortium: what an organization may do the others decide, by majority, each with one vote. */
import type { ActionOf } from '../../../chaincode/domain/governance/action.js';
import { timestampOf } from '../../clock.js';
import type { Party, Stage } from '../cast.js';

const HOUR_MS = 60 * 60 * 1000;

export async function tellVotes(stage: Stage): Promise<void> {
  const { narrator, organizer, venue } = stage;
  narrator.chapter(
    'The consortium',
    'Nobody runs it. Who is a member, and what a member may do, is decided on the ledger by more than half of the others; the vote that decides carries it out.',
  );
  const { roles: before } = await organizer.client.organization(venue.mspId);
  const after = before.includes('reseller')
    ? before.filter((role) => role !== 'reseller')
    : [...before, 'reseller' as const];
  const proposal = { kind: 'organization.roles', mspId: venue.mspId, roles: after } as const;
  await tellRefusedVotes(stage, proposal, await propose(stage, proposal));
  await tellBack(stage, { ...proposal, roles: before });
}

type Roles = ActionOf<'organization.roles'>;

const namesOf = ({ roles }: Pick<Roles, 'roles'>): string => roles.join(' and ');

async function propose({ narrator, organizer, venue }: Stage, action: Roles): Promise<string> {
  const { proposal } = await narrator.happens(
    `${organizer.mspId} proposes that ${venue.mspId} be ${namesOf(action)}, and is for it`,
    organizer.client.propose({ action, expiresAt: timestampOf(Date.now() + HOUR_MS) }),
  );
  return proposal;
}

async function tellRefusedVotes(stage: Stage, action: Roles, proposal: string): Promise<void> {
  const { narrator, reseller, venue } = stage;
  await narrator.refuses(
    `${venue.mspId} has no vote on itself`,
    'NOT_A_VOTER',
    venue.client.vote(proposal, { action, approve: true }),
  );
  await narrator.refuses(
    `${reseller.mspId} was shown something else than what it would vote for`,
    'PROPOSAL_MISMATCH',
    reseller.client.vote(proposal, { action: { ...action, roles: ['venue', 'organizer'] }, approve: true }),
  );
  await carry(stage, action, proposal);
}

/** So that the story can be told again. */
async function tellBack(stage: Stage, action: Roles): Promise<void> {
  await carry(stage, action, await propose(stage, action));
}

async function carry(stage: Stage, action: Roles, proposal: string): Promise<void> {
  const { narrator, organizer, reseller, others } = stage;
  let state = 'open';
  for (const { mspId, client } of [reseller, ...others] satisfies readonly Party[]) {
    if (state !== 'open') break;
    ({ state } = await narrator.happens(`${mspId} is for it too`, client.vote(proposal, { action, approve: true })));
  }
  const { roles } = await organizer.client.organization(action.mspId);
  const same = roles.length === action.roles.length && roles.every((role) => action.roles.includes(role));
  narrator.holds(`That is a majority: ${action.mspId} is ${namesOf({ roles })} now`, state === 'carried' && same);
}
