/** The members of the consortium in one record: whoever counts votes, or asks who endorses, reads it and conflicts with every change of membership. */
import { endorsingOrganizations } from '../consortium.js';
import { membersKey } from '../keys.js';
import type { MembersRecord, OrganizationRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import type { State } from '../state.js';
import { concernedBy, type Action } from './action.js';
import type { Electorate } from './tally.js';

export const MAX_ORGANIZATIONS = 64;
/** The chaincode's endorsement policy asks for two at least, so that none writes alone. */
const MIN_ENDORSING = 2;

export function requireMembers(state: State): MembersRecord {
  return state.get(membersKey) ?? refuse('NOT_FOUNDED', { field: 'organizations' });
}

/** @param field what named the organization */
export function requireMember(members: MembersRecord, msp: string, field: string): OrganizationRecord {
  const member = members.organizations.find(({ mspId }) => mspId === msp);
  return member ?? refuse('UNKNOWN_ORGANIZATION', { field, organization: msp });
}

/** Every active organization has one vote, a trustee too, except on itself. What it takes is counted by seats, which a suspension does not take. */
export function electorateOf(action: Action, { organizations }: MembersRecord): Electorate {
  const concerned = concernedBy(action);
  const seats = organizations.filter(({ mspId }) => mspId !== concerned);
  const voters = seats.filter(({ status }) => status === 'active').map(({ mspId }) => mspId);
  const majority = Math.floor(seats.length / 2) + 1;
  return { voters, needed: Math.max(majority, Math.min(2, organizations.length)) };
}

export function withMember({ change, organizations }: MembersRecord, member: OrganizationRecord): MembersRecord {
  return { change: change + 1, organizations: [...organizations, member] };
}

export function withChanged({ change, organizations }: MembersRecord, member: OrganizationRecord): MembersRecord {
  const changed = organizations.map((each) => (each.mspId === member.mspId ? member : each));
  return { change: change + 1, organizations: changed };
}

/**
 * What must be left when something is taken from an organization: two active organizations that endorse, and an active organizer, without whom there
 * are no events to come. A consortium that wants to be rid of its only organizer admits the next one first.
 * @param field what takes it
 */
export function requireWorkable({ organizations }: MembersRecord, field: string): void {
  const active = organizations.filter(({ status }) => status === 'active');
  require(endorsingOrganizations(active).length >= MIN_ENDORSING, 'CONSORTIUM_INCOMPLETE', {
    field,
    needs: `${MIN_ENDORSING} active organizations that endorse`,
  });
  require(active.some(({ roles }) => roles.includes('organizer')), 'CONSORTIUM_INCOMPLETE', {
    field,
    needs: 'an active organizer',
  });
}
