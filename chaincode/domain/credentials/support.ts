/** What speaks for a replacement besides the nodes: the old key's release, or the word of attestors of two organizations. */
import { requireCarriedKey, requireCurrent, requireOrganization, requireOrganizationSignature } from '../authority.js';
import type { BoundKey } from '../committee-records.js';
import { organizationKey, organizationKeysKey, type Key } from '../keys.js';
import { require } from '../refusal.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import { decodeStatement, type Statement } from '../statements.js';
import type { Claim, Support } from './binding.js';

/** As many organizations must approve. */
export const APPROVALS = 2;

export interface Replacement {
  readonly release: Statement<'key-release'> | undefined;
  readonly approvals: readonly Statement<'key-approval'>[];
}

export function readReplacement(command: {
  readonly release?: string | undefined;
  readonly approvals?: readonly string[] | undefined;
}): Replacement {
  const { release, approvals = [] } = command;
  return {
    release: release === undefined ? undefined : decodeStatement('key-release', release, 'release'),
    approvals: approvals.map((approval, at) => decodeStatement('key-approval', approval, `approvals[${at}]`)),
  };
}

export const keysOfReplacement = ({ approvals }: Replacement): readonly Key<unknown>[] =>
  approvals.flatMap(({ payload: { attestor } }) => [organizationKey(attestor), organizationKeysKey(attestor)]);

/** The statement must be about this subject at this event, this new key, and this sequence. */
export function requireAbout(
  { payload, field }: Statement<'key-release' | 'key-veto' | 'key-approval'>,
  { subject, key, sequence }: Claim,
): void {
  const expected = { subject, key, sequence };
  for (const member of ['subject', 'key', 'sequence'] as const)
    require(payload[member] === expected[member], 'REPLACEMENT_MISMATCH', {
      field: `${field}.${member}`,
      expected: expected[member],
    });
}

/** Signed by the key that is to go or stay. @throws {Refusal} KEY_NOT_VALID, SIGNATURE_INVALID */
export function requireOldKey(statement: Statement<'key-release' | 'key-veto'>, { key }: BoundKey): void {
  const { field, signer } = statement;
  require(signer === key, 'KEY_NOT_VALID', { field: `${field}.header.jwk`, expected: key });
  requireCarriedKey(statement);
}

interface Case {
  readonly event: string | undefined;
  readonly claim: Claim;
  readonly before: BoundKey;
}

/** @throws {Refusal} if what was given does not support exactly this */
export function requireSupport(state: State, { release, approvals }: Replacement, it: Case, context: Context): Support {
  if (release) {
    requireCurrent(release, it.event, context);
    requireAbout(release, it.claim);
    requireOldKey(release, it.before);
  }
  const organizations = new Set<string>();
  for (const approval of approvals) {
    const { field, payload } = approval;
    requireCurrent(approval, it.event, context);
    requireAbout(approval, it.claim);
    const { attestor } = payload;
    require(!organizations.has(attestor), 'SIGNER_REPEATED', { field: `${field}.attestor`, organization: attestor });
    organizations.add(attestor);
    requireOrganization(state, attestor, [], `${field}.attestor`);
    requireOrganizationSignature(state, approval, attestor, 'attestor', context.now);
  }
  return { released: release !== undefined, approved: organizations.size >= APPROVALS };
}
