/** Who endorses later writes of an event and its policy: the organizer, and never it alone. */
import { endorsingOrganizations } from './consortium.js';
import { requireMembers } from './governance/members.js';
import type { KeyPolicy, State } from './state.js';

export function eventOwners(state: State, organizer: string): KeyPolicy {
  const active = requireMembers(state).organizations.filter(({ status }) => status === 'active');
  const others = endorsingOrganizations(active).filter((msp) => msp !== organizer);
  return { allOf: [organizer], oneOf: others };
}
