/**
 * Carrying an action out. The same function judges it when it is proposed, without writing, and when it is decided: the consortium may have
 * changed in between, and then the deciding vote is refused and nothing is written.
 */
import { endorsingOrganizations } from '../consortium.js';
import { committeeKey, currentCommitteeKey, membersKey, organizationKey, organizationKeysKey } from '../keys.js';
import type { MembersRecord, OrganizationRecord } from '../records.js';
import { require } from '../refusal.js';
import type { State, Write } from '../state.js';
import type { Action, ActionOf } from './action.js';
import { requireCommittee } from './committee.js';
import {
  MAX_ORGANIZATIONS,
  requireMember,
  requireMembers,
  requireWorkable,
  withChanged,
  withMember,
} from './members.js';

/** @returns what carrying it out writes @throws {Refusal} if it can't be carried out as things are */
export function effectsOf(state: State, action: Action): readonly Write[] {
  const members = requireMembers(state);
  switch (action.kind) {
    case 'organization.admit':
      return admit(state, members, action);
    case 'organization.roles':
      return changeRoles(state, members, action);
    case 'organization.suspend':
      return suspend(members, action);
    case 'organization.reinstate':
      return reinstate(members, action);
    case 'committee.appoint':
      return appoint(state, members, action);
  }
}

function admit(state: State, members: MembersRecord, { organization }: ActionOf<'organization.admit'>): Write[] {
  const { mspId } = organization;
  const known = members.organizations.some((each) => each.mspId === mspId);
  require(!known, 'ALREADY_A_MEMBER', { field: 'action.organization.mspId', organization: mspId });
  require(members.organizations.length < MAX_ORGANIZATIONS, 'TOO_MANY_ORGANIZATIONS', {
    field: 'action.organization',
    limit: MAX_ORGANIZATIONS,
  });
  const member = { ...organization, status: 'active' } as const;
  return [...membershipOf(withMember(members, member), member), ...ownKeys(state, member)];
}

function changeRoles(state: State, members: MembersRecord, action: ActionOf<'organization.roles'>): Write[] {
  const before = requireMember(members, action.mspId, 'action.mspId');
  const same = before.roles.length === action.roles.length && action.roles.every((role) => before.roles.includes(role));
  require(!same, 'INVALID_FIELD', { field: 'action.roles', reason: 'are its roles already' });
  const member = { ...before, roles: action.roles };
  const after = withChanged(members, member);
  requireWorkable(after, 'action.roles');
  return [...membershipOf(after, member), ...ownKeys(state, member)];
}

function suspend(members: MembersRecord, { mspId }: ActionOf<'organization.suspend'>): Write[] {
  const before = requireMember(members, mspId, 'action.mspId');
  const field = 'action.mspId';
  require(before.status === 'active', 'ORGANIZATION_NOT_ACTIVE', { field, organization: mspId });
  const member = { ...before, status: 'suspended' } as const;
  const after = withChanged(members, member);
  requireWorkable(after, field);
  return membershipOf(after, member);
}

function reinstate(members: MembersRecord, { mspId }: ActionOf<'organization.reinstate'>): Write[] {
  const before = requireMember(members, mspId, 'action.mspId');
  require(before.status === 'suspended', 'ALREADY_A_MEMBER', { field: 'action.mspId', organization: mspId });
  const member = { ...before, status: 'active' } as const;
  return membershipOf(withChanged(members, member), member);
}

function appoint(state: State, members: MembersRecord, action: ActionOf<'committee.appoint'>): Write[] {
  requireCommittee(state, members, action);
  const { epoch, threshold } = action;
  const record = { epoch, threshold, members: action.members };
  return [
    { key: currentCommitteeKey, record },
    { key: committeeKey(epoch), record },
  ];
}

/** Rules read the one organization's record, whoever counts reads all members': both are written together. */
const membershipOf = (members: MembersRecord, member: OrganizationRecord): Write[] => [
  { key: membersKey, record: members },
  { key: organizationKey(member.mspId), record: member },
];

/** Its keys are its own from the first, as at the founding: a majority can suspend, never replace. A trustee has none until its roles change. */
function ownKeys(state: State, member: OrganizationRecord): Write[] {
  const key = organizationKeysKey(member.mspId);
  if (endorsingOrganizations([member]).length === 0 || state.get(key)) return [];
  return [{ key, record: { keys: [] }, policy: { allOf: [member.mspId], oneOf: [] } }];
}
