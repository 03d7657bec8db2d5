/** Waiting for what will come to be, however slow the machine is; but not for ever, or a failed suite would never end. */
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 25;
/** Before the runner's own limit: then it is known what did not come to be. */
const LIMIT_MS = process.env.GUICHET_TEST_SUITE === 'unit' ? 100_000 : 480_000;

/** @throws {Error} if it never comes to be */
export async function until(holds: () => boolean | Promise<boolean>, what = holds.toString()): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`did not come to be within ${LIMIT_MS / 1_000} s: ${what}`);
    await sleep(PAUSE_MS);
  }
}
