/** An event's life: created by a signed statement, changed by its own key, moved along its schedule by anybody. */
import { z } from 'zod';
import {
  requireCaller,
  requireCurrent,
  requireEvent,
  requireEventSignature,
  requireOrganization,
  requireOrganizationSignature,
} from '../authority.js';
import { eventId, organizerOf } from '../ids.js';
import {
  commandKey,
  eventIndexKey,
  eventKey,
  foundingKey,
  gateKey,
  organizationKey,
  organizationKeysKey,
  policyKey,
} from '../keys.js';
import { endorsingOrganizations } from '../consortium.js';
import { parseWith } from '../parse.js';
import type { EventRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import { compactJws, id, prepareUnsigned, type Context, type Prepare } from '../rule.js';
import { GATES, gateStateAt, isEarlier, requireOrderedSchedule } from '../schedule.js';
import { decodeStatement } from '../statements.js';
import type { KeyPolicy, State } from '../state.js';

const creation = z.strictObject({ kind: z.literal('event.create'), statement: compactJws });

export const prepareEventCreation: Prepare = (raw) => {
  const command = parseWith(creation, raw, '');
  const statement = decodeStatement('event', command.statement, 'statement');
  const { event, jti, name, venue, currency, eventKey: jwk, schedule, policy } = statement.payload;
  const organizer = organizerOf(event);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizer, jti),
    digest: statement.digest,
    reads: [foundingKey, organizationKey(organizer), organizationKey(venue), organizationKeysKey(organizer)],
    writes: [eventKey(event), policyKey(event, 1), eventIndexKey(event), ...gateKeys(event)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      requireOrganization(state, organizer, ['organizer'], 'statement.event');
      requireOrganization(state, venue, ['venue'], 'statement.venue');
      requireOrganizationSignature(state, statement, organizer, 'event', context.now);
      require(!state.get(eventKey(event)), 'EVENT_EXISTS', { field: 'statement.event', event });
      requireOrderedSchedule(schedule);
      require(context.now < schedule.endsAt, 'INVALID_SCHEDULE', { field: 'schedule.endsAt', notBefore: context.now });
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
        policy,
        policyVersion: 1,
      };
      const owners = organizerAndOne(state, organizer);
      state.put(eventKey(event), record, owners);
      state.put(policyKey(event, 1), policy, owners);
      state.put(eventIndexKey(event), true);
      moveGates(state, record, context.now, { back: false });
      return { result: { event } };
    },
  };
};

/** Event and policy are the organizer's, but never its alone. */
function organizerAndOne(state: State, organizer: string): KeyPolicy {
  const others = endorsingOrganizations(state.get(foundingKey)?.organizations ?? []).filter((msp) => msp !== organizer);
  return { allOf: [organizer], oneOf: others };
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
    reads: [organizationKey(organizerOf(event))],
    writes: [eventKey(event), ...gateKeys(event)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      const before = requireEvent(state, event);
      requireOrganization(state, before.organizer, ['organizer'], 'statement.event');
      requireEventSignature(statement, before);
      require(statement.payload.change === before.change, 'STALE_EVENT', {
        field: 'statement.change',
        expected: before.change,
      });
      require(context.now < before.schedule.endsAt, 'INVALID_SCHEDULE', {
        field: 'schedule.endsAt',
        notBefore: context.now,
      });
      const after = { ...before, change: before.change + 1 };
      if (schedule) postpone(state, { ...after, schedule }, context);
      else cancel(state, after);
      return { result: { change: after.change } };
    },
  };
};

function postpone(state: State, event: EventRecord, context: Context): void {
  requireOrderedSchedule(event.schedule);
  require(context.now < event.schedule.endsAt, 'INVALID_SCHEDULE', {
    field: 'schedule.endsAt',
    notBefore: context.now,
  });
  state.put(eventKey(event.event), event);
  moveGates(state, event, context.now, { back: true });
}

function cancel(state: State, event: EventRecord): void {
  state.put(eventKey(event.event), { ...event, state: 'cancelled' });
  for (const gate of GATES) state.put(gateKey(event.event, gate), { state: 'closed', byOrganizer: true });
}

const advance = z.strictObject({ kind: z.literal('event.advance'), id, event: eventId });

/** Any organization may record that a deadline has passed, so that no single one can stall it. */
export const prepareAdvance: Prepare = (raw, callerMsp) =>
  prepareUnsigned(advance, raw, callerMsp, ({ event }) => ({
    reads: [eventKey(event), organizationKey(callerMsp)],
    writes: gateKeys(event),
    decide(state, context) {
      requireCaller(state, context, callerMsp, 'box-office');
      // Never back: a transaction dated before a deadline must not take its record away.
      const moved = moveGates(state, requireEvent(state, event), context.now, { back: false });
      require(moved.length > 0, 'NOTHING_DUE', { field: 'event', event });
      return { result: { moved } };
    },
  }));

const salesGate = z.strictObject({ kind: z.enum(['sales.close', 'sales.reopen']), id, event: eventId });

/** The organizer may stop sales before their time and take that back within it. */
export const prepareSalesGate: Prepare = (raw, callerMsp) =>
  prepareUnsigned(salesGate, raw, callerMsp, ({ kind, event }) => ({
    reads: [eventKey(event), organizationKey(callerMsp)],
    writes: [gateKey(event, 'sales')],
    decide(state, context) {
      const record = requireEvent(state, event);
      requireCaller(state, context, record.organizer, 'box-office');
      const before = state.get(gateKey(event, 'sales'));
      const closing = kind === 'sales.close';
      const reopenable = before?.byOrganizer === true && context.now < record.schedule.salesCloseAt;
      if (closing ? before?.state === 'closed' : !reopenable)
        return refuse('SALES_NOT_OPEN', { field: 'event', recorded: before?.state ?? 'pending' });
      const after = closing ? 'closed' : gateStateAt(record.schedule, 'sales', context.now);
      state.put(gateKey(event, 'sales'), { state: after, byOrganizer: closing });
      return { result: { sales: after } };
    },
  }));

const gateKeys = (event: string) => GATES.map((gate) => gateKey(event, gate));

/** Brings each gate to where the schedule says it is. @param back whether also to an earlier state @returns the gates that moved */
function moveGates(state: State, event: EventRecord, now: string, { back }: { back: boolean }): string[] {
  return GATES.filter((gate) => {
    const before = state.get(gateKey(event.event, gate));
    const due = gateStateAt(event.schedule, gate, now);
    // What the organizer closed stays closed while the window lasts; at its end the schedule takes over, in writing: a reopening held back conflicts.
    if (before?.byOrganizer ? due !== 'closed' : before?.state === due) return false;
    if (before && !back && isEarlier(due, before.state)) return false;
    state.put(gateKey(event.event, gate), { state: due, byOrganizer: false });
    return true;
  });
}
