/** Takes a network down, and forgets one. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { readJson, type DataDirectory } from './data-directory.js';
import { NetworkError } from './errors.js';
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

/** `up` writes the topology first of all. A folder with things of our names but without it was never a network's. */
function refuseForeign(directory: DataDirectory): void {
  const held = directory.contents.filter((path) => existsSync(path));
  if (held.length === 0 || isOurs(directory)) return;
  throw new NetworkError(
    'NOT_A_NETWORK',
    `${directory.root} holds no network of ours: set GUICHET_DATA to the one you mean`,
  );
}

function isOurs({ topologyFile }: DataDirectory): boolean {
  try {
    const topology = readJson(topologyFile);
    return typeof topology === 'object' && topology !== null && 'portBase' in topology;
  } catch (error) {
    // Somebody else's file of that name.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * Stops a network and deletes its ledger, keys and logs; the Fabric programs stay.
 * @throws NetworkError LOCKED, NOT_A_NETWORK
 */
export async function resetNetwork({ dataDir, progress = 'silent' }: StopOptions = {}): Promise<void> {
  const directory = dataDirectory(dataDir);
  await withLock(directory.root, async () => {
    refuseForeign(directory);
    await stopAll(new ProcessTable(directory), progress);
    // By name: whatever else somebody keeps in this folder is not ours to delete.
    for (const path of directory.contents) rmSync(path, { recursive: true, force: true });
    if (existsSync(directory.root) && readdirSync(directory.root).length === 0)
      rmSync(directory.root, { recursive: true });
  });
}
