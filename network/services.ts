/**
 * Application processes, named by command only: this package imports no application code. Services are started per
 * organization with a gateway once the chaincode endorses, set-up commands after them.
 */
import { request } from 'node:http';
import { assertCommandExists } from './chaincode-servers.js';
import { NetworkError } from './errors.js';
import type { NetworkPlan, OrganizationPlan } from './plan.js';
import { assertPortsFree } from './preflight.js';
import { ProcessTable, type ProcessSpec } from './processes.js';
import { runProgram } from './run-program.js';
import { accepts, until } from './waiting.js';

/** How to tell that a service works: its socket accepts, or a path under the gateway's address answers 200. */
export type Readiness = { readonly kind: 'signer-socket' } | { readonly kind: 'gateway-http'; readonly path: string };

export interface Service {
  readonly name: string;
  /** Run in the project's folder with GUICHET_PROFILE, the organization's gateway.json. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly ready: Readiness;
}

/** Run once to its end with GUICHET_NETWORK, the summary in network.json; must be repeatable. */
export interface SetupCommand {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Application {
  /** In the order in which they start; a service may rely on those before it. */
  readonly services: readonly Service[];
  readonly setup: readonly SetupCommand[];
  /** Has the others vote on an organization that wants to join; ends well once it is admitted. Default: nobody votes. */
  readonly admission?: SetupCommand;
}

/** What `up` runs besides Fabric. */
export const guichet: Application = {
  services: [
    {
      name: 'signer',
      command: ['node', '--enable-source-maps', 'dist/gateway/signer/main.js'],
      ready: { kind: 'signer-socket' },
    },
    {
      name: 'gateway',
      command: ['node', '--enable-source-maps', 'dist/gateway/main.js'],
      ready: { kind: 'gateway-http', path: '/health/ready' },
    },
  ],
  setup: [{ name: 'setup', command: ['node', '--enable-source-maps', 'dist/gateway/setup.js'] }],
  admission: { name: 'admission', command: ['node', '--enable-source-maps', 'dist/gateway/admission.js'] },
};

/** What `up --season` runs after that: events and allotments to look at. */
export const sampleSeason: SetupCommand = {
  name: 'season',
  command: ['node', '--enable-source-maps', 'dist/gateway/season/main.js'],
};

export const noApplication: Application = { services: [], setup: [] };

const READY_MS = 60_000;
const ATTEMPT_MS = 2_000;

/** @throws NetworkError SERVICE_MISSING before anything is started */
export function assertApplicationExists(plan: NetworkPlan, application: Application): void {
  for (const { command } of [...application.services, ...application.setup]) assertCommandExists(plan, command);
}

/** Starts one service in all organizations at once and waits until it works in each. */
export async function startService(plan: NetworkPlan, service: Service): Promise<void> {
  const table = new ProcessTable(plan.directory);
  await Promise.all(
    plan.organizations.map(async (organization) => {
      if (!organization.gateway) return;
      const spec = serviceProcess(plan, organization, service);
      if (!table.running(spec.name)) await assertPortsFree([spec]);
      table.start(spec);
      const guard = () => table.assertRunning(spec.name);
      const logLines = () => table.logTail(spec.name);
      await until({ what: spec.name, timeoutMs: READY_MS, guard, logLines }, () => probe(organization, service.ready));
    }),
  );
}

/** Runs the vote with GUICHET_NETWORK, the summary that has the newcomer in it, and GUICHET_JOIN, its MSP id. */
export async function runAdmission(plan: NetworkPlan, newcomer: OrganizationPlan, vote: SetupCommand): Promise<void> {
  const env = { GUICHET_NETWORK: newcomer.directory.candidacyFile, GUICHET_JOIN: newcomer.mspId };
  await runSetup(plan, { ...vote, env: { ...env, ...vote.env } });
}

export async function runSetup(plan: NetworkPlan, setup: SetupCommand): Promise<void> {
  const env = { GUICHET_NETWORK: plan.directory.summaryFile, ...setup.env };
  await runProgram(setup.command, { cwd: plan.projectRoot, env });
}

export function serviceProcess(plan: NetworkPlan, organization: OrganizationPlan, service: Service): ProcessSpec {
  const { gateway, directory } = organization;
  return {
    name: `${service.name}-${organization.name}`,
    group: 'application',
    command: service.command,
    cwd: plan.projectRoot,
    env: {
      GUICHET_PROFILE: directory.profileFile,
      GUICHET_NETWORK: plan.directory.summaryFile,
      ...service.env,
    },
    host: gateway?.host ?? '127.0.0.1',
    ports: gateway && service.ready.kind === 'gateway-http' ? [gateway.port] : [],
  };
}

function probe({ directory, gateway }: OrganizationPlan, ready: Readiness): Promise<void> {
  if (ready.kind === 'signer-socket') return accepts({ path: directory.signerSocket });
  if (!gateway) throw new NetworkError('TOPOLOGY_INVALID', 'a service without gateway has no address');
  return answers(gateway.host, gateway.port, ready.path);
}

function answers(host: string, port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request({ host, port, path, timeout: ATTEMPT_MS, agent: false }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else reject(new Error(`${path} answers ${response.statusCode ?? 'nothing'}`));
    });
    call.on('timeout', () => call.destroy(new Error(`${path} does not answer`)));
    call.on('error', reject);
    call.end();
  });
}
