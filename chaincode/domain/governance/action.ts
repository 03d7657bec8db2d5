/**
 * What the organizations of a consortium decide by majority. A vote repeats the action, so that an organization votes for what it
 * has seen, and so that the records concerned are known before they are loaded.
 */
import { z } from 'zod';
import { jwkSchema, sha256 } from '../../crypto/jwk.js';
import { mspId, slugId } from '../ids.js';
import {
  committeeKey,
  currentCommitteeKey,
  membersKey,
  organizationKey,
  organizationKeysKey,
  type Key,
} from '../keys.js';
import { ROLES } from '../records.js';
import { displayName } from '../statements.js';

export const MAX_COMMITTEE_NODES = 64;

const roles = z
  .array(z.enum(ROLES))
  .min(1)
  .max(ROLES.length)
  .refine((list) => new Set(list).size === list.length, { error: 'names a role twice' });

export const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('organization.admit'),
    organization: z.strictObject({ mspId, name: displayName, roles }),
  }),
  z.strictObject({ kind: z.literal('organization.roles'), mspId, roles }),
  z.strictObject({ kind: z.literal('organization.suspend'), mspId, reason: displayName }),
  z.strictObject({ kind: z.literal('organization.reinstate'), mspId }),
  z.strictObject({
    kind: z.literal('committee.appoint'),
    /** One more than the present committee's; 1 for the first. */
    epoch: z.int().min(1),
    threshold: z.int().min(1).max(MAX_COMMITTEE_NODES),
    members: z
      .array(z.strictObject({ mspId, node: slugId, jwk: jwkSchema }))
      .min(1)
      .max(MAX_COMMITTEE_NODES),
  }),
]);
export type Action = Readonly<z.infer<typeof actionSchema>>;
export type ActionOf<K extends Action['kind']> = Extract<Action, { kind: K }>;

export const digestOfAction = (action: Action): string => sha256(JSON.stringify(action));

/** The organization that has no vote, because the action is about it. */
export function concernedBy(action: Action): string | undefined {
  switch (action.kind) {
    case 'organization.roles':
    case 'organization.suspend':
    case 'organization.reinstate':
      return action.mspId;
    case 'organization.admit':
    case 'committee.appoint':
      return undefined;
  }
}

/** Every record that carrying out the action reads or writes. */
export function keysOfAction(action: Action): readonly Key<unknown>[] {
  switch (action.kind) {
    case 'organization.admit':
      return keysOfMember(action.organization.mspId);
    case 'organization.roles':
      return keysOfMember(action.mspId);
    case 'organization.suspend':
    case 'organization.reinstate':
      return [membersKey, organizationKey(action.mspId)];
    case 'committee.appoint':
      return [membersKey, currentCommitteeKey, committeeKey(action.epoch)];
  }
}

const keysOfMember = (msp: string) => [membersKey, organizationKey(msp), organizationKeysKey(msp)];
