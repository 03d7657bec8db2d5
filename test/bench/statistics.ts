/** Figures of a benchmark: quantiles of latencies, and median with spread over the rounds. */

/** @param p from 0 to 1; nearest rank */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[], digits = 1): Spread {
  const round = (value: number) => Number(value.toFixed(digits));
  return { min: round(Math.min(...values)), median: round(quantile(values, 0.5)), max: round(Math.max(...values)) };
}

/** What one load of one round did. */
export interface LoadResult {
  /** From the first request to the last commit. */
  readonly seconds: number;
  /** Committed units: transactions, or tickets. */
  readonly committed: number;
  /** From request to commit, one for each request. */
  readonly latenciesMs: readonly number[];
}

export const perSecond = ({ committed, seconds }: LoadResult): number => committed / seconds;
