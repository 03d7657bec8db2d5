/** Settings of peers and orderers: the release's own core.yaml and orderer.yaml, changed by environment. FABRIC v3.1. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './data-directory.js';
import { sampleConfigDir } from './fabric-programs.js';
import type { NetworkPlan, OrdererPlan, PeerPlan } from './plan.js';
import type { Listener } from './preflight.js';
import type { ProcessSpec } from './processes.js';

/** What peers and orderers listen on. */
export const nodeListeners = (plan: NetworkPlan): Listener[] =>
  [...plan.orderers, ...plan.peers].map(({ name, host, port }) => ({ name, host, ports: [port, port + 1, port + 2] }));

/** Writes a peer's core.yaml and says how to start it. */
export function peerProcess(plan: NetworkPlan, peer: PeerPlan): ProcessSpec {
  const cwd = plan.directory.nodeDir(peer.name);
  writeWhole(join(cwd, 'core.yaml'), peerConfig(plan));
  const { name, host, port, chaincodePort, operationsPort } = peer;
  const command = [join(plan.binDir, 'peer'), 'node', 'start'];
  return {
    name,
    group: 'fabric',
    host,
    ports: [port, chaincodePort, operationsPort],
    command,
    cwd,
    env: peerEnvironment(plan, peer, cwd),
  };
}

/** Writes an orderer's orderer.yaml and says how to start it. */
export function ordererProcess(plan: NetworkPlan, orderer: OrdererPlan): ProcessSpec {
  const cwd = plan.directory.nodeDir(orderer.name);
  writeWhole(join(cwd, 'orderer.yaml'), readFileSync(join(sampleConfigDir(plan.binDir), 'orderer.yaml')));
  const { name, host, port, adminPort, operationsPort } = orderer;
  const command = [join(plan.binDir, 'orderer')];
  return {
    name,
    group: 'fabric',
    host,
    ports: [port, adminPort, operationsPort],
    command,
    cwd,
    env: ordererEnvironment(orderer, cwd),
  };
}

/** Plain lines: they go to a file, and their end is shown when a step fails. */
const loggingEnvironment = {
  FABRIC_LOGGING_SPEC: 'warning',
  FABRIC_LOGGING_FORMAT: '%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}',
};

/** Go collects whenever a heap has doubled. These heaps are small and the messages large, so it would run all the time; memory is cheaper. */
const runtimeEnvironment = { GOGC: '400' };

/** The one list that the environment can't set: the external builders. */
function peerConfig(plan: NetworkPlan): string {
  const sample = readFileSync(join(sampleConfigDir(plan.binDir), 'core.yaml'), 'utf8');
  return [
    ['/opt/hyperledger/ccaas_builder', join(plan.projectRoot, 'network', 'builder')],
    ['CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG', 'GUICHET_CHAINCODE_CONNECTIONS'],
  ].reduce((text, [from = '', to = '']) => {
    if (!text.includes(from)) throw new Error(`the sample core.yaml no longer mentions ${from}`);
    return text.replace(from, to);
  }, sample);
}

function peerEnvironment(plan: NetworkPlan, peer: PeerPlan, dir: string): Record<string, string> {
  const { organization } = peer;
  const { certFile, keyFile } = organization.directory.tls(peer.node);
  const address = `${peer.host}:${peer.port}`;
  return {
    FABRIC_CFG_PATH: dir,
    ...loggingEnvironment,
    ...runtimeEnvironment,
    GUICHET_CHAINCODE_CONNECTIONS: plan.directory.connectionsDir(peer.name),
    CORE_PEER_ID: peer.name,
    CORE_PEER_NETWORKID: plan.topology.channel,
    CORE_PEER_LOCALMSPID: organization.mspId,
    CORE_PEER_MSPCONFIGPATH: organization.directory.nodeMspDir(peer.node),
    CORE_PEER_ADDRESS: address,
    CORE_PEER_LISTENADDRESS: address,
    CORE_PEER_CHAINCODELISTENADDRESS: `${peer.host}:${peer.chaincodePort}`,
    CORE_PEER_CHAINCODEADDRESS: `${peer.host}:${peer.chaincodePort}`,
    CORE_PEER_FILESYSTEMPATH: join(dir, 'production'),
    CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(dir, 'production', 'snapshots'),
    CORE_LEDGER_HISTORY_ENABLEHISTORYDATABASE: 'true',
    CORE_VM_ENDPOINT: '',
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_TLS_CERT_FILE: certFile,
    CORE_PEER_TLS_KEY_FILE: keyFile,
    CORE_PEER_TLS_ROOTCERT_FILE: organization.directory.tlsCaFile,
    ...operationsEnvironment('CORE', peer, certFile, keyFile),
    ...gossipEnvironment(peer, address),
    ...limitsEnvironment,
  };
}

