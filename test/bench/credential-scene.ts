/** A network on which credentials can be asked for: an event with its key, an attestor and a gate device that the ledger knows, and the nodes. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProcessTable, type NetworkPlan } from '../../network/network.js';
import { generateSigningKey, type SigningKey } from '../../gateway/signer/sign-statement.js';
import type { BenchNetwork } from './bench-network.js';
import type { Attestor, Where } from './credential-requests.js';
import { awaitKey, openEvent } from './key-generations.js';
import type { RunningNode } from './node-load.js';

export interface CredentialScene extends Where {
  readonly attestor: Attestor;
  readonly device: { readonly name: string; readonly key: SigningKey };
  /** The node whose time is measured. */
  readonly measured: RunningNode;
  /** Those that the attestor's handles may go to: all but its own organization's. */
  readonly asked: readonly RunningNode[];
  readonly all: readonly RunningNode[];
}

const EVENT = 'OrganizerMSP:credentials';
const ATTESTOR = 'ResellerMSP';
const DEVICE = 'bench-gate';
const DAY_MS = 86_400_000;

const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export async function openScene({ plan, profileOf, clientOf }: BenchNetwork): Promise<CredentialScene> {
  const organizer = clientOf('organizer');
  const validity = { notBefore: iso(Date.now() - DAY_MS), notAfter: iso(Date.now() + 30 * DAY_MS) };
  const attestor = { mspId: ATTESTOR, key: generateSigningKey() };
  const { jwk } = attestor.key;
  await clientOf('reseller').registerKey(ATTESTOR, { use: 'attestor', jwk, ...validity });
  await openEvent(organizer, EVENT);
  const device = { name: DEVICE, key: generateSigningKey() };
  const registration = { device: DEVICE, jwk: device.key.jwk, notAfter: validity.notAfter };
  await clientOf('venue').registerDevice(EVENT, registration);
  for (const key of ['dedup', EVENT]) await awaitKey(organizer, key);
  const nodes = plan.committeeNodes.map((node) => ({ node, running: runningNode(plan, node) }));
  const asked = nodes.filter(({ node }) => node.organization.mspId !== ATTESTOR).map(({ running }) => running);
  const [measured] = asked;
  if (!measured) throw new Error('no node may be asked');
  const { channel } = profileOf('organizer');
  return { channel, event: EVENT, attestor, device, measured, asked, all: nodes.map(({ running }) => running) };
}

function runningNode(
  plan: NetworkPlan,
  { name, node, organization: { mspId }, host, port }: NetworkPlan['committeeNodes'][number],
): RunningNode {
  const record = new ProcessTable(plan.directory).running(name);
  if (!record) throw new Error(`${name} does not run`);
  return { mspId, node, url: `http://${host}:${port}`, pid: record.pid };
}

export interface Twin extends RunningNode {
  stop(): Promise<void>;
}

/** The first node again, on noble: with a copy of its stores, so with the same shares. Nothing may be asked of the node meanwhile. */
export async function startNobleTwin({ committeeNodes: [node] }: NetworkPlan): Promise<Twin> {
  if (!node) throw new Error('there are no nodes');
  const { profileFile, dataDir } = node.organization.directory.committeeNode(node.node);
  const copy = join(dirname(dataDir), 'data-noble');
  cpSync(dataDir, copy, { recursive: true });
  const profile = JSON.parse(readFileSync(profileFile, 'utf8')) as object;
  const file = join(dirname(profileFile), 'profile-noble.json');
  writeFileSync(file, JSON.stringify({ ...profile, dataDir: copy, listen: { host: node.host, port: 0 } }));
  const env = { ...process.env, GUICHET_PROFILE: file };
  const child = fork(new URL('./noble-node.js', import.meta.url), {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  const { mspId } = node.organization;
  const url = `http://${node.host}:${port}`;
  return { mspId, node: node.node, url, pid: child.pid ?? 0, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  const over = once(child, 'exit');
  child.disconnect();
  await over;
}
