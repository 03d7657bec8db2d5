/** An event's life: created by a signed statement, changed by its own key. */
import { z } from 'zod';
import {
  requireCurrent,
  requireEvent,
  requireEventSignature,
  requireGate,
  requireOrganization,
  requireOrganizationSignature,
} from '../authority.js';
import { closeGates, gateKeys, haveSalesOpened, moveGates } from '../gate-keeping.js';
import { claimsUntil } from '../gates.js';
import { organizerOf } from '../ids.js';
import {
  commandKey,
  eventIndexKey,
  eventKey,
  membersKey,
  organizationKey,
  organizationKeysKey,
  policyDefaultsKey,
  policyKey,
  supplyKey,
} from '../keys.js';
import { eventOwners } from '../event-owners.js';
import { parseWith } from '../parse.js';
import {
  hashOfPolicy,
  inheritPolicy,
  requireLawfulPolicy,
  requirePolicyHash,
  type EventPolicy,
} from '../policy/policy.js';
import type { EventRecord } from '../records.js';
import { require } from '../refusal.js';
import { compactJws, type Context, type Prepare } from '../rule.js';
import { requireOrderedSchedule, requirePostponement, requireTransferTime, type Schedule } from '../schedule.js';
import { decodeStatement, type Statement } from '../statements.js';
import type { State } from '../state.js';

const creation = z.strictObject({ kind: z.literal('event.create'), statement: compactJws });

export const prepareEventCreation: Prepare = (raw) => {
  const command = parseWith(creation, raw, '');
  const statement = decodeStatement('event', command.statement, 'statement');
  const { event, jti, name, venue, currency, eventKey: jwk, schedule } = statement.payload;
  const organizer = organizerOf(event);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizer, jti),
    digest: statement.digest,
    reads: [
      membersKey,
      organizationKey(organizer),
      organizationKey(venue),
      organizationKeysKey(organizer),
      supplyKey(event),
      ...[organizer, venue].map(policyDefaultsKey),
    ],
    writes: [eventKey(event), policyKey(event, 1), eventIndexKey(event), ...gateKeys(event)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      requireOrganization(state, organizer, ['organizer'], 'statement.event');
      requireOrganization(state, venue, ['venue'], 'statement.venue');
      requireOrganizationSignature(state, statement, organizer, 'event', context.now);
      require(!state.get(eventKey(event)), 'EVENT_EXISTS', { field: 'statement.event', event });
      requireOrderedSchedule(schedule);
      require(context.now < schedule.endsAt, 'INVALID_SCHEDULE', { field: 'schedule.endsAt', notBefore: context.now });
      const rules = inheritedRules(state, statement);
      requireTransferTime(schedule, rules.policy);
      const record: EventRecord = {
        event,
        name,
        organizer,
        venue,
        currency,
        eventKey: jwk,
        schedule,
        state: 'scheduled',
        change: 0,
        ...rules,
        policyVersion: 1,
        policyHash: hashOfPolicy(rules),
      };
      const owners = eventOwners(state, organizer);
      state.put(eventKey(event), record, owners);
      state.put(policyKey(event, 1), rules, owners);
      state.put(eventIndexKey(event), true);
      moveGates(state, record, context.now);
      return { result: { event, policy: 1, policyHash: record.policyHash } };
    },
  };
};

/** What the organizer says in general, what the venue says of its house, what the event says of itself. */
function inheritedRules(state: State, { payload }: Statement<'event'>): EventPolicy {
  const { event, venue, policy, classes = {}, policyHash } = payload;
  const defaultsOf = (msp: string) => state.get(policyDefaultsKey(msp))?.policy ?? {};
  const rules = inheritPolicy([defaultsOf(organizerOf(event)), defaultsOf(venue), policy], classes);
  requireLawfulPolicy(rules);
  requirePolicyHash(rules, policyHash, 'statement.policyHash');
  return rules;
}

const change = z.strictObject({ kind: z.literal('event.change'), statement: compactJws });

export const prepareEventChange: Prepare = (raw) => {
  const command = parseWith(change, raw, '');
  const statement = decodeStatement('event-change', command.statement, 'statement');
  const { event, jti, action, schedule } = statement.payload;
  const postponed = action === 'postpone';
  require(postponed === (schedule !== undefined), 'INVALID_FIELD', {
    field: 'statement.schedule',
    reason: 'goes with postpone',
  });
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizerOf(event), jti),
    digest: statement.digest,
    reads: [organizationKey(organizerOf(event)), supplyKey(event)],
    writes: [eventKey(event), ...gateKeys(event)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      const before = requireEvent(state, event);
      requireEventSignature(statement, before);
      // A cancellation only gives back, so it is not denied to an organizer that is suspended.
      if (postponed) requireOrganization(state, before.organizer, ['organizer'], 'statement.event');
      require(statement.payload.change === before.change, 'STALE_EVENT', {
        field: 'statement.change',
        expected: before.change,
      });
      requireGate(state, before, 'cancellation', context);
      if (schedule) postpone(state, before, schedule, context);
      else cancel(state, before);
      return { result: { change: before.change + 1 } };
    },
  };
};

function postpone(state: State, before: EventRecord, schedule: Schedule, { now }: Context): void {
  // What has ended may only be cancelled.
  require(now < before.schedule.endsAt, 'EVENT_ENDED', { field: 'schedule.endsAt', endsAt: before.schedule.endsAt });
  requireOrderedSchedule(schedule);
  require(now < schedule.endsAt, 'INVALID_SCHEDULE', { field: 'schedule.endsAt', after: now });
  if (haveSalesOpened(state, before, now)) requirePostponement(before.schedule, schedule, now);
  requireTransferTime(schedule, before.policy);
  const promised = claimsUntil(before);
  const after: EventRecord = {
    ...before,
    schedule,
    change: before.change + 1,
    postponedAt: now,
    ...(promised !== undefined && { claimsUntil: promised }),
  };
  state.put(eventKey(before.event), after);
  moveGates(state, after, now, before);
}

function cancel(state: State, before: EventRecord): void {
  state.put(eventKey(before.event), { ...before, change: before.change + 1, state: 'cancelled' });
  closeGates(state, before.event);
}
