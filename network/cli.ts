/** The command line: `build`, `up`, `join`, `upgrade`, `down`, `status`, `logs`, `reset`. Failures are one line and, if there is one, the log's end. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { parseArgs } from 'node:util';
import { findProjectRoot } from './data-directory.js';
import { resetNetwork, stopNetwork } from './down.js';
import { messageOf, NetworkError } from './errors.js';
import { joinOrganization } from './join.js';
import { dataDirectory } from './options.js';
import { loadOrganization } from './organization-file.js';
import { guichet, noApplication, sampleSeason } from './services.js';
import type { NetworkPlan } from './plan.js';
import { networkStatus } from './status.js';
import { buildPrograms, startNetwork } from './up.js';
import { upgradeChaincode } from './upgrade.js';

const USAGE = `usage: network <command>
  build            build Fabric's programs, as the first \`up\` does
  up               bring the network up, or what is missing of it (--fabric-only: without applications,
                   --season: with the sample season)
  join <name>      a new organization joins the running network, as network/organizations/<name>.json describes
                   it (--file <path>: as another file does)
  upgrade          a new version of the chaincode while sales go on (--version <version>, default: the next minor one)
  down             stop what \`up\` started
  status           show processes and block heights; ends with 1 unless everything runs
  logs [name...]   show the logs' last lines (-f follows, -n <lines>)
  reset            stop and delete ledger, keys and logs`;

const withSeason = { ...guichet, setup: [...guichet.setup, sampleSeason] };

const commands: Record<string, (args: string[]) => Promise<void>> = {
  build: () => buildPrograms({ progress: 'terminal' }),
  up: async (args) => {
    const { values } = parseArgs({
      args,
      options: { 'fabric-only': { type: 'boolean' }, season: { type: 'boolean' } },
    });
    const startedAt = Date.now();
    const application = values['fabric-only'] ? noApplication : values.season ? withSeason : guichet;
    const plan = await startNetwork({ progress: 'terminal', application });
    console.log(`ready in ${secondsSince(startedAt)} s; everything is in ${plan.directory.root}`);
    if (application !== noApplication) tellWhatToOpen(plan);
  },
  join,
  upgrade,
  down: () => stopNetwork({ progress: 'terminal' }),
  reset: () => resetNetwork({ progress: 'terminal' }),
  status: showStatus,
  logs: showLogs,
};

async function join(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { file: { type: 'string' } }, allowPositionals: true });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new NetworkError('COMMAND_INVALID', USAGE);
  const organization = loadOrganization(findProjectRoot(), name, values.file);
  const startedAt = Date.now();
  const { organizations } = await joinOrganization(organization, { progress: 'terminal' });
  console.log(`${name} joined in ${secondsSince(startedAt)} s`);
  const gateway = organizations.find((each) => each.name === name)?.gateway;
  if (gateway) console.log(`\n  open      http://${gateway.host}:${gateway.port}/`);
}

async function upgrade(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { version: { type: 'string' } } });
  const startedAt = Date.now();
  const { topology } = await upgradeChaincode({
    progress: 'terminal',
    ...(values.version !== undefined && { version: values.version }),
  });
  const { name, version, sequence } = topology.chaincode;
  console.log(`chaincode ${name} ${version}, definition ${sequence}, in ${secondsSince(startedAt)} s`);
}

const secondsSince = (startedAt: number): string => ((Date.now() - startedAt) / 1000).toFixed(1);

function tellWhatToOpen({ organizations }: NetworkPlan): void {
  const gateways = organizations.flatMap(({ name, gateway }) =>
    gateway ? [{ name, url: `http://${gateway.host}:${gateway.port}` }] : [],
  );
  console.log(`\n  open      ${gateways[0]?.url ?? ''}/`);
  for (const { name, url } of gateways) console.log(`  ${name.padEnd(9)} ${url}/v1`);
  console.log('  try       npm run tour\n  stop      npm stop');
}

async function showStatus(): Promise<void> {
  const { processes, peers, channel, dataDir } = await networkStatus();
  if (processes.length === 0) console.log(`nothing was started in ${dataDir}`);
  for (const { name, pid, ports } of processes) {
    console.log(`${name.padEnd(34)} ${pid === undefined ? 'dead' : `pid ${pid}`}  ${ports.join(' ')}`);
  }
  for (const { name, height } of peers) console.log(`${name.padEnd(34)} ${channel}: height ${height}`);
  if (processes.length === 0 || processes.some(({ pid }) => pid === undefined)) process.exitCode = 1;
}

async function showLogs(args: string[]): Promise<void> {
  const options = {
    follow: { type: 'boolean', short: 'f' },
    lines: { type: 'string', short: 'n', default: '20' },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const { logsDir } = dataDirectory();
  const all = existsSync(logsDir) ? readdirSync(logsDir).sort() : [];
  const wanted = all.filter((file) => positionals.length === 0 || positionals.includes(file.replace(/\.log$/, '')));
  if (wanted.length === 0) throw new NetworkError('COMMAND_INVALID', `no such log in ${logsDir}`);
  const files = wanted.map((file) => joinPath(logsDir, file));
  const tail = spawn('tail', ['-n', values.lines, ...(values.follow ? ['-F'] : []), ...files], { stdio: 'inherit' });
  await new Promise<void>((resolve, reject) => tail.on('error', reject).on('close', () => resolve()));
}

async function main([command = '', ...args]: string[]): Promise<void> {
  const run = commands[command];
  if (!run) throw new NetworkError('COMMAND_INVALID', USAGE);
  await run(args);
}

// Without a handler a signal could end us between the start of a process and its record, which `down` needs.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.error('\ninterrupted: what was started keeps running; the same command continues, `network down` stops it');
    process.exit(130);
  });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof NetworkError) for (const line of error.logLines) console.error(`  ${line}`);
  const expected = error instanceof NetworkError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected || !(error instanceof Error) ? messageOf(error) : error.stack);
  process.exitCode = 1;
}
