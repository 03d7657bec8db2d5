/** Real Fabric: up, down, killed and resumed, alone and beside another network. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { expect } from 'chai';
import { writeJson } from '../../../network/data-directory.js';
import { birthOf } from '../../../network/processes.js';
import { buildFabric, fabricIsBuilt } from '../../../network/fabric-programs.js';
import {
  deployChaincode,
  NetworkError,
  networkStatus,
  planFrom,
  ProcessTable,
  resetNetwork,
  startNetwork,
  stopNetwork,
  type Application,
  type Service,
} from '../../../network/network.js';
import { killProcesses } from '../../support/kill-processes.js';
import { networkCodeOf } from '../../support/network-code-of.js';
import { rawChaincode } from '../../support/raw-chaincode/deployment.js';
import { get, put, rawNetwork, rawTopology } from '../../support/raw-network.js';
import { until } from '../../support/until.js';

const PROCESSES = 4 + 3 + 3;

const options = rawNetwork('test-network');
const raftOptions = rawNetwork('test-network-raft', rawTopology('raft'));
const plan = planFrom(options);
const table = new ProcessTable(plan.directory);

const pids = (of = table) => of.names().map((name) => of.running(name)?.pid);
/** Once all peers have every block: who writes waits for the first one alone. */
async function heights(): Promise<readonly number[]> {
  let all: readonly number[] = [];
  await until(async () => {
    all = (await networkStatus(options)).peers.map(({ height }) => Number(height));
    return new Set(all).size === 1 && all[0]! > 0;
  });
  return all;
}
const killed = (...names: string[]) => killProcesses(table, names);

