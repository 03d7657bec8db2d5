/** Time as the ledger writes it. */

/** RFC 3339 UTC to the second, as records have it: so that they compare as texts. @param ms since 1970 */
export const timestampAt = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Time as a port, for tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      signal?.addEventListener('abort', done);
    }),
};
