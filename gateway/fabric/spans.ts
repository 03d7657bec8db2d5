/** Where the time of a command goes on its way to the ledger, for metrics. */
import type { Clock } from './clock.js';

/** A command's wait for its first transaction; each endorsement of one; each one's ordering and commit together. However they end. */
export type Span = 'lane-wait' | 'endorse' | 'submit-to-commit';

export interface SpanOptions {
  readonly clock: Clock;
  readonly measured: (span: Span, durationMs: number) => void;
}

export async function timed<T>({ clock, measured }: SpanOptions, span: Span, work: () => Promise<T>): Promise<T> {
  const started = clock.now();
  try {
    return await work();
  } finally {
    measured(span, clock.now() - started);
  }
}
