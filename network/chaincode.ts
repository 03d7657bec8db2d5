/** Deploying a chaincode on a running network: servers, package, approvals, commit, and the proof that it endorses. */
import {
  chaincodeProcesses,
  retireOtherVersions,
  startChaincodeServers,
  type ChaincodeServer,
} from './chaincode-servers.js';
import { packChaincode } from './chaincode-package.js';
import { committedDefinition } from './committed-definition.js';
import type { EndorsementPolicy } from './endorsement-policy.js';
import { withPeers, type PeerConnection } from './fabric-peer.js';
import {
  approveCommitted,
  approveDefinition,
  commitDefinition,
  installChaincode,
  type ChaincodeDefinition,
} from './lifecycle.js';
import { withLock } from './lock.js';
import type { NetworkPlan, OrganizationPlan } from './plan.js';
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
    await retireOtherVersions(plan, deployment);
  });
}

/**
 * Installs on every peer, approves by every organization and commits.
 * @param approved runs when everybody has approved: what fails before it has ended, `up` does not go on with; afterwards it completes the rest
 */
export async function agreeOnChaincode(
  plan: NetworkPlan,
  deployment: ChaincodeDeployment,
  approved?: () => void | Promise<void>,
): Promise<void> {
  const pack = packChaincode(deployment.name, deployment.version);
  const definition = definitionOf(plan, deployment);
  await withPeers(plan.peers, async (peers) => {
    await Promise.all(peers.map((peer) => installChaincode(peer, pack)));
    const voters = firstOfEach(plan, peers);
    await approveDefinition(voters, definition, pack.id);
    await approved?.();
    await commitDefinition(voters, definition);
  });
}

/**
 * Makes an organization's peers run what the others have agreed on already; whether it counts among the endorsers is as it was.
 * @throws NetworkError NOT_READY
 */
export async function enterChaincode(
  plan: NetworkPlan,
  organization: OrganizationPlan,
  { name, version }: ChaincodeServer,
): Promise<void> {
  const { channel } = plan.topology;
  const pack = packChaincode(name, version);
  await withPeers(organization.peers, async (peers) => {
    await Promise.all(peers.map((peer) => installChaincode(peer, pack)));
    const [first] = peers;
    const { sequence, policy } = first ? await committedDefinition(first, channel, name) : {};
    if (!first || !policy || !sequence) throw new Error(`${name} is not committed in a form that we know`);
    await approveCommitted(first, { channel, name, version, sequence, policy }, pack.id);
  });
}

const definitionOf = (plan: NetworkPlan, deployment: ChaincodeDeployment): ChaincodeDefinition => ({
  channel: plan.topology.channel,
  name: deployment.name,
  version: deployment.version,
  sequence: deployment.sequence,
  policy: deployment.endorsementPolicy ?? {
    count: plan.topology.chaincode.endorsements,
    mspIds: plan.endorsing.map(({ mspId }) => mspId),
  },
});

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
