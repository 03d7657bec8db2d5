/**
 * Chaincode lifecycle: the same package on every endorsing peer, approval by every endorsing organization, one commit.
 * Each step looks first, so that it can be repeated after an interruption.
 */
import { peer as peerProtos } from '@hyperledger/fabric-protos';
import type { ChaincodePackage } from './chaincode-package.js';
import { approvalsOfCommitted, committedDefinition, LIFECYCLE } from './committed-definition.js';
import { encodePolicy, type EndorsementPolicy } from './endorsement-policy.js';
import { NetworkError } from './errors.js';
import type { PeerConnection } from './fabric-peer.js';
import { until } from './waiting.js';

const { lifecycle } = peerProtos;
const COMMIT_MS = 30_000;

export interface ChaincodeDefinition {
  readonly channel: string;
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  readonly policy: EndorsementPolicy;
}

export async function installChaincode(peer: PeerConnection, pack: ChaincodePackage): Promise<void> {
  const payload = await peer.propose('', LIFECYCLE, 'QueryInstalledChaincodes', [
    new lifecycle.QueryInstalledChaincodesArgs().serializeBinary(),
  ]);
  const installed = lifecycle.QueryInstalledChaincodesResult.deserializeBinary(payload).getInstalledChaincodesList();
  if (installed.some((chaincode) => chaincode.getPackageId() === pack.id)) return;
  const args = new lifecycle.InstallChaincodeArgs();
  args.setChaincodeInstallPackage(pack.bytes);
  const result = await peer.propose('', LIFECYCLE, 'InstallChaincode', [args.serializeBinary()]);
  const id = lifecycle.InstallChaincodeResult.deserializeBinary(result).getPackageId();
  if (id !== pack.id) throw new Error(`${peer.plan.name} computed package id ${id}, we computed ${pack.id}`);
}

/**
 * Approves by every organization at once, unless it is committed.
 * @param peers one connection per endorsing organization
 * @throws NetworkError NOT_READY when the channel does not take it in time, TOPOLOGY_INVALID for another version of the same sequence
 */
export async function approveDefinition(
  peers: readonly PeerConnection[],
  definition: ChaincodeDefinition,
  packageId: string,
): Promise<void> {
  const [first] = peers;
  if (!first || (await isCommitted(first, definition))) return;
  await Promise.all(
    peers.map((peer) =>
      until({ what: `approval by ${peer.plan.organization.name}`, timeoutMs: COMMIT_MS }, async () => {
        if (!(await approvedBy(peer, definition))) await approve(peer, definition, packageId);
      }),
    ),
  );
}

/** Approves what the others have committed already: from then on the organization's peers run that chaincode too. */
export async function approveCommitted(
  peer: PeerConnection,
  definition: ChaincodeDefinition,
  packageId: string,
): Promise<void> {
  const { channel, name } = definition;
  const { mspId, name: organization } = peer.plan.organization;
  await until({ what: `approval by ${organization}`, timeoutMs: COMMIT_MS }, async () => {
    const approvals = await approvalsOfCommitted(peer, channel, name);
    if (!approvals.includes(mspId)) await approve(peer, definition, packageId);
  });
}

/**
 * Commits and returns when every peer has read it: until then peers call the servers of the version before.
 * @param peers one connection per endorsing organization, each of which has approved
 * @throws NetworkError as approveDefinition
 */
export async function commitDefinition(
  peers: readonly PeerConnection[],
  definition: ChaincodeDefinition,
): Promise<void> {
  const [first] = peers;
  if (!first) return;
  await until({ what: `commit of ${definition.name}`, timeoutMs: COMMIT_MS }, async () => {
    if (!(await isCommitted(first, definition))) await commit(first, peers, definition);
  });
  await Promise.all(
    peers.map((peer) =>
      until({ what: `${definition.name} at ${peer.plan.name}`, timeoutMs: COMMIT_MS }, async () => {
        if (!(await isCommitted(peer, definition))) throw new Error('its peer has not read the commit');
      }),
    ),
  );
}

async function isCommitted(peer: PeerConnection, { channel, name, version, sequence }: ChaincodeDefinition) {
  const committed = await committedDefinition(peer, channel, name);
  if (committed.sequence < sequence) return false;
  if (committed.version === version) return true;
  const what = `${name} ${committed.version} is committed with sequence ${committed.sequence}`;
  throw new NetworkError(
    'TOPOLOGY_INVALID',
    `chaincode ${what}: give version ${version} sequence ${committed.sequence + 1}`,
  );
}

async function approvedBy(peer: PeerConnection, definition: ChaincodeDefinition): Promise<boolean> {
  const args = fill(new lifecycle.CheckCommitReadinessArgs(), definition);
  const payload = await peer.propose(definition.channel, LIFECYCLE, 'CheckCommitReadiness', [args.serializeBinary()]);
  const { approvalsMap } = lifecycle.CheckCommitReadinessResult.deserializeBinary(payload).toObject();
  return approvalsMap.some(([mspId, approved]) => mspId === peer.plan.organization.mspId && approved);
}

async function approve(peer: PeerConnection, definition: ChaincodeDefinition, packageId: string): Promise<void> {
  const local = new lifecycle.ChaincodeSource.Local();
  local.setPackageId(packageId);
  const source = new lifecycle.ChaincodeSource();
  source.setLocalPackage(local);
  const args = fill(new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs(), definition);
  args.setSource(source);
  await peer.gateway
    .getNetwork(definition.channel)
    .getContract(LIFECYCLE)
    .submit('ApproveChaincodeDefinitionForMyOrg', {
      arguments: [args.serializeBinary()],
      endorsingOrganizations: [peer.plan.organization.mspId],
    });
}

async function commit(
  peer: PeerConnection,
  peers: readonly PeerConnection[],
  definition: ChaincodeDefinition,
): Promise<void> {
  const args = fill(new lifecycle.CommitChaincodeDefinitionArgs(), definition);
  await peer.gateway
    .getNetwork(definition.channel)
    .getContract(LIFECYCLE)
    .submit('CommitChaincodeDefinition', {
      arguments: [args.serializeBinary()],
      endorsingOrganizations: peers.map(({ plan }) => plan.organization.mspId),
    });
}

interface DefinitionArgs {
  setName(value: string): void;
  setVersion(value: string): void;
  setSequence(value: number): void;
  setValidationParameter(value: Uint8Array): void;
  setEndorsementPlugin(value: string): void;
  setValidationPlugin(value: string): void;
}

/** Approval, readiness and commit compare the same fields: set them in one place. */
function fill<T extends DefinitionArgs>(args: T, definition: ChaincodeDefinition): T {
  args.setName(definition.name);
  args.setVersion(definition.version);
  args.setSequence(definition.sequence);
  args.setEndorsementPlugin('escc');
  args.setValidationPlugin('vscc');
  args.setValidationParameter(encodePolicy(definition.policy));
  return args;
}
