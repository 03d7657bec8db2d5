/** The description of an organization that wants to join: as in the topology, in a file of its own. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from './errors.js';
import { parseWith, readDescription } from './topology-file.js';
import { organizationSchema, type OrganizationTopology } from './topology.js';

/** Where descriptions are found by name. */
const folderOf = (projectRoot: string): string => join(projectRoot, 'network', 'organizations');

/**
 * @param name that the description must have
 * @param file default: network/organizations/<name>.json
 * @throws NetworkError COMMAND_INVALID, TOPOLOGY_INVALID
 */
export function loadOrganization(projectRoot: string, name: string, file?: string): OrganizationTopology {
  const newcomer = parseOrganization(readDescription(file ?? fileOf(projectRoot, name)));
  if (newcomer.name === name) return newcomer;
  throw new NetworkError('TOPOLOGY_INVALID', `the file describes ${newcomer.name}, not ${name}`);
}

/**
 * Orderers are the channel's consenters: they come in by changes of their own. A committee node is appointed once its organization is a member.
 * @throws NetworkError TOPOLOGY_INVALID
 */
export function parseOrganization(input: unknown): OrganizationTopology {
  const newcomer = parseWith(organizationSchema, input, 'organization');
  if (newcomer.orderers.length > 0) {
    throw new NetworkError('TOPOLOGY_INVALID', `${newcomer.name} can't bring orderers when it joins: leave them out`);
  }
  if (newcomer.peers.length === 0) {
    throw new NetworkError('TOPOLOGY_INVALID', `${newcomer.name} has no peer: who joins endorses`);
  }
  return newcomer;
}

function fileOf(projectRoot: string, name: string): string {
  const folder = folderOf(projectRoot);
  // Looked up among the names that are there: a name with slashes is none of them.
  const known = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  if (known.includes(`${name}.json`)) return join(folder, `${name}.json`);
  const names = known.map((file) => file.slice(0, -'.json'.length)).join(', ');
  const message = `no organization ${name} is described in network/organizations (there: ${names}): add it or give --file`;
  throw new NetworkError('COMMAND_INVALID', message);
}
