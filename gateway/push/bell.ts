/** Waits that end early: for news, for a time, or because nobody wants it any more. */
import type { Clock } from '../fabric/clock.js';
import { either } from './either.js';

/** Wakes everybody who waits for it; whoever comes later waits for the next time. */
export class Bell {
  readonly #waiting = new Set<() => void>();

  ring(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Until it rings, or the signal is aborted. */
  rung(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) resolve();
      else {
        this.#waiting.add(done);
        signal.addEventListener('abort', done);
      }
    });
  }
}

/** Until then, or the signal is aborted. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = clock.after(ms, done);
    signal.addEventListener('abort', done);
  });
}

/** @returns undefined if the time is over first, or nobody wants it any more */
export async function within<T>(
  coming: Promise<T>,
  wait: (signal: AbortSignal) => Promise<void>,
  over: AbortSignal,
): Promise<T | undefined> {
  const found = new AbortController();
  const { signal, release } = either(found.signal, over);
  try {
    return await Promise.race([coming, wait(signal).then(() => undefined)]);
  } finally {
    found.abort();
    release();
  }
}
