/** Waiting for what will come to be, however slow the machine is; mocha's own limit ends it if it never does. */
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 25;

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(PAUSE_MS);
}
