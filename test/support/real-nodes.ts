/** The committee's nodes of a real network: asked over HTTP, killed and started again by the network's own means, and what they have on their disks. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boardFrom, type Posted } from '../../chaincode/domain/key-generation/board.js';
import type { Board } from '../../chaincode/crypto/generation/board.js';
import { httpNode, type NodeClient } from '../../committee/client/index.js';
import { KeyLedger } from '../../committee/keys/key-ledger.js';
import type { NodeState } from '../../committee/protocol/index.js';
import { loadNodeKey } from '../../committee/storage/node-key.js';
import { openSecret, sealedSchema } from '../../committee/storage/sealed.js';
import { ShareStore, type KeyName } from '../../committee/storage/share-store.js';
import { loadSigningKey, type SigningKey } from '../../committee/storage/signing-key.js';
import type { RecordsReader } from '../../gateway/fabric/records.js';
import { guichet, ProcessTable, type NetworkPlan } from '../../network/network.js';
import { serviceProcesses } from '../../network/services.js';
import { until } from './until.js';

const MAX_COPIES = 10;
/** 32 bytes. */
const WORD = /"([A-Za-z0-9_-]{43})"/g;

type NodePlan = NetworkPlan['committeeNodes'][number];

export const urlOf = ({ host, port }: Pick<NodePlan, 'host' | 'port'>): string => `http://${host}:${port}`;

export const clientOf = (node: NodePlan, baseUrl = urlOf(node)): NodeClient =>
  // Looked up at each call: a suite may record what is fetched.
  httpNode({ mspId: node.organization.mspId, node: node.node, baseUrl, fetch: (url, init) => fetch(url, init) });

export const nodesOf = ({ committeeNodes }: NetworkPlan): NodeClient[] => committeeNodes.map((node) => clientOf(node));

/** @param name as its process is called, here and below */
export const nodeNamed = ({ committeeNodes }: NetworkPlan, name: string): NodePlan =>
  committeeNodes.find((node) => node.name === name)!;

export async function killNode({ directory }: NetworkPlan, ...names: readonly string[]): Promise<void> {
  const table = new ProcessTable(directory);
  for (const name of names) process.kill(table.running(name)!.pid, 'SIGKILL');
  await until(() => names.every((name) => table.running(name) === undefined));
}

export async function startNode(plan: NetworkPlan, ...names: readonly string[]): Promise<void> {
  const table = new ProcessTable(plan.directory);
  const specs = guichet.services.flatMap((service) => serviceProcesses(plan, service));
  for (const spec of specs) if (names.includes(spec.name)) table.start(spec);
  await Promise.all(names.map((name) => until(() => isReady(nodeNamed(plan, name)))));
}

const isReady = (node: NodePlan): Promise<boolean> =>
  fetch(`${urlOf(node)}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Starts what a test has left dead. */
export async function startAllNodes(plan: NetworkPlan): Promise<void> {
  const table = new ProcessTable(plan.directory);
  await startNode(plan, ...plan.committeeNodes.map(({ name }) => name).filter((name) => !table.running(name)));
}

/** What a node says of its keys. */
export interface ToldKey {
  readonly owner: string;
  readonly generation: number;
  readonly epoch: number;
  readonly state: string;
  readonly held: boolean;
}

export async function keyToldBy(node: NodePlan, owner: string): Promise<ToldKey | undefined> {
  const { keys } = (await (await fetch(`${urlOf(node)}/v1/node`)).json()) as { keys: readonly ToldKey[] };
  return keys.find((key) => key.owner === owner);
}

/** Until each of them has its share of the usable key: it is usable with t shares, and each node sees the ledger by a peer of its own. */
export async function heldByAll(nodes: readonly NodePlan[], owner: string, generation?: number): Promise<void> {
  const isHeldBy = async (node: NodePlan) => {
    const key = await keyToldBy(node, owner);
    return key?.state === 'usable' && key.held && key.generation === (generation ?? key.generation);
  };
  await Promise.all(nodes.map((node) => until(() => isHeldBy(node), `${node.name} has a share of ${owner}`)));
}

/** What is on a node's disk, opened with its own key. */
export interface StoredNode {
  readonly signer: SigningKey;
  readonly states: readonly { readonly name: KeyName; readonly state: NodeState }[];
  /** Everything as long as a secret that it could open, base64url: its own keys among them. */
  readonly words: readonly string[];
}

/** Of a copy: the node itself may be at work on it. */
export async function storedBy({ organization, node }: NodePlan): Promise<StoredNode> {
  const { dataDir, keyFile } = organization.directory.committeeNode(node);
  const copy = mkdtempSync(join(tmpdir(), 'guichet-disk-'));
  try {
    copyLive(dataDir, copy);
    const nodeKey = await loadNodeKey(keyFile, false);
    const signer = await loadSigningKey(join(copy, 'signing-key.json'), nodeKey);
    const store = await ShareStore.open({ directory: join(copy, 'shares'), nodeKey });
    const states = store.names.map((name) => ({ name, state: store.get(name)! }));
    const sealed = readFileSync(join(copy, 'signing-key.json'), 'utf8');
    const opened = [states, openSecret(sealedSchema.parse(JSON.parse(sealed)), ['signing-key'], nodeKey)];
    return { signer, states, words: [nodeKey.toString('base64url'), ...wordsIn(opened)] };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Of a node that writes: what it replaces meanwhile is copied anew. */
function copyLive(from: string, to: string): void {
  for (let attempt = 1; ; attempt += 1)
    try {
      rmSync(to, { recursive: true, force: true });
      cpSync(from, to, { recursive: true });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === MAX_COPIES) throw error;
    }
}

const wordsIn = (value: unknown): string[] => [...JSON.stringify(value).matchAll(WORD)].map(([, word]) => word!);

/** Generations as a peer shows them. */
export class Boards {
  readonly #ledger: KeyLedger;

  constructor(records: RecordsReader) {
    this.#ledger = new KeyLedger({
      readAll: (keys) => records.readAll(keys),
      list: async (prefix) => (await records.list(prefix)).records,
    });
  }

  posted(owner: string, generation = 1): Promise<Posted | undefined> {
    return this.#ledger.posted({ owner, generation });
  }

  /** Waits for a generation in which that holds. */
  async when(owner: string, holds: (board: Board) => boolean, generation = 1): Promise<Board> {
    let board: Board | undefined;
    await until(async () => {
      const posted = await this.posted(owner, generation);
      board = posted && boardFrom(posted);
      return board !== undefined && holds(board);
    });
    return board!;
  }
}
