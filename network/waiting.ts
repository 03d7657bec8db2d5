/** Waiting until something holds, with a bound and with the reason when it never did. */
import { createConnection, type NetConnectOpts } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, NetworkError, type NetworkErrorCode } from './errors.js';

export interface WaitOptions {
  /** What is waited for, as in "waiting for …". */
  readonly what: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** Runs before each attempt and throws when waiting has become pointless, e.g. because the process has ended. */
  readonly guard?: () => void;
  /** Lines of the log to show when time is up. */
  readonly logLines?: () => readonly string[];
}

/** Failures that no repetition mends. */
const HOPELESS = new Set<NetworkErrorCode>(['PROCESS_DIED', 'TOPOLOGY_INVALID', 'SERVICE_MISSING']);

/**
 * Repeats an attempt until it stops throwing. What the guard throws ends it at once.
 * @throws NetworkError NOT_READY with the last attempt's error as its cause
 */
export async function until<T>(options: WaitOptions, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    options.guard?.();
    try {
      return await attempt();
    } catch (cause) {
      if (cause instanceof NetworkError && HOPELESS.has(cause.code)) throw cause;
      if (Date.now() > deadline) {
        const message = `${options.what} is not ready after ${options.timeoutMs / 1000} s: ${messageOf(cause)}`;
        throw new NetworkError('NOT_READY', message, { cause, logLines: options.logLines?.() ?? [] });
      }
    }
    await sleep(options.intervalMs ?? 50);
  }
}

/** Whether something listens there. @throws Error if nothing does */
export function accepts(address: NetConnectOpts): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(address, () => {
      connection.destroy();
      resolve();
    });
    connection.on('error', reject);
  });
}
