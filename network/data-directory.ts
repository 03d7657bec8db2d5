/** Where things lie: the project, the Fabric programs and everything one network keeps in its data directory. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder with a package.json above this file, or above the working directory when compiled elsewhere. */
export function findProjectRoot(): string {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
      if (existsSync(join(folder, 'network', 'go.mod')) && existsSync(join(folder, 'package.json'))) return folder;
    }
  }
  throw new Error(`no package.json with a network folder above ${process.cwd()}`);
}

/** Paths inside a data directory. Nothing of a network lies anywhere else. */
export class DataDirectory {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get summaryFile(): string {
    return join(this.root, 'network.json');
  }
  get topologyFile(): string {
    return join(this.root, 'topology.json');
  }
  /** What was agreed since: see amendments.ts. */
  get amendmentsFile(): string {
    return join(this.root, 'amendments.json');
  }
  get channelDir(): string {
    return join(this.root, 'channel');
  }
  get logsDir(): string {
    return join(this.root, 'logs');
  }
  /** Records of running processes. */
  get runDir(): string {
    return join(this.root, 'run');
  }
  /** Records of deployed chaincodes. */
  get chaincodesDir(): string {
    return join(this.root, 'chaincodes');
  }
  get organizationsDir(): string {
    return join(this.root, 'organizations');
  }
  get nodesDir(): string {
    return join(this.root, 'nodes');
  }

  /** Everything that a network writes here. */
  get contents(): string[] {
    const { summaryFile, topologyFile, amendmentsFile } = this;
    const { channelDir, logsDir, runDir, chaincodesDir, organizationsDir, nodesDir } = this;
    const folders = [nodesDir, channelDir, chaincodesDir, organizationsDir, runDir, logsDir];
    return [...folders, summaryFile, amendmentsFile, topologyFile];
  }

  logFile(process: string): string {
    return join(this.logsDir, `${process}.log`);
  }
  /** Ledger and settings of one peer or orderer. */
  nodeDir(process: string): string {
    return join(this.nodesDir, process);
  }
  /** One connection.json per chaincode label, which the external builder hands to this peer. */
  connectionsDir(peer: string): string {
    return join(this.nodeDir(peer), 'chaincode-connections');
  }
  organization(name: string): OrganizationDirectory {
    return new OrganizationDirectory(join(this.organizationsDir, name));
  }
}

/** What one organization keeps to itself: on separate machines, the part that would be on its own. */
export class OrganizationDirectory {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get caDir(): string {
    return join(this.root, 'ca');
  }
  get tlsCaDir(): string {
    return join(this.root, 'tlsca');
  }
  get tlsCaFile(): string {
    return join(this.tlsCaDir, 'ca.crt');
  }
  /** The public MSP that goes into the channel's configuration. */
  get mspDir(): string {
    return join(this.root, 'msp');
  }
  get profileFile(): string {
    return join(this.root, 'gateway.json');
  }
  /** The network's summary as it will be once this organization has joined. */
  get candidacyFile(): string {
    return join(this.root, 'candidacy.json');
  }
  get tokenFile(): string {
    return join(this.root, 'token');
  }
  get signerSocket(): string {
    return join(this.root, 'signer.sock');
  }
  get signerDir(): string {
    return join(this.root, 'signer');
  }

  /** What a committee node is told, and what it keeps. */
  committeeNode(node: string): { profileFile: string; dataDir: string; keyFile: string } {
    const dir = join(this.root, 'committee', node);
    return { profileFile: join(dir, 'profile.json'), dataDir: join(dir, 'data'), keyFile: join(dir, 'key') };
  }
  nodeMspDir(node: string): string {
    return join(this.root, 'nodes', node, 'msp');
  }
  /** A TLS server and client pair of a node, of the chaincode servers or of the gateway. */
  tls(node: string): { certFile: string; keyFile: string } {
    const dir = join(this.root, 'nodes', node, 'tls');
    return { certFile: join(dir, 'server.crt'), keyFile: join(dir, 'server.key') };
  }
  identity(name: string): { certFile: string; keyFile: string } {
    const dir = join(this.root, 'identities', name);
    return { certFile: join(dir, 'cert.pem'), keyFile: join(dir, 'key.pem') };
  }
}

/** Writes a file whole or not at all, so that a killed command leaves nothing half-written. */
export function writeWhole(file: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, file);
}

export const writeJson = (file: string, value: unknown, mode?: number): void =>
  writeWhole(file, `${JSON.stringify(value, null, 2)}\n`, mode);

/** A JSON file of our own writing, or undefined if there is none. */
export function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
