/**
 * The topology: who takes part and what each organization runs, as data (`topology.json` is the default, any file of
 * the same shape may replace it). Owns its shape and the rules that keep one organization from deciding alone.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, NetworkError } from './errors.js';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and hyphens');
/** Every process of this package runs on this machine, so nothing may listen elsewhere. */
const host = z
  .string()
  .regex(/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/, 'a loopback address')
  .default('127.0.0.1');
/** Offset from the port base. */
const port = z.int().min(0).max(20_000);

/** A peer or orderer takes three ports from `port` on: its service, its second service (chaincode or admin), operations. */
const nodeSchema = z.strictObject({ name, host, port });

const organizationSchema = z.strictObject({
  name,
  mspId: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/),
  roles: z.array(z.enum(['organizer', 'reseller', 'venue', 'trustee'])).min(1),
  orderers: z.array(nodeSchema).default([]),
  peers: z.array(nodeSchema).default([]),
  committeeNodes: z.array(nodeSchema).default([]),
  gateway: z.strictObject({ host, port }).optional(),
  /** The first chaincode server's port; further chaincodes and versions take the next ones. */
  chaincodePort: port.optional(),
  /** Identities that the organization's CA issues, and the attributes in their certificates; `admin` always exists. */
  identities: z.record(name, z.array(name)).default({}),
});

const topologySchema = z.strictObject({
  channel: z.string().regex(/^[a-z][a-z0-9.-]{0,60}$/),
  consensus: z.enum(['bft', 'raft']),
  block: z.strictObject({
    /** A block is cut this long after its first transaction at the latest. */
    intervalMs: z.int().min(10).max(10_000),
    maxMessageCount: z.int().min(1),
    preferredMaxBytes: z.string(),
    absoluteMaxBytes: z.string(),
  }),
  committee: z.strictObject({ threshold: z.int().min(1) }),
  chaincode: z.strictObject({
    name,
    version: z.string().regex(/^[A-Za-z0-9]+([.+_-][A-Za-z0-9]+)*$/),
    sequence: z.int().min(1),
    /** How many of the endorsing organizations must endorse. */
    endorsements: z.int().min(1),
    command: z.array(z.string()).min(1),
  }),
  organizations: z.array(organizationSchema).min(1),
});

export type Topology = z.output<typeof topologySchema>;
export type OrganizationTopology = Topology['organizations'][number];
export type NodeTopology = z.output<typeof nodeSchema>;

/** How many orderers may fail, or lie in the case of BFT, before the channel stops. */
export const toleratedOrderers = (consensus: Topology['consensus'], orderers: number): number =>
  Math.floor((orderers - 1) / (consensus === 'bft' ? 3 : 2));

/** Organizations with a peer endorse. */
export const endorsingOrganizations = (topology: Topology): OrganizationTopology[] =>
  topology.organizations.filter((organization) => organization.peers.length > 0);

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
  refuseDuplicates(topology);
  refuseIncompleteOrganizations(topology);
  refuseTooManyOrderers(topology);
  refuseTooManyCommitteeNodes(topology);
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

function refuseTooManyOrderers({ consensus, organizations }: Topology): void {
  const total = organizations.reduce((sum, { orderers }) => sum + orderers.length, 0);
  const tolerated = toleratedOrderers(consensus, total);
  const greedy = organizations.find(({ orderers }) => orderers.length > tolerated);
  if (total === 0) throw new NetworkError('TOPOLOGY_INVALID', 'topology: no organization runs an orderer');
  if (greedy) {
    const count = greedy.orderers.length;
    const what = `${greedy.name} runs ${count} of ${total} orderers, ${consensus} tolerates only ${tolerated}`;
    throw new NetworkError('TOO_MANY_ORDERERS', `topology: ${what}: spread the orderers over more organizations`);
  }
}

/** COMMITTEE.md: nobody may hold t nodes (would decide alone) nor more than n-t (could stop everybody). */
function refuseTooManyCommitteeNodes({ organizations, committee }: Topology): void {
  const total = organizations.reduce((sum, { committeeNodes }) => sum + committeeNodes.length, 0);
  if (total === 0) return;
  const { threshold } = committee;
  if (threshold > total) {
    throw new NetworkError('TOPOLOGY_INVALID', `topology: threshold ${threshold} with ${total} committee nodes`);
  }
  const most = Math.min(total - threshold, threshold - 1);
  const greedy = organizations.find(({ committeeNodes }) => committeeNodes.length > most);
  if (greedy) {
    const count = greedy.committeeNodes.length;
    const what = `${greedy.name} runs ${count} of ${total} committee nodes, threshold ${threshold} allows at most ${most}`;
    throw new NetworkError('TOO_MANY_COMMITTEE_NODES', `topology: ${what} in one organization`);
  }
}

function refuseIncompleteOrganizations(topology: Topology): void {
  const endorsing = endorsingOrganizations(topology);
  if (topology.chaincode.endorsements > endorsing.length) {
    const what = `${topology.chaincode.endorsements} endorsements of ${endorsing.length} endorsing organizations`;
    throw new NetworkError('TOPOLOGY_INVALID', `topology: the chaincode asks for ${what}`);
  }
  for (const organization of topology.organizations) {
    const endorses = endorsing.includes(organization);
    if (endorses !== (organization.chaincodePort !== undefined)) {
      const what = `${organization.name} has ${endorses ? 'peers but no chaincodePort' : 'a chaincodePort but no peer'}`;
      throw new NetworkError('TOPOLOGY_INVALID', `topology: ${what}`);
    }
    if (organization.gateway && !endorses) {
      throw new NetworkError('TOPOLOGY_INVALID', `topology: ${organization.name} has a gateway but no peer`);
    }
  }
}

function refuseDuplicates({ organizations }: Topology): void {
  const names = organizations.flatMap(({ name, mspId }) => [name, mspId]);
  const nodes = organizations.flatMap((organization) =>
    [...organization.orderers, ...organization.peers, ...organization.committeeNodes].map(
      (node) => `${node.name} of ${organization.name}`,
    ),
  );
  const ports = organizations.flatMap((organization) => [
    ...[...organization.orderers, ...organization.peers].flatMap(({ port }) => [port, port + 1, port + 2]),
    ...organization.committeeNodes.map(({ port }) => port),
    ...(organization.gateway ? [organization.gateway.port] : []),
    ...(organization.chaincodePort === undefined ? [] : [organization.chaincodePort]),
  ]);
  const duplicate =
    firstDuplicate(names) ?? firstDuplicate(nodes) ?? firstDuplicate(ports.map((offset) => `port ${offset}`));
  if (duplicate !== undefined) throw new NetworkError('TOPOLOGY_INVALID', `topology: ${duplicate} occurs twice`);
}

const firstDuplicate = (values: string[]): string | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);
