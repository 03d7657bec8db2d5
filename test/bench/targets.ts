/** What the benchmarks are to reach on 2 cores with the default network, and whether a run did. A run that did not is recorded all the same. */

type Bound = { readonly atLeast: number } | { readonly atMost: number } | { readonly below: number };

const LAG_MS = { below: 250 };
const AVAILABILITY_MS = { below: 50 };

const TARGETS = {
  start: { fromNothingMs: { atMost: 15_000 }, fromDiskMs: { atMost: 12_000 } },
  'seat-drop': { ticketsPerSecond: { atLeast: 1_500 }, timesRaw: { atLeast: 7 } },
  /** The part of its rate that is kept is asked of a ledger with at least OLD_LEDGER_TICKETS. */
  'ledger-drop': { ticketsPerSecond: { atLeast: 3_000 }, kept: { atLeast: 0.85 } },
  'hot-event': { timesSeatDrop: { atLeast: 0.5 } },
  'one-sale': { timesRawLatency: { atMost: 1.3 } },
  'read-model': {
    pgliteLagP99Ms: LAG_MS,
    pgliteLagAtHalfLoadP99Ms: LAG_MS,
    pgliteAvailabilityP50Ms: AVAILABILITY_MS,
    postgresqlLagP99Ms: LAG_MS,
    postgresqlLagAtHalfLoadP99Ms: LAG_MS,
    postgresqlAvailabilityP50Ms: AVAILABILITY_MS,
  },
  'gateway-flood': { readsHandledPerSecond: { atLeast: 10_000 }, failedSales: { atMost: 0 } },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Bound>>>>;

export const OLD_LEDGER_TICKETS = 400_000;

type Targets = typeof TARGETS;

export interface Judged {
  /** In words. */
  readonly target: string;
  readonly measured: number;
  readonly met: boolean;
}

/** @param measured what was; a target of which nothing was measured is left out */
export function judge<B extends keyof Targets>(
  bench: B,
  measured: Readonly<Partial<Record<keyof Targets[B], number>>>,
): Readonly<Record<string, Judged>> {
  const bounds = Object.entries<Bound>(TARGETS[bench]);
  return Object.fromEntries(
    bounds.flatMap(([name, bound]) => {
      const value = (measured as Readonly<Record<string, number | undefined>>)[name];
      return value === undefined ? [] : [[name, against(bound, value)] as const];
    }),
  );
}

function against(bound: Bound, measured: number): Judged {
  if ('atLeast' in bound) return { target: `at least ${bound.atLeast}`, measured, met: measured >= bound.atLeast };
  if ('atMost' in bound) return { target: `at most ${bound.atMost}`, measured, met: measured <= bound.atMost };
  return { target: `below ${bound.below}`, measured, met: measured < bound.below };
}
