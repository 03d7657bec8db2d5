/** How long Fabric's own network takes to come up, orderers, peers and chaincode on a joined channel: from nothing, and from its disk after everything was killed. */
import { planFrom, ProcessTable, resetNetwork, startNetwork, stopNetwork } from '../../network/network.js';
import { killProcesses } from '../support/kill-processes.js';
import { placeOf } from '../support/place.js';
import { rawNetwork } from '../support/raw-network.js';
import { spreadOf } from './statistics.js';
import { judge } from './targets.js';

const ROUNDS = 5;

export async function measureStart(): Promise<object> {
  const options = { ...rawNetwork('test-network'), ...placeOf('bench') };
  const table = new ProcessTable(planFrom(options).directory);
  const start = () => timed(() => startNetwork(options));
  const fromNothingMs: number[] = [];
  const fromDiskMs: number[] = [];
  let processes = 0;
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await resetNetwork(options);
      fromNothingMs.push(await start());
      processes = table.names().length;
      await killProcesses(table, table.names());
      fromDiskMs.push(await start());
      console.log(`round ${round}: ${fromNothingMs.at(-1)} ms from nothing, ${fromDiskMs.at(-1)} ms from disk`);
    }
  } finally {
    await stopNetwork(options);
  }
  const [fromNothing, fromDisk] = [spreadOf(fromNothingMs, 0), spreadOf(fromDiskMs, 0)];
  return {
    ...{ fromNothingMs: fromNothing, fromDiskMs: fromDisk, processes },
    targets: judge('start', { fromNothingMs: fromNothing.median, fromDiskMs: fromDisk.median }),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round(performance.now() - startedAt);
}
