/** Reading a topology: its shape, then every rule. */
import { readFileSync } from 'node:fs';
import { messageOf, NetworkError } from './errors.js';
import { checkTopology } from './topology-rules.js';
import { topologySchema, type Topology } from './topology.js';

/**
 * Checks the shape and every rule.
 * @throws NetworkError TOPOLOGY_INVALID, TOO_MANY_ORDERERS, TOO_MANY_COMMITTEE_NODES
 */
export function parseTopology(input: unknown): Topology {
  const parsed = topologySchema.safeParse(input);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new NetworkError('TOPOLOGY_INVALID', `topology: ${faults.join('; ')}`);
  }
  const topology = parsed.data;
  checkTopology(topology);
  return topology;
}

/** @throws NetworkError as parseTopology, and TOPOLOGY_INVALID for a file that can't be read */
export function loadTopology(file: string): Topology {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new NetworkError('TOPOLOGY_INVALID', `topology ${file}: ${messageOf(cause)}`, { cause });
  }
  return parseTopology(input);
}
