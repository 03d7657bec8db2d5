/** Deploying a chaincode on a running network: servers, package, approvals, commit, and the proof that it endorses. */
import {
  chaincodeProcesses,
  retireOtherVersions,
  startChaincodeServers,
  type ChaincodeServer,
} from './chaincode-servers.js';
import { packChaincode } from './chaincode-package.js';
import type { EndorsementPolicy } from './endorsement-policy.js';
import { withPeers, type PeerConnection } from './fabric-peer.js';
import { commitDefinition, installChaincode } from './lifecycle.js';
import { withLock } from './lock.js';
import type { NetworkPlan } from './plan.js';
import { ProcessTable } from './processes.js';
import { until } from './waiting.js';

const ENDORSEMENT_MS = 30_000;

/** A new version is another package and another server; raise `sequence` with it. */
export interface ChaincodeDeployment extends ChaincodeServer {
  readonly sequence: number;
  /** Default: as many of the endorsing organizations as the topology says. */
  readonly endorsementPolicy?: EndorsementPolicy;
  /** Only `false` is supported: a chaincode starts from arguments that all organizations endorse. */
  readonly initRequired?: false;
}

/**
 * Deploys a chaincode, or does what is missing, and returns when all endorsing organizations endorse it.
 * @throws NetworkError LOCKED, NOT_READY, PROCESS_DIED, PORT_TAKEN, TOPOLOGY_INVALID (new version, old sequence)
 */
export async function deployChaincode(plan: NetworkPlan, deployment: ChaincodeDeployment): Promise<void> {
  await withLock(plan.directory.root, async () => {
    await startChaincodeServers(plan, deployment);
    await agreeOnChaincode(plan, deployment);
    await awaitEndorsement(plan, deployment);
  });
}

/** Installs on every peer, approves by every organization and commits. */
export async function agreeOnChaincode(plan: NetworkPlan, deployment: ChaincodeDeployment): Promise<void> {
  const { name, version, sequence } = deployment;
  const pack = packChaincode(name, version);
  const policy = deployment.endorsementPolicy ?? {
    count: plan.topology.chaincode.endorsements,
    mspIds: plan.endorsing.map(({ mspId }) => mspId),
  };
  const { channel } = plan.topology;
  await withPeers(plan.peers, async (peers) => {
    await Promise.all(peers.map((peer) => installChaincode(peer, pack)));
    await commitDefinition(firstOfEach(plan, peers), { channel, name, version, sequence, policy }, pack.id);
  });
  await retireOtherVersions(plan, deployment);
}

/** Ready means: through each organization's gateway, all endorsing organizations endorse. An open port says nothing. */
export async function awaitEndorsement(plan: NetworkPlan, server: ChaincodeServer): Promise<void> {
  const { channel } = plan.topology;
  const table = new ProcessTable(plan.directory);
  const names = [...chaincodeProcesses(plan, server), ...plan.peers].map(({ name }) => name);
  const guard = () => names.forEach((name) => table.assertRunning(name));
  const endorsingOrganizations = plan.endorsing.map(({ mspId }) => mspId);
  await withPeers(plan.peers, (peers) =>
    Promise.all(
      peers.map((peer) =>
        until({ what: `${server.name} through ${peer.plan.name}`, timeoutMs: ENDORSEMENT_MS, guard }, async () => {
          const contract = peer.gateway.getNetwork(channel).getContract(server.name);
          await contract.newProposal('org.hyperledger.fabric:GetMetadata', { endorsingOrganizations }).endorse();
        }),
      ),
    ),
  );
}

const firstOfEach = (plan: NetworkPlan, peers: readonly PeerConnection[]): PeerConnection[] =>
  plan.endorsing.flatMap(({ peers: [first] }) => peers.filter((peer) => peer.plan === first));
