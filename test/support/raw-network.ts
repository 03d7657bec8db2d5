/** Networks for tests: the default or a Raft topology that runs the raw chaincode in the place of ours, and no application. */
import { join } from 'node:path';
import { findProjectRoot } from '../../network/data-directory.js';
import { withPeers } from '../../network/fabric-peer.js';
import { loadTopology, noApplication, type NetworkOptions, type NetworkPlan } from '../../network/network.js';
import { parseTopology } from '../../network/topology-file.js';
import type { Topology } from '../../network/topology.js';
import { placeOf } from './place.js';
import { rawChaincode } from './raw-chaincode/deployment.js';

const root = findProjectRoot();

export function rawTopology(consensus: Topology['consensus'] = 'bft'): Topology {
  const topology = loadTopology(join(root, 'network', 'topology.json'));
  const organizations = topology.organizations.map((organization) => {
    const drops = consensus === 'raft' && organization.roles.includes('trustee');
    return drops ? { ...organization, orderers: [] } : organization;
  });
  const chaincode = { ...topology.chaincode, command: [...rawChaincode.command] };
  return parseTopology({ ...topology, consensus, chaincode, organizations });
}

/** Options for a network of its own in `.guichet/<name>`; the Fabric programs are shared. */
export const rawNetwork = (name: 'test-network' | 'test-network-raft', topology = rawTopology()): NetworkOptions => ({
  ...placeOf(name),
  binDir: process.env.GUICHET_BIN ?? join(root, '.guichet', 'bin'),
  topology,
  application: noApplication,
});

/** Submits through the first peer's gateway and waits for the commit. */
export const put = (plan: NetworkPlan, chaincode: string, key: string, value: string): Promise<void> =>
  withPeers(plan.peers, async ([peer]) => {
    const network = peer!.gateway.getNetwork(plan.topology.channel);
    await network.getContract(chaincode).submitTransaction('put', key, value);
  });

/** Reads a key on every peer. */
export const get = (plan: NetworkPlan, chaincode: string, key: string): Promise<string[]> =>
  withPeers(plan.peers, (peers) =>
    Promise.all(
      peers.map(async (peer) => {
        const bytes = await peer.propose(plan.topology.channel, chaincode, 'get', [Buffer.from(key)]);
        return Buffer.from(bytes).toString();
      }),
    ),
  );
