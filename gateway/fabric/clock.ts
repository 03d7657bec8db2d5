/** Time as a port: the simulation runs the same code in virtual time. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after that long. @returns what cancels it */
  after(ms: number, run: () => void): () => void;
}

/** setTimeout takes no more than 2^31 - 1, some 24 days, and runs at once what should come later. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const goOn = () => {
      if (ms > LONGEST_MS) stop = systemClock.after(ms - LONGEST_MS, run);
      else run();
    };
    const timer = setTimeout(goOn, Math.min(ms, LONGEST_MS));
    let stop = () => clearTimeout(timer);
    return () => stop();
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
