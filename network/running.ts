/** What a change of a running network starts from: everything of Fabric runs, and the ledger says what the topology says. */
import { chaincodeProcesses } from './chaincode-servers.js';
import { committedDefinition, type CommittedDefinition } from './committed-definition.js';
import { NetworkError } from './errors.js';
import { withPeers } from './fabric-peer.js';
import type { NetworkPlan } from './plan.js';
import { ProcessTable } from './processes.js';

/** @throws NetworkError NOT_RUNNING */
export function assertRunning(plan: NetworkPlan): void {
  const table = new ProcessTable(plan.directory);
  const processes = [...plan.orderers, ...plan.peers, ...chaincodeProcesses(plan, plan.topology.chaincode)];
  const dead = processes.find(({ name }) => !table.running(name));
  if (dead) throw new NetworkError('NOT_RUNNING', `${dead.name} does not run: \`network up\` first`);
}

/**
 * The chaincode's definition that holds.
 * @throws NetworkError TOPOLOGY_CHANGED if the topology or what was agreed last means another version, which `up` would bring
 */
export async function agreedDefinition({ peers, topology }: NetworkPlan): Promise<CommittedDefinition> {
  const { name, version } = topology.chaincode;
  const committed = await withPeers(peers.slice(0, 1), async ([peer]) => {
    if (!peer) throw new Error('the network has no peer');
    return committedDefinition(peer, topology.channel, name);
  });
  if (committed.version === version) return committed;
  const message = `chaincode ${name} ${committed.version} is committed, ${version} is meant: \`network up\` first`;
  throw new NetworkError('TOPOLOGY_CHANGED', message);
}
