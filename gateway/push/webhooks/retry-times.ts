/** When a delivery that failed is tried again: exponential, with jitter so that what failed together does not come back together, for three days. */
import type { Random } from '../../fabric/clock.js';

const FIRST_MS = 5_000;
const LONGEST_MS = 6 * 60 * 60 * 1000;
export const GIVE_UP_MS = 3 * 24 * 60 * 60 * 1000;

export interface Failing {
  /** Attempts that failed, this one too. */
  readonly failures: number;
  readonly sinceMs: number;
  readonly nowMs: number;
}

/** @returns undefined when the three days are over: the last attempt is at their very end */
export function nextAttemptMs({ failures, sinceMs, nowMs }: Failing, random: Random): number | undefined {
  const endMs = sinceMs + GIVE_UP_MS;
  if (nowMs >= endMs) return undefined;
  const delayMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.min(endMs, nowMs + Math.ceil(delayMs * (0.5 + random() / 2)));
}
