/** What a caller or the environment may choose; the only reader of the environment in this package. */
import { join, resolve } from 'node:path';
import { amend, readAmendments } from './amendments.js';
import { DataDirectory, findProjectRoot } from './data-directory.js';
import { NetworkError } from './errors.js';
import { planNetwork, type NetworkPlan } from './plan.js';
import type { Application } from './services.js';
import type { Progress } from './steps.js';
import { loadTopology } from './topology-file.js';
import type { Topology } from './topology.js';

export interface NetworkOptions {
  /** Default: GUICHET_DATA, else `.guichet` in the project. */
  readonly dataDir?: string;
  /** Default: GUICHET_PORT_BASE, else 7000. */
  readonly portBase?: number;
  /** Default: the file GUICHET_TOPOLOGY, else `network/topology.json`. */
  readonly topology?: Topology;
  /** Default: GUICHET_BIN, else `.guichet/bin` in the project, so that networks share the Fabric programs. */
  readonly binDir?: string;
  /** Processes besides Fabric. Default: signer and gateway of every organization that has one. */
  readonly application?: Application;
  /** Default: silent. */
  readonly progress?: Progress;
}

/** Where a network is and what it consists of; starts nothing. */
export function planFrom(options: NetworkOptions = {}): NetworkPlan {
  const projectRoot = findProjectRoot();
  const { GUICHET_PORT_BASE, GUICHET_TOPOLOGY, GUICHET_BIN } = process.env;
  const topologyFile = GUICHET_TOPOLOGY ?? join(projectRoot, 'network', 'topology.json');
  const directory = dataDirectory(options.dataDir);
  const founding = options.topology ?? loadTopology(topologyFile);
  return planNetwork({
    projectRoot,
    founding,
    topology: amend(founding, readAmendments(directory)),
    portBase: options.portBase ?? portBaseFrom(GUICHET_PORT_BASE),
    directory,
    binDir: resolve(options.binDir ?? GUICHET_BIN ?? join(projectRoot, '.guichet', 'bin')),
  });
}

/** The data directory that the options or the environment name. */
export const dataDirectory = (dataDir = process.env.GUICHET_DATA): DataDirectory =>
  new DataDirectory(resolve(dataDir ?? join(findProjectRoot(), '.guichet')));

function portBaseFrom(text = '7000'): number {
  const base = Number(text);
  if (Number.isInteger(base) && base >= 1024 && base <= 45_000) return base;
  throw new NetworkError('COMMAND_INVALID', `GUICHET_PORT_BASE is ${text}: give a number from 1024 to 45000`);
}
