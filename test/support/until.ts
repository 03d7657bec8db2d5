/** Waiting for what will come to be, however slow the machine is; but not for ever, or a failed suite would never end. */
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 25;
const LIMIT_MS = 480_000;

/** @throws {Error} if it never comes to be */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline)
      throw new Error(`did not come to be within ${LIMIT_MS / 1_000} s: ${holds.toString()}`);
    await sleep(PAUSE_MS);
  }
}
