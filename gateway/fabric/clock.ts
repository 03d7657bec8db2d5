/** Time as a port: the simulation runs the same code in virtual time. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after that long. @returns what cancels it */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export function sleep(clock: Clock, ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void clock.after(ms, resolve));
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** Where faults go that no caller waits for. `alarm` asks for a human. */
export type Report = (
  level: 'alarm' | 'warning' | 'info',
  message: string,
  details: Readonly<Record<string, unknown>>,
) => void;
