/** What the network tells applications: a profile per organization with a gateway and per committee node, and a summary of everything. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeJson, writeWhole } from './data-directory.js';
import { NetworkError } from './errors.js';
import { GATEWAY_NODE, serverName } from './membership.js';
import type { CommitteeNodePlan, NetworkPlan, OrganizationPlan } from './plan.js';
import { COMMITTEE } from './topology-rules.js';

/** sun_path holds 108 bytes, one of them the terminator (unix(7)). */
const SOCKET_PATH_BYTES = 107;

/** @throws NetworkError SOCKET_PATH_TOO_LONG */
export function checkSocketPaths(plan: NetworkPlan): void {
  for (const { directory } of plan.organizations) {
    const bytes = Buffer.byteLength(directory.signerSocket);
    if (bytes > SOCKET_PATH_BYTES) {
      const message = `${directory.signerSocket} is ${bytes} bytes, a socket's path may have ${SOCKET_PATH_BYTES}`;
      throw new NetworkError('SOCKET_PATH_TOO_LONG', `${message}: set GUICHET_DATA to a shorter path`);
    }
  }
}

/** Everybody's profile, and the summary of all. */
export function writeProfiles(plan: NetworkPlan): void {
  for (const organization of plan.organizations) writeProfile(plan, organization);
  for (const node of plan.committeeNodes) writeCommitteeProfile(plan, node);
  writeJson(plan.directory.summaryFile, networkSummary(plan));
}

/** For one that is about to join: its profile and, beside it, the summary as it will be, since the network's own still holds. */
export function writeCandidate(plan: NetworkPlan, organization: OrganizationPlan): void {
  writeProfile(plan, organization);
  writeJson(organization.directory.candidacyFile, networkSummary(plan));
}

function writeProfile(plan: NetworkPlan, organization: OrganizationPlan): void {
  const { directory, gateway } = organization;
  if (!gateway) return;
  mkdirSync(directory.signerDir, { recursive: true, mode: 0o700 });
  if (!existsSync(directory.tokenFile)) {
    writeWhole(directory.tokenFile, `${randomBytes(32).toString('base64url')}\n`, 0o600);
  }
  writeJson(directory.profileFile, gatewayProfile(plan, organization, gateway));
}

function writeCommitteeProfile(plan: NetworkPlan, committeeNode: CommitteeNodePlan): void {
  const { organization, node, host, port } = committeeNode;
  const { profileFile, dataDir, keyFile } = organization.directory.committeeNode(node);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeJson(profileFile, {
    organization: organization.name,
    mspId: organization.mspId,
    node,
    channel: plan.topology.channel,
    chaincode: plan.topology.chaincode.name,
    listen: { host, port },
    peers: peerEndpoints(plan, organization),
    identity: organization.directory.identity(COMMITTEE),
    dataDir,
    keyFile,
    limitsPerDay: plan.topology.committee.limitsPerDay,
  });
}

const urlOf = ({ host, port }: { host: string; port: number }): string => `http://${host}:${port}`;

function gatewayProfile(plan: NetworkPlan, organization: OrganizationPlan, listen: { host: string; port: number }) {
  const { directory, mspId, name } = organization;
  return {
    mspId,
    name,
    roles: organization.roles,
    channel: plan.topology.channel,
    chaincode: plan.topology.chaincode.name,
    consensus: plan.topology.consensus,
    listen,
    publicUrl: urlOf(listen),
    endpoints: peerEndpoints(plan, organization),
    endorsingOrganizations: plan.endorsing.map((endorsing) => endorsing.mspId),
    endorsements: plan.topology.chaincode.endorsements,
    orderers: ordererEndpoints(plan),
    peersOperations: peersOperations(plan),
    /** Metrics are for this organization's own nodes only: each trusts its own TLS CA. */
    tlsClient: directory.tls(GATEWAY_NODE),
    identities: identityFiles(organization),
    signer: {
      socket: directory.signerSocket,
      storeDir: join(directory.signerDir, 'store'),
      logFile: join(directory.signerDir, 'signer.log'),
      keyFile: join(directory.signerDir, 'key'),
    },
    operatorsFee: plan.topology.operatorsFee,
    identityPolicy: plan.topology.identityPolicy,
    tokenFile: directory.tokenFile,
    committeeNodes: committeeMembers(plan),
    organizations: organizationList(plan),
    gateways: gatewayList(plan),
  };
}

/** All peers, this organization's own first. */
const peerEndpoints = (plan: NetworkPlan, own: OrganizationPlan) =>
  [...plan.peers]
    .sort((a, b) => Number(b.organization === own) - Number(a.organization === own))
    .map(({ organization, host, port, node }) => ({
      mspId: organization.mspId,
      address: `${host}:${port}`,
      tlsCaFile: organization.directory.tlsCaFile,
      serverName: serverName(node, organization),
    }));

const ordererEndpoints = (plan: NetworkPlan) =>
  plan.orderers.map(({ organization, host, port, node, operationsPort }) => ({
    mspId: organization.mspId,
    address: `${host}:${port}`,
    tlsCaFile: organization.directory.tlsCaFile,
    serverName: serverName(node, organization),
    operationsUrl: `https://${host}:${operationsPort}`,
  }));

const peersOperations = (plan: NetworkPlan) =>
  plan.peers.map(({ organization, host, operationsPort, node }) => ({
    mspId: organization.mspId,
    url: `https://${host}:${operationsPort}`,
    tlsCaFile: organization.directory.tlsCaFile,
    serverName: serverName(node, organization),
  }));

const identityFiles = ({ identities, directory }: OrganizationPlan) =>
  Object.fromEntries(
    Object.entries(identities).map(([identity, attributes]) => [
      identity,
      {
        ...directory.identity(identity),
        attributes: Object.fromEntries(attributes.map((attribute) => [attribute, 'true'])),
      },
    ]),
  );

const organizationList = (plan: NetworkPlan) =>
  plan.organizations.map((organization) => {
    const { name, mspId, roles, peers } = organization;
    return { name, mspId, roles, endorsing: peers.length > 0, founder: plan.founders.includes(organization) };
  });

const gatewayList = (plan: NetworkPlan) =>
  plan.organizations.flatMap(({ mspId, name, gateway }) => (gateway ? [{ mspId, name, url: urlOf(gateway) }] : []));

const committeeMembers = (plan: NetworkPlan) =>
  plan.committeeNodes.map((node) => ({ mspId: node.organization.mspId, node: node.node, url: urlOf(node) }));

function networkSummary(plan: NetworkPlan) {
  const { topology, portBase } = plan;
  return {
    channel: topology.channel,
    chaincode: topology.chaincode.name,
    consensus: topology.consensus,
    portBase,
    committee: {
      nodes: plan.committeeNodes.length,
      threshold: topology.committee.threshold,
      members: committeeMembers(plan),
    },
    organizations: organizationList(plan).map((organization) => ({
      ...organization,
      directory: plan.directory.organization(organization.name).root,
    })),
    gateways: gatewayList(plan).map((gateway) => ({
      ...gateway,
      profile: plan.directory.organization(gateway.name).profileFile,
    })),
    peers: plan.peers.map(({ name, organization, host, port, operationsPort }) => ({
      name,
      mspId: organization.mspId,
      address: `${host}:${port}`,
      operationsUrl: `https://${host}:${operationsPort}`,
    })),
    orderers: plan.orderers.map(({ name, organization, host, port, operationsPort }) => ({
      name,
      mspId: organization.mspId,
      address: `${host}:${port}`,
      operationsUrl: `https://${host}:${operationsPort}`,
    })),
  };
}
