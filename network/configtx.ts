/** Renders configtx.yaml, from which configtxgen makes the channel's first block: who is a member, who orders, how blocks are cut. */
import { join } from 'node:path';
import type { NetworkPlan, OrdererPlan, OrganizationPlan } from './plan.js';

export const PROFILE = 'Guichet';

/** The file's text. JSON is YAML, so there is no template and nothing to escape. */
export function renderConfigtx(plan: NetworkPlan): string {
  return `${JSON.stringify({ Profiles: { [PROFILE]: renderProfile(plan) } }, null, 2)}\n`;
}

function renderProfile(plan: NetworkPlan) {
  return {
    Policies: { ...membersPolicies(), Admins: implicit('MAJORITY Admins') },
    Capabilities: { V3_0: true },
    Application: {
      // A trustee endorses nothing but is a member: it reads everything and votes on the channel's configuration.
      Organizations: plan.organizations.map(renderOrganization),
      Policies: {
        ...membersPolicies(),
        Admins: implicit('MAJORITY Admins'),
        // Not MAJORITY over all members: only organizations with a peer can endorse.
        LifecycleEndorsement: endorsedBy(Math.floor(plan.endorsing.length / 2) + 1, plan.endorsing),
        Endorsement: endorsedBy(plan.topology.chaincode.endorsements, plan.endorsing),
      },
      Capabilities: { V2_5: true },
    },
    Orderer: renderOrderer(plan),
  };
}

function renderOrganization(organization: OrganizationPlan) {
  const { mspId, directory, orderers, peers } = organization;
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: directory.mspDir,
    Policies: {
      Readers: signature(`OR('${mspId}.member')`),
      Writers: signature(`OR('${mspId}.member')`),
      Admins: signature(`OR('${mspId}.admin')`),
      Endorsement: signature(`OR('${mspId}.peer')`),
    },
    ...(orderers.length > 0 && { OrdererEndpoints: orderers.map(({ host, port }) => `${host}:${port}`) }),
    ...(peers.length > 0 && { AnchorPeers: peers.slice(0, 1).map(({ host, port }) => ({ Host: host, Port: port })) }),
  };
}

function renderOrderer({ topology, organizations, orderers }: NetworkPlan) {
  const { block, consensus } = topology;
  return {
    OrdererType: consensus === 'bft' ? 'BFT' : 'etcdraft',
    // BFT ignores BatchTimeout and uses RequestBatchMaxInterval instead.
    BatchTimeout: `${block.intervalMs}ms`,
    BatchSize: {
      MaxMessageCount: block.maxMessageCount,
      AbsoluteMaxBytes: block.absoluteMaxBytes,
      PreferredMaxBytes: block.preferredMaxBytes,
    },
    Organizations: organizations.filter((organization) => organization.orderers.length > 0).map(renderOrganization),
    Policies: {
      ...membersPolicies(),
      Admins: implicit('MAJORITY Admins'),
      BlockValidation: implicit('ANY Writers'),
    },
    Capabilities: { V2_0: true },
    ...(consensus === 'bft'
      ? { ConsenterMapping: orderers.map(renderConsenter), SmartBFT: smartBft(block.intervalMs) }
      : { EtcdRaft: { Consenters: orderers.map(renderRaftConsenter), Options: raftOptions } }),
  };
}

const renderRaftConsenter = ({ host, port, node, organization }: OrdererPlan) => {
  const { certFile } = organization.directory.tls(node);
  return { Host: host, Port: port, ClientTLSCert: certFile, ServerTLSCert: certFile };
};

const renderConsenter = (orderer: OrdererPlan, index: number) => ({
  ...renderRaftConsenter(orderer),
  ID: index + 1,
  MSPID: orderer.organization.mspId,
  Identity: join(orderer.organization.directory.nodeMspDir(orderer.node), 'signcerts', 'cert.pem'),
});

/** The outage after a dead leader is the heartbeat timeout, 60 s by default; the pool holds what clients have in flight. */
const smartBft = (intervalMs: number) => ({
  RequestBatchMaxInterval: `${intervalMs}ms`,
  RequestForwardTimeout: '2s',
  // When a leader comes back before its heartbeat is missed, what it had in hand waits for this complaint.
  RequestComplainTimeout: '5s',
  RequestAutoRemoveTimeout: '3m',
  ViewChangeResendInterval: '2s',
  ViewChangeTimeout: '10s',
  LeaderHeartbeatTimeout: '4s',
  LeaderHeartbeatCount: 10,
  CollectTimeout: '1s',
  IncomingMessageBufferSize: 200,
  RequestPoolSize: 10_000,
});

const raftOptions = {
  TickInterval: '100ms',
  ElectionTick: 10,
  HeartbeatTick: 1,
  MaxInflightBlocks: 5,
  SnapshotIntervalSize: '16 MB',
};

const implicit = (rule: string) => ({ Type: 'ImplicitMeta', Rule: rule });
const signature = (rule: string) => ({ Type: 'Signature', Rule: rule });
const membersPolicies = () => ({ Readers: implicit('ANY Readers'), Writers: implicit('ANY Writers') });
const endorsedBy = (count: number, organizations: readonly OrganizationPlan[]) =>
  signature(`OutOf(${count}, ${organizations.map(({ mspId }) => `'${mspId}.peer'`).join(', ')})`);
