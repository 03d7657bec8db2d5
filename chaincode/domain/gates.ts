/**
 * Gates: what a deadline governs. Each has a status record, written by the transition that the schedule and the policy ask for, so that a transaction
 * which was held back across a deadline conflicts.
 */
import type { PolicyWindow } from './policy/parameter.js';
import type { ParameterName } from './policy/parameters.js';
import type { EventRecord, GateRecord } from './records.js';
import type { Schedule } from './schedule.js';
import { addSeconds } from './time.js';

/**
 * From the end of an event to the release of surpluses, and as long it may still be cancelled, for it may not have taken place. Longer than any
 * transaction may be dated back.
 */
const RELEASE_AFTER_SECONDS = 86_400;

export const GATES = ['sales', 'resale', 'transfers', 'returns', 'refunds', 'doors', 'cancellation'] as const;
export type Gate = (typeof GATES)[number];
const GATE_STATES = ['pending', 'open', 'closed'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** A gate goes from pending to open to closed. */
export function isEarlier(state: GateState, than: GateState): boolean {
  return GATE_STATES.indexOf(state) < GATE_STATES.indexOf(than);
}

/** What of an event its gates depend on. */
export type Timed = Pick<EventRecord, 'schedule' | 'policy' | 'postponedAt' | 'claimsUntil'>;
/** What of a gate's record its window depends on. */
export type Opened = Pick<GateRecord, 'hasOpened'>;

/** A time, and the member of the schedule or the policy that sets it. */
export interface Bound {
  readonly at: string;
  readonly by: `schedule.${keyof Schedule}` | `policy.${ParameterName}`;
}

/** Open from the first, closed from the second. */
export type Window = readonly [opens: Bound, closes: Bound];

/** After every event, and before. */
export const NEVER = '9999-12-31T23:59:59Z';
export const EVER = '0000-01-01T00:00:00Z';

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

const WINDOWS: Readonly<Record<Gate, (event: Timed, record: Opened | undefined) => Window>> = {
  sales: ({ schedule, policy }) =>
    within(
      [scheduled(schedule, 'salesOpenAt'), scheduled(schedule, 'salesCloseAt')],
      schedule,
      policy.salesWindow,
      'salesWindow',
    ),
  resale: ({ schedule, policy }, record) => {
    // Where it has been open, sales that go on longer do not shut it again.
    const opens: Bound =
      policy.resaleOpensAfter === 'salesClose' && !record?.hasOpened
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
  refunds: (event) => {
    const { schedule, postponedAt } = event;
    const by = 'policy.postponeClaimWindowSeconds';
    const until = claimsUntil(event);
    if (postponedAt === undefined || until === undefined)
      return [
        { at: NEVER, by },
        { at: NEVER, by },
      ];
    // Who waits for the doors has taken the new date. Doors that were past by then bound nothing, and what is paid after the end is not asked back.
    const bound = schedule.doorsOpenAt > postponedAt ? 'doorsOpenAt' : 'endsAt';
    return [{ at: postponedAt, by }, earlier({ at: until, by }, scheduled(schedule, bound))];
  },
  doors: ({ schedule }) => [scheduled(schedule, 'doorsOpenAt'), scheduled(schedule, 'endsAt')],
  // From the creation, and for a day after the end: only then are surpluses released, which a cancellation gives back.
  cancellation: ({ schedule }) => [
    { at: EVER, by: 'schedule.endsAt' },
    { at: addSeconds(schedule.endsAt, RELEASE_AFTER_SECONDS), by: 'schedule.endsAt' },
  ],
};

/** Until when an event's postponements let tickets be given back: what one has promised, the next does not take away. undefined: there was none */
export function claimsUntil({ policy, postponedAt, claimsUntil: promised = EVER }: Timed): string | undefined {
  if (postponedAt === undefined) return undefined;
  const until = addSeconds(postponedAt, policy.postponeClaimWindowSeconds);
  return promised > until ? promised : until;
}

/** @param record the gate's, if there is one */
export function windowOf(event: Timed, gate: Gate, record?: Opened): Window {
  return WINDOWS[gate](event, record);
}

/** @returns when a gate of this event opens or closes next, undefined if none ever will */
export function nextBoundAfter(event: Timed, now: string): string | undefined {
  const times = GATES.flatMap((gate) => windowOf(event, gate)).map(({ at }) => at);
  // Resale may wait for this one, whatever sales do.
  times.push(event.schedule.salesCloseAt);
  return times.filter((at) => at > now && at !== NEVER).sort()[0];
}

/** What a gate depends on besides its event and the time. */
export interface Circumstances {
  /** No allotment is open any more. */
  readonly soldOut: boolean;
  readonly record: Opened | undefined;
}

/** @returns what schedule and policy say of a gate at `now` (RFC 3339 UTC) */
export function gateStateAt(event: Timed, gate: Gate, now: string, { soldOut, record }: Circumstances): GateState {
  const [opens, closes] = windowOf(event, gate, record);
  if (now < opens.at) return 'pending';
  if (now >= closes.at) return 'closed';
  const waits = gate === 'resale' && !record?.hasOpened && waitsForSupply(event, now, soldOut);
  return waits ? 'pending' : 'open';
}

/** Resale that opens with the last ticket opens with the close of sales at the latest: no seller can keep it shut by leaving an allotment open. */
function waitsForSupply({ schedule, policy }: Timed, now: string, soldOut: boolean): boolean {
  return policy.resaleOpensAfter === 'soldOut' && !soldOut && now < schedule.salesCloseAt;
}
