/** kill -9. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessTable } from '../../network/network.js';

const LOOK_EVERY_MS = 10;

/** Resolves when they are gone. */
export async function killProcesses(table: ProcessTable, names: readonly string[]): Promise<void> {
  for (const name of names) process.kill(table.running(name)!.pid, 'SIGKILL');
  while (names.some((name) => table.running(name))) await sleep(LOOK_EVERY_MS);
}
