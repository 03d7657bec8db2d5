/**
 * Chaincode servers: one process per endorsing organization and chaincode version, reached by the organization's peers
 * over mutual TLS. A record per label says what was deployed, so that `up` brings it back.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { packChaincode } from './chaincode-package.js';
import { readJson, writeJson } from './data-directory.js';
import { NetworkError } from './errors.js';
import { CHAINCODE_NODE, readPem, serverName } from './membership.js';
import type { NetworkPlan, OrganizationPlan, PeerPlan } from './plan.js';
import { assertPortsFree } from './preflight.js';
import { ProcessTable, type ProcessSpec } from './processes.js';
import { CHAINCODE_SLOTS } from './topology-rules.js';
import { accepts, until } from './waiting.js';

const LISTEN_MS = 30_000;

export interface ChaincodeServer {
  readonly name: string;
  readonly version: string;
  /** Program and arguments, run in the project's folder. */
  readonly command: readonly string[];
}

const recordSchema = z.object({
  name: z.string(),
  version: z.string(),
  label: z.string(),
  packageId: z.string(),
  /** Offset from each organization's chaincode port. */
  slot: z.int(),
  command: z.array(z.string()),
});
type ChaincodeRecord = z.output<typeof recordSchema>;

/**
 * Starts the servers that are not running.
 * @throws NetworkError SERVICE_MISSING, PORT_TAKEN
 */
export async function startChaincodeServers(plan: NetworkPlan, server: ChaincodeServer): Promise<void> {
  assertCommandExists(plan, server.command);
  const record = recordOf(plan, server);
  const table = new ProcessTable(plan.directory);
  const specs = chaincodeProcesses(plan, server);
  await assertPortsFree(specs.filter(({ name }) => !table.running(name)));
  for (const peer of plan.peers) writeConnection(plan, peer, record);
  writeJson(recordFile(plan, record.label), record);
  for (const spec of specs) table.start(spec);
}

/** An open port says less than an endorsement, but before a definition names them nobody can call them. */
export async function awaitListening(plan: NetworkPlan, server: ChaincodeServer): Promise<void> {
  const table = new ProcessTable(plan.directory);
  await Promise.all(
    chaincodeProcesses(plan, server).map(({ name, host, ports: [port = 0] }) => {
      const guard = () => table.assertRunning(name);
      const logLines = () => table.logTail(name);
      return until({ what: name, timeoutMs: LISTEN_MS, guard, logLines }, () => accepts({ host, port }));
    }),
  );
}

/** Starts the servers of everything deployed besides one chaincode: what benches and operators added. */
export async function startOtherChaincodes(plan: NetworkPlan, besides: string): Promise<void> {
  for (const record of deployed(plan)) if (record.name !== besides) await startChaincodeServers(plan, record);
}

/** Once a version is committed its predecessors are no longer called. */
export async function retireOtherVersions(plan: NetworkPlan, { name, version }: ChaincodeServer): Promise<void> {
  const table = new ProcessTable(plan.directory);
  for (const record of deployed(plan)) {
    if (record.name !== name || record.version === version) continue;
    await Promise.all(plan.endorsing.map((organization) => table.stop(processName(organization, record))));
    rmSync(recordFile(plan, record.label));
  }
}

/** How to start the server of each endorsing organization. */
export function chaincodeProcesses(plan: NetworkPlan, server: ChaincodeServer): ProcessSpec[] {
  const record = recordOf(plan, server);
  return plan.endorsing.map((organization) => ({
    name: processName(organization, record),
    group: 'fabric',
    command: record.command,
    cwd: plan.projectRoot,
    host: '127.0.0.1',
    ports: [serverPort(organization, record)],
    env: { ...serverEnvironment(organization, record), CHAINCODE_FOUNDING: foundingOf(plan) },
  }));
}

/** @throws NetworkError SERVICE_MISSING when a command names a script that is not there */
export function assertCommandExists(plan: NetworkPlan, command: readonly string[]): void {
  const script = command.find((word) => /\.[cm]?js$/.test(word));
  if (script === undefined || existsSync(resolve(plan.projectRoot, script))) return;
  throw new NetworkError('SERVICE_MISSING', `${script} does not exist: run \`npm run build\` first`);
}

/** The founders as a chaincode may ask them to be founded: each organization runs with the list that it agrees to, who joined since too. */
function foundingOf({ founders }: NetworkPlan): string {
  return JSON.stringify({ organizations: founders.map(({ mspId, name, roles }) => ({ mspId, name, roles })) });
}

function serverEnvironment(organization: OrganizationPlan, record: ChaincodeRecord): Record<string, string> {
  const { certFile, keyFile } = organization.directory.tls(CHAINCODE_NODE);
  return {
    CHAINCODE_SERVER_ADDRESS: `127.0.0.1:${serverPort(organization, record)}`,
    CHAINCODE_ID: record.packageId,
    CORE_PEER_LOCALMSPID: organization.mspId,
    CHAINCODE_TLS_CERT_FILE: certFile,
    CHAINCODE_TLS_KEY_FILE: keyFile,
    CHAINCODE_TLS_CLIENT_CA_FILE: organization.directory.tlsCaFile,
    CORE_CHAINCODE_LOGGING_LEVEL: 'WARNING',
  };
}

/** What the external builder hands this peer: where its organization's server is and how to prove itself to it. */
function writeConnection(plan: NetworkPlan, peer: PeerPlan, record: ChaincodeRecord): void {
  const { organization } = peer;
  const { certFile, keyFile } = organization.directory.tls(peer.node);
  const connection = {
    address: `127.0.0.1:${serverPort(organization, record)}`,
    domain: serverName(CHAINCODE_NODE, organization),
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    client_key: readPem(keyFile),
    client_cert: readPem(certFile),
    root_cert: readPem(organization.directory.tlsCaFile),
  };
  writeJson(join(plan.directory.connectionsDir(peer.name), `${record.label}.json`), connection, 0o600);
}

/** The record of a server, with the port that it has or the first free one. */
function recordOf(plan: NetworkPlan, { name, version, command }: ChaincodeServer): ChaincodeRecord {
  const { label, id } = packChaincode(name, version);
  const records = deployed(plan);
  const taken = new Set(records.map(({ slot }) => slot));
  const free = Array.from({ length: CHAINCODE_SLOTS }, (_, slot) => slot).find((slot) => !taken.has(slot));
  const slot = records.find((record) => record.label === label)?.slot ?? free;
  if (slot === undefined) throw new NetworkError('TOPOLOGY_INVALID', `no port left for chaincode ${label}`);
  return { name, version, label, packageId: id, slot, command: [...command] };
}

function deployed(plan: NetworkPlan): ChaincodeRecord[] {
  const { chaincodesDir } = plan.directory;
  if (!existsSync(chaincodesDir)) return [];
  const files = readdirSync(chaincodesDir).filter((file) => file.endsWith('.json'));
  return files.map((file) => recordSchema.parse(readJson(join(chaincodesDir, file))));
}

const recordFile = (plan: NetworkPlan, label: string): string => join(plan.directory.chaincodesDir, `${label}.json`);
const processName = (organization: OrganizationPlan, { name, version }: ChaincodeServer): string =>
  `chaincode-${name}-${version}-${organization.name}`;
const serverPort = (organization: OrganizationPlan, { slot }: ChaincodeRecord): number =>
  (organization.chaincodePort ?? 0) + slot;
