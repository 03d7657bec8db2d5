/**
 * Gates: what a deadline governs. Each has a status record, written by the transition that the schedule and the policy ask for, so that a transaction
 * which was held back across a deadline conflicts.
 */
import type { PolicyWindow } from './policy/parameter.js';
import type { ParameterName } from './policy/parameters.js';
import type { EventRecord } from './records.js';
import type { Schedule } from './schedule.js';
import { addSeconds } from './time.js';

export const GATES = ['sales', 'resale', 'transfers', 'returns', 'refunds', 'doors'] as const;
export type Gate = (typeof GATES)[number];
const GATE_STATES = ['pending', 'open', 'closed'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** A gate goes from pending to open to closed. */
export function isEarlier(state: GateState, than: GateState): boolean {
  return GATE_STATES.indexOf(state) < GATE_STATES.indexOf(than);
}

/** What of an event its gates depend on. */
export type Timed = Pick<EventRecord, 'schedule' | 'policy' | 'postponedAt'>;

/** A time, and the member of the schedule or the policy that sets it. */
export interface Bound {
  readonly at: string;
  readonly by: `schedule.${keyof Schedule}` | `policy.${ParameterName}`;
}

/** Open from the first, closed from the second. */
export type Window = readonly [opens: Bound, closes: Bound];

/** Before every event, and after. */
export const NEVER = '9999-12-31T23:59:59Z';
const EVER = '0000-01-01T00:00:00Z';

const scheduled = (schedule: Schedule, member: keyof Schedule): Bound => ({
  at: schedule[member],
  by: `schedule.${member}`,
});
const later = (a: Bound, b: Bound): Bound => (b.at > a.at ? b : a);
const earlier = (a: Bound, b: Bound): Bound => (b.at < a.at ? b : a);

/** A window of the schedule, as far as the policy's lets it. */
function within([opens, closes]: Window, schedule: Schedule, window: PolicyWindow, by: ParameterName): Window {
  const { opensBeforeStartSeconds: before, closesBeforeStartSeconds } = window;
  const policyOpens: Bound = {
    at: before === null ? EVER : addSeconds(schedule.startsAt, -before),
    by: `policy.${by}`,
  };
  // A window that closes with the start leaves the end to the schedule.
  const policyCloses: Bound =
    closesBeforeStartSeconds === 0
      ? { at: NEVER, by: `policy.${by}` }
      : { at: addSeconds(schedule.startsAt, -closesBeforeStartSeconds), by: `policy.${by}` };
  return [later(opens, policyOpens), earlier(closes, policyCloses)];
}

const WINDOWS: Readonly<Record<Gate, (event: Timed) => Window>> = {
  sales: ({ schedule, policy }) =>
    within(
      [scheduled(schedule, 'salesOpenAt'), scheduled(schedule, 'salesCloseAt')],
      schedule,
      policy.salesWindow,
      'salesWindow',
    ),
  resale: ({ schedule, policy }) => {
    const opens: Bound =
      policy.resaleOpensAfter === 'salesClose'
        ? { at: schedule.salesCloseAt, by: 'policy.resaleOpensAfter' }
        : scheduled(schedule, 'salesOpenAt');
    const closes = scheduled(schedule, 'transfersCloseAt');
    return within([opens, closes], schedule, policy.resaleWindow, 'resaleWindow');
  },
  transfers: ({ schedule, policy }) =>
    within(
      [scheduled(schedule, 'salesOpenAt'), scheduled(schedule, 'transfersCloseAt')],
      schedule,
      policy.transferWindow,
      'transferWindow',
    ),
  returns: ({ schedule, policy: { returnDeadlineSeconds } }) => {
    const by = 'policy.returnDeadlineSeconds';
    if (returnDeadlineSeconds === null)
      return [
        { at: NEVER, by },
        { at: NEVER, by },
      ];
    return [scheduled(schedule, 'salesOpenAt'), { at: addSeconds(schedule.startsAt, -returnDeadlineSeconds), by }];
  },
  refunds: ({ schedule, policy, postponedAt }) => {
    const by = 'policy.postponeClaimWindowSeconds';
    if (postponedAt === undefined)
      return [
        { at: NEVER, by },
        { at: NEVER, by },
      ];
    const over: Bound = { at: addSeconds(postponedAt, policy.postponeClaimWindowSeconds), by };
    // Who waits for the doors has taken the new date, and a seller's surplus is never asked back once it is paid.
    return [{ at: postponedAt, by }, earlier(over, scheduled(schedule, 'doorsOpenAt'))];
  },
  doors: ({ schedule }) => [scheduled(schedule, 'doorsOpenAt'), scheduled(schedule, 'endsAt')],
};

export function windowOf(event: Timed, gate: Gate): Window {
  return WINDOWS[gate](event);
}

/** @returns when a gate of this event opens or closes next, undefined if none ever will */
export function nextBoundAfter(event: Timed, now: string): string | undefined {
  const times = GATES.flatMap((gate) => windowOf(event, gate)).map(({ at }) => at);
  return times.filter((at) => at > now && at !== NEVER).sort()[0];
}

/** @returns what schedule and policy say of a gate at `now` (RFC 3339 UTC). @param soldOut whether no allotment is open any more */
export function gateStateAt(event: Timed, gate: Gate, now: string, soldOut: boolean): GateState {
  const [opens, closes] = windowOf(event, gate);
  if (now < opens.at) return 'pending';
  if (now >= closes.at) return 'closed';
  const waits = gate === 'resale' && event.policy.resaleOpensAfter === 'soldOut' && !soldOut;
  return waits ? 'pending' : 'open';
}