/** The defaults mean half a minute of "no combination of peers can be derived" after boot. */
const gossipEnvironment = (peer: PeerPlan, address: string): Record<string, string> => ({
  // The organization's own anchor: other organizations' peers are learned from the channel.
  CORE_PEER_GOSSIP_BOOTSTRAP: `${peer.organization.peers[0]?.host ?? peer.host}:${peer.organization.peers[0]?.port ?? peer.port}`,
  CORE_PEER_GOSSIP_ENDPOINT: address,
  CORE_PEER_GOSSIP_EXTERNALENDPOINT: address,
  // A peer that calls another before it listens waits this long, 3 s by default, before it tries again.
  CORE_PEER_GOSSIP_DIALTIMEOUT: '1s',
  CORE_PEER_GOSSIP_RECONNECTINTERVAL: '1s',
  CORE_PEER_GOSSIP_PULLINTERVAL: '1s',
  CORE_PEER_GOSSIP_ALIVETIMEINTERVAL: '1s',
  CORE_PEER_GOSSIP_PUBLISHCERTPERIOD: '1s',
  CORE_PEER_GOSSIP_PUBLISHSTATEINFOINTERVAL: '1s',
  CORE_PEER_GOSSIP_REQUESTSTATEINFOINTERVAL: '1s',
  CORE_PEER_GOSSIP_MEMBERSHIPTRACKERINTERVAL: '1s',
});

const limitsEnvironment: Record<string, string> = {
  // A slot is held while a call waits for its commit, not only while it computes.
  CORE_PEER_LIMITS_CONCURRENCY_GATEWAYSERVICE: '5000',
  CORE_PEER_GATEWAY_ENDORSEMENTTIMEOUT: '10s',
  CORE_PEER_GATEWAY_BROADCASTTIMEOUT: '10s',
  CORE_PEER_GATEWAY_DIALTIMEOUT: '5s',
  // Clients ping each 60 s, and the default minimum is 60 s too: three pings that come a moment early, and the server ends the connection.
  CORE_PEER_KEEPALIVE_MININTERVAL: '10s',
  // A transaction's timestamp is the client's word: believe it only this far.
  CORE_PEER_AUTHENTICATION_TIMEWINDOW: '60s',
  // The default lets the pause between two attempts to reach an orderer grow to an hour.
  CORE_PEER_DELIVERYCLIENT_RECONNECTBACKOFFTHRESHOLD: '2s',
};

function ordererEnvironment(orderer: OrdererPlan, dir: string): Record<string, string> {
  const { organization } = orderer;
  const { certFile, keyFile } = organization.directory.tls(orderer.node);
  const roots = `[${organization.directory.tlsCaFile}]`;
  return {
    FABRIC_CFG_PATH: dir,
    ...loggingEnvironment,
    ...runtimeEnvironment,
    ORDERER_GENERAL_LISTENADDRESS: orderer.host,
    ORDERER_GENERAL_LISTENPORT: String(orderer.port),
    ORDERER_GENERAL_LOCALMSPID: organization.mspId,
    ORDERER_GENERAL_LOCALMSPDIR: organization.directory.nodeMspDir(orderer.node),
    ORDERER_GENERAL_BOOTSTRAPMETHOD: 'none',
    // As for the peers: seen as "too_many_pings", a submission that too few orderers took.
    ORDERER_GENERAL_KEEPALIVE_SERVERMININTERVAL: '10s',
    ORDERER_GENERAL_TLS_ENABLED: 'true',
    ORDERER_GENERAL_TLS_CERTIFICATE: certFile,
    ORDERER_GENERAL_TLS_PRIVATEKEY: keyFile,
    ORDERER_GENERAL_TLS_ROOTCAS: roots,
    ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: certFile,
    ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: keyFile,
    ORDERER_GENERAL_CLUSTER_RPCTIMEOUT: '1s',
    ORDERER_FILELEDGER_LOCATION: join(dir, 'production'),
    ORDERER_CONSENSUS_WALDIR: join(dir, 'consensus', 'wal'),
    ORDERER_CONSENSUS_SNAPDIR: join(dir, 'consensus', 'snapshot'),
    ORDERER_CHANNELPARTICIPATION_ENABLED: 'true',
    ORDERER_ADMIN_LISTENADDRESS: `${orderer.host}:${orderer.adminPort}`,
    ORDERER_ADMIN_TLS_ENABLED: 'true',
    ORDERER_ADMIN_TLS_CERTIFICATE: certFile,
    ORDERER_ADMIN_TLS_PRIVATEKEY: keyFile,
    ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED: 'true',
    ORDERER_ADMIN_TLS_CLIENTROOTCAS: roots,
    ...operationsEnvironment('ORDERER', orderer, certFile, keyFile),
  };
}

/** Health is open to whoever trusts the TLS CA, metrics ask for a client certificate of the organization. */
function operationsEnvironment(
  prefix: 'CORE' | 'ORDERER',
  node: PeerPlan | OrdererPlan,
  certFile: string,
  keyFile: string,
): Record<string, string> {
  const [cert, key, roots] =
    prefix === 'CORE'
      ? ['CERT_FILE', 'KEY_FILE', 'CLIENTROOTCAS_FILES']
      : ['CERTIFICATE', 'PRIVATEKEY', 'CLIENTROOTCAS'];
  const caFile = node.organization.directory.tlsCaFile;
  return {
    [`${prefix}_OPERATIONS_LISTENADDRESS`]: `${node.host}:${node.operationsPort}`,
    [`${prefix}_OPERATIONS_TLS_ENABLED`]: 'true',
    [`${prefix}_OPERATIONS_TLS_${cert}`]: certFile,
    [`${prefix}_OPERATIONS_TLS_${key}`]: keyFile,
    [`${prefix}_OPERATIONS_TLS_${roots}`]: prefix === 'CORE' ? caFile : `[${caFile}]`,
    [`${prefix}_METRICS_PROVIDER`]: 'prometheus',
  };
}
