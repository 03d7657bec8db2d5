/**
 * The committee of an epoch: n nodes of which any t reconstruct. No organization has t of them, or it would decide alone, nor more than n - t, or it
 * could stop everybody; and t is more than half, so that two halves never decide differently.
 */
import { thumbprintOf } from '../../crypto/jwk.js';
import { currentCommitteeKey } from '../keys.js';
import type { CommitteeRecord, MembersRecord } from '../records.js';
import { require } from '../refusal.js';
import type { State } from '../state.js';
import type { ActionOf } from './action.js';
import { requireMember } from './members.js';

type Appointment = ActionOf<'committee.appoint'>;

/** @throws {Refusal} INVALID_COMMITTEE, UNKNOWN_ORGANIZATION or ORGANIZATION_NOT_ACTIVE naming the member of the action at fault */
export function requireCommittee(state: State, registry: MembersRecord, appointment: Appointment): void {
  const expected = (state.get(currentCommitteeKey)?.epoch ?? 0) + 1;
  require(appointment.epoch === expected, 'INVALID_COMMITTEE', { field: 'action.epoch', expected });
  requireSound(appointment, 'action');
  for (const [index, { mspId }] of appointment.members.entries()) {
    const field = `action.members[${index}].mspId`;
    const { status } = requireMember(registry, mspId, field);
    require(status === 'active', 'ORGANIZATION_NOT_ACTIVE', { field, organization: mspId });
  }
}

/** What every committee is, whoever shows it. @param field where it stands @throws {Refusal} INVALID_COMMITTEE */
export function requireSound(committee: Sound, field: string): void {
  requireThreshold(committee, field);
  requireDistinct(committee, field);
}

type Sound = Pick<CommitteeRecord, 'threshold' | 'members'>;

function requireThreshold({ threshold, members }: Sound, field: string): void {
  const nodes = members.length;
  const sound = threshold > 1 && threshold <= nodes && threshold * 2 > nodes;
  require(sound, 'INVALID_COMMITTEE', {
    field: `${field}.threshold`,
    nodes,
    reason: 'is not more than half of the nodes',
  });
  const most = Math.min(threshold - 1, nodes - threshold);
  const counts = new Map<string, number>();
  for (const [index, { mspId }] of members.entries()) {
    const count = (counts.get(mspId) ?? 0) + 1;
    counts.set(mspId, count);
    require(count <= most, 'INVALID_COMMITTEE', {
      field: `${field}.members[${index}].mspId`,
      organization: mspId,
      most,
    });
  }
}

/** A node that counts twice, under one name or one key, would be two of t. */
function requireDistinct({ members }: Sound, field: string): void {
  const seen = new Set<string>();
  for (const [index, { mspId, node, jwk }] of members.entries()) {
    for (const [member, id] of [
      ['node', `${mspId}/${node}`],
      ['jwk', thumbprintOf(jwk)],
    ] as const) {
      require(!seen.has(id), 'INVALID_COMMITTEE', {
        field: `${field}.members[${index}].${member}`,
        reason: 'occurs twice',
      });
      seen.add(id);
    }
  }
}