describe('network', () => {
  before(async function () {
    this.timeout(900_000);
    if (!fabricIsBuilt(plan.projectRoot, plan.binDir)) await buildFabric(plan.projectRoot, plan.binDir);
    await resetNetwork(options);
    await resetNetwork(raftOptions);
  });

  after(async () => {
    await resetNetwork(raftOptions);
    await resetNetwork(options);
  });

  it('comes up from nothing, endorsing by all organizations', async () => {
    await startNetwork(options);
    await put(plan, 'guichet', 'seat', 'taken');
    expect(await get(plan, 'guichet', 'seat')).to.include('taken');
  });

  it('starts nothing again when all is running', async () => {
    const before = pids();
    await startNetwork(options);
    expect(pids()).to.deep.equal(before).and.to.have.length(PROCESSES);
  });

  it('tells what runs and how far the ledger is', async () => {
    const status = await networkStatus(options);
    expect(status.processes.filter(({ pid }) => pid !== undefined)).to.have.length(PROCESSES);
    expect(status.peers.map(({ name }) => name)).to.deep.equal(['peer0-organizer', 'peer0-reseller', 'peer0-venue']);
    // The first block, three approvals in one to three blocks, the commit and one transaction.
    for (const height of await heights()) expect(height).to.be.within(4, 6);
  });

  it('writes a profile per gateway, own peer first, and a token that only its owner reads', () => {
    const { profileFile, tokenFile } = plan.directory.organization('reseller');
    const profile = JSON.parse(readFileSync(profileFile, 'utf8')) as Record<string, unknown>;
    const endpoints = profile.endpoints as { mspId: string; tlsCaFile: string }[];
    expect(endpoints.map(({ mspId }) => mspId)).to.deep.equal(['ResellerMSP', 'OrganizerMSP', 'VenueMSP']);
    expect(endpoints.every(({ tlsCaFile }) => existsSync(tlsCaFile))).to.be.true;
    expect(profile).to.include({ mspId: 'ResellerMSP', channel: 'guichet', consensus: 'bft', tokenFile });
    expect(statSync(tokenFile).mode & 0o777).to.equal(0o600);
  });

  it('lets nobody talk to a chaincode server without a certificate of its organization', async () => {
    const { chaincodePort, directory } = plan.organizations[0]!;
    const answer = await new Promise<string>((resolve) => {
      const socket = connect({
        host: '127.0.0.1',
        port: chaincodePort!,
        servername: 'chaincode.organizer.guichet',
        ca: readFileSync(directory.tlsCaFile),
        ALPNProtocols: ['h2'],
      });
      // TLS 1.3 refuses the client after the handshake.
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.on('data', () => resolve('served'));
    });
    expect(answer).to.equal('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  });

  it('deploys a second chaincode and deploys it again without effect', async () => {
    await deployChaincode(plan, rawChaincode);
    await put(plan, 'raw', 'key', 'value');
    const before = await heights();
    await deployChaincode(plan, rawChaincode);
    expect(await heights()).to.deep.equal(before);
    expect(pids()).to.have.length(PROCESSES + 3);
  });

  it('upgrades a chaincode and stops the servers of the old version', async () => {
    expect(await networkCodeOf(deployChaincode(plan, { ...rawChaincode, version: '1.1' }))).to.equal(
      'TOPOLOGY_INVALID',
    );
    await deployChaincode(plan, { ...rawChaincode, version: '1.1', sequence: 2 });
    expect(await get(plan, 'raw', 'key')).to.include('value');
    expect(table.names().filter((name) => name.startsWith('chaincode-raw-'))).to.deep.equal([
      'chaincode-raw-1.1-organizer',
      'chaincode-raw-1.1-reseller',
      'chaincode-raw-1.1-venue',
    ]);
  });

  it('restarts only what is dead', async () => {
    const before = new Map(table.names().map((name) => [name, table.running(name)?.pid]));
    const dead = ['orderer0-venue', 'peer0-organizer', 'chaincode-guichet-1.0-reseller'];
    await killed(...dead);
    expect((await networkStatus(options)).processes.filter(({ pid }) => pid === undefined)).to.have.length(3);
    await startNetwork(options);
    for (const [name, pid] of before) {
      if (dead.includes(name)) expect(table.running(name)?.pid).not.to.be.oneOf([undefined, pid]);
      else expect(table.running(name)?.pid).to.equal(pid);
    }
  });

  it('resumes after everything was killed, with nothing lost', async () => {
    const before = await heights();
    await killed(...table.names());
    await startNetwork(options);
    for (const [index, height] of (await heights()).entries()) expect(height).to.be.at.least(before[index]!);
    expect(await get(plan, 'guichet', 'seat')).to.deep.equal(['taken', 'taken', 'taken']);
    expect(await get(plan, 'raw', 'key')).to.deep.equal(['value', 'value', 'value']);
    await put(plan, 'guichet', 'seat', 'free');
  });

  it('refuses another topology in the same data directory', async () => {
    expect(await networkCodeOf(startNetwork({ ...options, portBase: options.portBase! + 1_000 }))).to.equal(
      'TOPOLOGY_CHANGED',
    );
    expect(await networkCodeOf(startNetwork({ ...options, topology: rawTopology('raft') }))).to.equal(
      'TOPOLOGY_CHANGED',
    );
  });

  it('lets one command at a time work on a data directory', async () => {
    const first = startNetwork(options);
    expect(await networkCodeOf(startNetwork(options))).to.equal('LOCKED');
    await first;
  });

  it('runs beside a second network with three Raft orderers', async () => {
    const raft = await startNetwork(raftOptions);
    expect(raft.orderers).to.have.length(3);
    await put(raft, 'guichet', 'seat', 'elsewhere');
    await put(plan, 'guichet', 'seat', 'here');
    expect(await get(raft, 'guichet', 'seat')).to.include('elsewhere');
    expect(await get(plan, 'guichet', 'seat')).to.include('here');
    const raftTable = new ProcessTable(raft.directory);
    const before = pids();
    await stopNetwork(raftOptions);
    expect(raftTable.names()).to.deep.equal([]);
    expect(pids()).to.deep.equal(before);
  });

  it('starts applications once the chaincode endorses, and set-up commands after them', async () => {
    const script = (body: string) => ['node', '-e', `const profile = require(process.env.GUICHET_PROFILE); ${body}`];
    const listen = "require('http').createServer((q, s) => s.end(q.url)).listen";
    const application: Application = {
      services: [
        { name: 'signer', command: script(`${listen}(profile.signer.socket)`), ready: { kind: 'signer-socket' } },
        { name: 'gateway', command: script(`${listen}(profile.listen)`), ready: { kind: 'gateway-http', path: '/' } },
      ],
      setup: [
        {
          name: 'setup',
          command: ['node', '-e', 'require(process.env.GUICHET_NETWORK).gateways.length === 3 || boom'],
        },
      ],
    };
    await startNetwork({ ...options, application });
    const gateways = plan.organizations.flatMap(({ gateway }) => gateway ?? []);
    const answers = await Promise.all(
      gateways.map(async ({ host, port }) => (await fetch(`http://${host}:${port}/healthy`)).text()),
    );
    expect(answers).to.deep.equal(['/healthy', '/healthy', '/healthy']);
    const failing = {
      ...application,
      setup: [{ name: 'setup', command: ['node', '-e', "throw new Error('the reason')"] }],
    };
    const error = await startNetwork({ ...options, application: failing }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NetworkError).with.property('code', 'PROGRAM_FAILED');
    expect((error as NetworkError).logLines.join()).to.contain('the reason');
  });

  it('refuses an application whose program is not there', async () => {
    const services: Service[] = [
      { name: 'signer', command: ['node', 'dist/absent.js'], ready: { kind: 'signer-socket' } },
    ];
    expect(await networkCodeOf(startNetwork({ ...options, application: { services, setup: [] } }))).to.equal(
      'SERVICE_MISSING',
    );
  });

  it('stops exactly what it started', async () => {
    const started = pids();
    const stranger = spawn('sleep', ['60']);
    await stopNetwork(options);
    expect(started.filter((pid) => birthOf(pid!) !== undefined)).to.deep.equal([]);
    expect(table.names()).to.deep.equal([]);
    expect(birthOf(stranger.pid!)).not.to.be.undefined;
    await ended(stranger, 'SIGKILL');
  });

  it('refuses a taken port before it starts anything', async () => {
    const squatter = await new Promise<Server>((resolve) => {
      const server = createServer().listen(plan.peers[1]!.operationsPort, '127.0.0.1', () => resolve(server));
    });
    expect(await networkCodeOf(startNetwork(options))).to.equal('PORT_TAKEN');
    expect(table.names()).to.deep.equal([]);
    await new Promise((resolve) => squatter.close(resolve));
  });
});

describe('network command', () => {
  const cli = new URL('../../../network/cli.js', import.meta.url).pathname;
  const run = (command: string, env: NodeJS.ProcessEnv) =>
    spawn(process.execPath, [cli, ...command.split(' ')], {
      env: { GUICHET_DATA: options.dataDir, GUICHET_PORT_BASE: String(options.portBase), ...env },
    });

  after(() => resetNetwork(options));

  it('says in one line that Go is missing', async () => {
    const child = run('up --fabric-only', { PATH: '/nonexistent', GUICHET_BIN: `${options.dataDir!}/empty-bin` });
    const said = printed(child);
    expect(await ended(child)).to.equal(1);
    expect(said()).to.match(/Go is not installed: install Go 1\.24/);
    expect(said()).not.to.match(/^\s+at /m);
    rmSync(`${options.dataDir!}/empty-bin`, { recursive: true, force: true });
  });

  it('knows everything that an interrupted `up` had started', async () => {
    const topologyFile = `${options.dataDir!}/raw-topology.json`;
    writeJson(topologyFile, rawTopology());
    const child = run('up --fabric-only', {
      PATH: process.env.PATH,
      GUICHET_BIN: options.binDir,
      GUICHET_TOPOLOGY: topologyFile,
    });
    const said = printed(child);
    while (table.names().length === 0 && child.exitCode === null) await sleep(1);
    expect(await ended(child, 'SIGINT')).to.equal(130, said());
    const started = pids();
    expect(started).not.to.be.empty;
    await stopNetwork(options);
    rmSync(topologyFile);
    expect(started.filter((pid) => pid !== undefined && birthOf(pid) !== undefined)).to.deep.equal([]);
    expect(table.names()).to.deep.equal([]);
    const listeners = [...plan.orderers, ...plan.peers].map(({ port }) => port);
    for (const port of listeners) {
      const server = createServer().listen(port, '127.0.0.1');
      await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

function printed(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (signal) child.kill(signal);
  return code;
}
