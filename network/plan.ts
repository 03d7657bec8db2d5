/** The plan: a topology placed in a data directory and on ports. What every later step reads. */
import type { DataDirectory, OrganizationDirectory } from './data-directory.js';
import type { NodeTopology, OrganizationTopology, Topology } from './topology.js';

export interface PeerPlan {
  /** Name of process, log and record, e.g. `peer0-organizer`. */
  readonly name: string;
  readonly node: string;
  readonly host: string;
  readonly port: number;
  /** Where the peer would listen for chaincodes that call it; ours are called instead, but it always listens. */
  readonly chaincodePort: number;
  readonly operationsPort: number;
  readonly organization: OrganizationPlan;
}

export interface OrdererPlan {
  readonly name: string;
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly operationsPort: number;
  readonly organization: OrganizationPlan;
}

/** A node of the committee; its process is the application's. */
export interface CommitteeNodePlan {
  /** Name of its process without the service, e.g. `committee0-organizer`. */
  readonly name: string;
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly organization: OrganizationPlan;
}

export interface OrganizationPlan {
  readonly name: string;
  readonly mspId: string;
  readonly roles: OrganizationTopology['roles'];
  readonly directory: OrganizationDirectory;
  readonly orderers: OrdererPlan[];
  readonly peers: PeerPlan[];
  readonly committeeNodes: CommitteeNodePlan[];
  readonly gateway: { readonly host: string; readonly port: number } | undefined;
  /** Undefined in organizations that don't endorse. */
  readonly chaincodePort: number | undefined;
  /** Identity name to attribute names. */
  readonly identities: Readonly<Record<string, readonly string[]>>;
}

export interface NetworkPlan {
  /** What the network is. */
  readonly topology: Topology;
  /** How it began: what the channel's first block was made from. */
  readonly founding: Topology;
  readonly portBase: number;
  readonly directory: DataDirectory;
  /** The project that the commands of chaincode and services run in. */
  readonly projectRoot: string;
  /** Where the Fabric programs are. */
  readonly binDir: string;
  readonly organizations: readonly OrganizationPlan[];
  /** Without those that joined since. */
  readonly founders: readonly OrganizationPlan[];
  readonly endorsing: readonly OrganizationPlan[];
  readonly peers: readonly PeerPlan[];
  readonly orderers: readonly OrdererPlan[];
  readonly committeeNodes: readonly CommitteeNodePlan[];
}

export interface PlanOptions {
  readonly topology: Topology;
  /** Default: the topology itself. */
  readonly founding?: Topology;
  readonly portBase: number;
  readonly directory: DataDirectory;
  readonly projectRoot: string;
  readonly binDir: string;
}

export function planNetwork(options: PlanOptions): NetworkPlan {
  const { topology, founding = topology } = options;
  const organizations = topology.organizations.map((organization) => planOrganization(organization, options));
  const founders = new Set(founding.organizations.map(({ name }) => name));
  return {
    ...options,
    founding,
    organizations,
    founders: organizations.filter(({ name }) => founders.has(name)),
    endorsing: organizations.filter(({ peers }) => peers.length > 0),
    peers: organizations.flatMap(({ peers }) => peers),
    orderers: organizations.flatMap(({ orderers }) => orderers),
    committeeNodes: organizations.flatMap(({ committeeNodes }) => committeeNodes),
  };
}

function planOrganization(topology: OrganizationTopology, { portBase, directory }: PlanOptions): OrganizationPlan {
  const organization: OrganizationPlan = {
    name: topology.name,
    mspId: topology.mspId,
    roles: topology.roles,
    directory: directory.organization(topology.name),
    orderers: [],
    peers: [],
    committeeNodes: [],
    gateway: topology.gateway && { host: topology.gateway.host, port: portBase + topology.gateway.port },
    chaincodePort: topology.chaincodePort === undefined ? undefined : portBase + topology.chaincodePort,
    identities: { ...topology.identities, admin: ['admin'] },
  };
  const place = (node: NodeTopology) => ({
    name: `${node.name}-${topology.name}`,
    node: node.name,
    host: node.host,
    port: portBase + node.port,
    organization,
  });
  const withOperations = (node: NodeTopology) => ({ ...place(node), operationsPort: portBase + node.port + 2 });
  organization.orderers.push(
    ...topology.orderers.map((node) => ({ ...withOperations(node), adminPort: portBase + node.port + 1 })),
  );
  organization.peers.push(
    ...topology.peers.map((node) => ({ ...withOperations(node), chaincodePort: portBase + node.port + 1 })),
  );
  organization.committeeNodes.push(...topology.committeeNodes.map(place));
  return organization;
}
