/** Takes a network down, and forgets one. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { withLock } from './lock.js';
import { dataDirectory } from './options.js';
import { ProcessTable } from './processes.js';
import { runSteps, type Progress } from './steps.js';

export interface StopOptions {
  /** Default: GUICHET_DATA, else `.guichet` in the project. */
  readonly dataDir?: string;
  readonly progress?: Progress;
}

/**
 * Stops exactly what was started in this data directory: applications first, so that they can drain.
 * @throws NetworkError LOCKED
 */
export async function stopNetwork({ dataDir, progress = 'silent' }: StopOptions = {}): Promise<void> {
  const directory = dataDirectory(dataDir);
  await withLock(directory.root, () => stopAll(new ProcessTable(directory), progress));
}

async function stopAll(table: ProcessTable, progress: Progress): Promise<void> {
  const groups = { application: 'Stop applications', fabric: 'Stop chaincode, peers and orderers' } as const;
  const steps = Object.entries(groups).map(([group, title]) => {
    const names = table.names().filter((name) => table.record(name)?.group === group);
    return {
      title: `${title} (${names.length})`,
      run: async () => {
        await Promise.all(names.map((name) => table.stop(name)));
      },
    };
  });
  await runSteps(steps, progress);
}

/**
 * Stops a network and deletes its ledger, keys and logs; the Fabric programs stay.
 * @throws NetworkError LOCKED
 */
export async function resetNetwork({ dataDir, progress = 'silent' }: StopOptions = {}): Promise<void> {
  const directory = dataDirectory(dataDir);
  await withLock(directory.root, async () => {
    await stopAll(new ProcessTable(directory), progress);
    // By name: whatever else somebody keeps in this folder is not ours to delete.
    for (const path of directory.contents) rmSync(path, { recursive: true, force: true });
    if (existsSync(directory.root) && readdirSync(directory.root).length === 0)
      rmSync(directory.root, { recursive: true });
  });
}
