/** The rules that keep one organization from deciding, or stopping everybody, alone; and what must fit together. */
import { NetworkError } from './errors.js';
import type { OrganizationTopology, Topology } from './topology.js';

/** How many orderers may fail, or lie in the case of BFT, before the channel stops. */
export const toleratedOrderers = (consensus: Topology['consensus'], orderers: number): number =>
  Math.floor((orderers - 1) / (consensus === 'bft' ? 3 : 2));

/** Chaincodes and versions that one organization can serve at a time; each takes a port from `chaincodePort` on. */
export const CHAINCODE_SLOTS = 20;

/** The identity with which an organization's committee nodes write, and the attribute that it needs for that. */
export const COMMITTEE = 'committee';
/** Organizations whose peers a committee node without an own one needs. */
const WITNESSES = 2;

/** Organizations with a peer endorse. */
export const endorsingOrganizations = (topology: Topology): OrganizationTopology[] =>
  topology.organizations.filter((organization) => organization.peers.length > 0);

/** @throws NetworkError TOPOLOGY_INVALID, TOO_MANY_ORDERERS, TOO_MANY_COMMITTEE_NODES */
export function checkTopology(topology: Topology): void {
  refuseDuplicates(topology);
  refuseIncompleteOrganizations(topology);
  refuseTooManyOrderers(topology);
  refuseTooManyCommitteeNodes(topology);
  refuseHelplessCommitteeNodes(topology);
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

/** Of n committee nodes with threshold t nobody may run t (would decide alone) nor more than n-t (could stop everybody). */
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
  if (threshold * 2 <= total) {
    const what = `threshold ${threshold} is not more than half of ${total} committee nodes`;
    throw new NetworkError('TOPOLOGY_INVALID', `topology: ${what}`);
  }
}

/** A node writes with an identity of its own, and reads from its organization's peer or believes what two others' peers say alike. */
function refuseHelplessCommitteeNodes(topology: Topology): void {
  const endorsing = endorsingOrganizations(topology);
  for (const organization of topology.organizations.filter(({ committeeNodes }) => committeeNodes.length > 0)) {
    const { name, identities } = organization;
    if (!(identities[COMMITTEE]?.includes(COMMITTEE) ?? false)) {
      const what = `${name} has committee nodes but no identity "${COMMITTEE}" with the attribute of that name`;
      throw new NetworkError('TOPOLOGY_INVALID', `topology: ${what}`);
    }
    if (!endorsing.includes(organization) && endorsing.length < WITNESSES) {
      const what = `${name} has committee nodes and no peer: they need those of ${WITNESSES} other organizations`;
      throw new NetworkError('TOPOLOGY_INVALID', `topology: ${what}`);
    }
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
    ...chaincodePorts(organization),
  ]);
  const duplicate =
    firstDuplicate(names) ?? firstDuplicate(nodes) ?? firstDuplicate(ports.map((offset) => `port ${offset}`));
  if (duplicate !== undefined) throw new NetworkError('TOPOLOGY_INVALID', `topology: ${duplicate} occurs twice`);
}

const chaincodePorts = ({ chaincodePort }: OrganizationTopology): number[] =>
  chaincodePort === undefined ? [] : Array.from({ length: CHAINCODE_SLOTS }, (_, slot) => chaincodePort + slot);

const firstDuplicate = (values: string[]): string | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);
