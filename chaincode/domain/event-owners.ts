/** Who endorses later writes of an event and its policy: the organizer, and never it alone. */
import { endorsingOrganizations } from './consortium.js';
import { requireMembers } from './governance/members.js';
import type { KeyPolicy, State } from './state.js';

export function eventOwners(state: State, organizer: string): KeyPolicy {
  const others = endorsingOrganizations(requireMembers(state).organizations).filter((msp) => msp !== organizer);
  return { allOf: [organizer], oneOf: others };
}
