/** Reading a topology: its shape, then every rule. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { messageOf, NetworkError } from './errors.js';
import { checkTopology } from './topology-rules.js';
import { topologySchema, type Topology } from './topology.js';

/**
 * Checks the shape and every rule.
 * @throws NetworkError TOPOLOGY_INVALID, TOO_MANY_ORDERERS, TOO_MANY_COMMITTEE_NODES
 */
export function parseTopology(input: unknown): Topology {
  const topology = parseWith(topologySchema, input, 'topology');
  checkTopology(topology);
  return topology;
}

/** @throws NetworkError as parseTopology, and TOPOLOGY_INVALID for a file that can't be read */
export const loadTopology = (file: string): Topology => parseTopology(readDescription(file));

/** Checks a shape only. @throws NetworkError TOPOLOGY_INVALID naming every fault */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown, what: string): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new NetworkError('TOPOLOGY_INVALID', `${what}: ${faults.join('; ')}`);
}

/** @throws NetworkError TOPOLOGY_INVALID for a file that can't be read */
export function readDescription(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new NetworkError('TOPOLOGY_INVALID', `${file}: ${messageOf(cause)}`, { cause });
  }
}
