/** The founding of a consortium: proposed once, then founded only by a transaction that every endorsing organization endorsed. */
import { z } from 'zod';
import { mspId } from './ids.js';
import { foundingKey, membersKey, organizationKey, organizationKeysKey, type Key } from './keys.js';
import { parseWith } from './parse.js';
import { ROLES, type Founder, type OrganizationRecord } from './records.js';
import { refuse, require } from './refusal.js';
import type { Context } from './rule.js';
import { displayName } from './statements.js';
import type { State } from './state.js';

const MAX_FOUNDERS = 64;
const founder = z.strictObject({
  mspId,
  name: displayName,
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
});
const foundingSchema = z.strictObject({ organizations: z.array(founder).min(1).max(MAX_FOUNDERS) });

/** Organizations that run peers. A trustee runs an orderer and a committee node and endorses nothing. */
export function endorsingOrganizations(organizations: readonly Founder[]): string[] {
  return organizations.filter(({ roles }) => roles.some((role) => role !== 'trustee')).map(({ mspId: msp }) => msp);
}

export interface Founding {
  readonly organizations: readonly Founder[];
  readonly keys: readonly Key<unknown>[];
}

/** Reads the argument of both transactions. */
export function parseFounding(argument: string): Founding {
  let value: unknown;
  try {
    value = JSON.parse(argument);
  } catch {
    return refuse('MALFORMED_BATCH', { field: 'founding', reason: 'is not JSON' });
  }
  const { organizations } = parseWith(foundingSchema, value, '');
  const msps = organizations.map(({ mspId: msp }) => msp);
  require(new Set(msps).size === msps.length, 'INVALID_FIELD', {
    field: 'organizations',
    reason: 'names an organization twice',
  });
  return {
    organizations,
    keys: [foundingKey, membersKey, ...msps.flatMap((msp) => [organizationKey(msp), organizationKeysKey(msp)])],
  };
}

/**
 * An organization endorses the founders that it has agreed to and no others: peers endorse whatever their chaincode lets through, so without this
 * any single member could found a consortium of its own choosing.
 * @param agreed what this organization's chaincode server was told at its start
 */
export function requireAgreed({ organizations }: Founding, agreed: Founding | undefined): void {
  const same = JSON.stringify(agreed?.organizations) === JSON.stringify(organizations);
  require(same, 'FOUNDING_MISMATCH', { field: 'organizations', reason: 'is not what this organization has agreed to' });
}

/** Step 1: writes the proposal under a policy of all endorsing organizations, so that step 2 needs every one of them. */
export function proposeConsortium({ organizations }: Founding, state: State, context: Context): void {
  requireAdmin(organizations, context);
  require(!state.get(foundingKey), 'ALREADY_FOUNDED', { field: 'organizations' });
  const allOf = endorsingOrganizations(organizations);
  require(allOf.length > 0, 'INVALID_FIELD', { field: 'organizations', reason: 'has nobody to endorse' });
  state.put(foundingKey, { state: 'proposed', organizations }, { allOf, oneOf: [] });
}

/** Step 2: writes the registry. Each organization's keys are its own from the first: a majority can suspend, never replace. */
export function foundConsortium({ organizations }: Founding, state: State, context: Context): void {
  requireAdmin(organizations, context);
  const proposal = state.get(foundingKey);
  if (!proposal) return refuse('NOT_FOUNDED', { field: 'organizations' });
  require(proposal.state === 'proposed', 'ALREADY_FOUNDED', { field: 'organizations' });
  const same = JSON.stringify(proposal.organizations) === JSON.stringify(organizations);
  require(same, 'FOUNDING_MISMATCH', { field: 'organizations' });
  const endorsing = new Set(endorsingOrganizations(organizations));
  const members = organizations.map((each): OrganizationRecord => ({ ...each, status: 'active' }));
  state.put(foundingKey, { state: 'founded', organizations });
  state.put(membersKey, { change: 0, organizations: members });
  for (const organization of members) {
    state.put(organizationKey(organization.mspId), organization);
    if (endorsing.has(organization.mspId)) {
      state.put(organizationKeysKey(organization.mspId), { keys: [] }, { allOf: [organization.mspId], oneOf: [] });
    }
  }
}

function requireAdmin(organizations: readonly Founder[], { caller }: Context): void {
  require(organizations.some(({ mspId: msp }) => msp === caller.mspId), 'NOT_AUTHORISED', { field: 'caller.mspId' });
  require(caller.attributes.has('admin'), 'NOT_AUTHORISED', { field: 'caller.attributes', expected: 'admin' });
}
