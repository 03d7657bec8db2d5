/**
 * Application processes, named by command only: this package imports no application code. Services are started per
 * organization with a gateway, or per committee node, once the chaincode endorses, set-up commands after them.
 */
import { request } from 'node:http';
import { assertCommandExists } from './chaincode-servers.js';
import type { NetworkPlan, OrganizationPlan } from './plan.js';
import { assertPortsFree } from './preflight.js';
import { ProcessTable, type ProcessSpec } from './processes.js';
import { runProgram } from './run-program.js';
import { accepts, until } from './waiting.js';

/**
 * Where a service runs and how to tell that it works: one in each organization that has a gateway, by the socket or a path under
 * the gateway's address; or one for each committee node, by a path under the node's.
 */
export type Readiness =
  | { readonly kind: 'signer-socket' }
  | { readonly kind: 'gateway-http'; readonly path: string }
  | { readonly kind: 'committee-http'; readonly path: string };

export interface Service {
  /** What its processes are called in each organization; a committee node's is called after the node. */
  readonly name: string;
  /** Run in the project's folder with GUICHET_PROFILE: the organization's gateway.json, or the committee node's profile. */
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
      // Hundreds of requests in flight would outlive a young generation of the default size and be copied again and again.
      command: ['node', '--max-semi-space-size=64', '--enable-source-maps', 'dist/gateway/main.js'],
      ready: { kind: 'gateway-http', path: '/health/ready' },
    },
    {
      name: 'committee nodes',
      command: ['node', '--enable-source-maps', 'dist/committee/main.js'],
      ready: { kind: 'committee-http', path: '/health/ready' },
    },
  ],
  setup: [
    { name: 'setup', command: ['node', '--enable-source-maps', 'dist/gateway/setup.js'] },
    { name: 'appointment', command: ['node', '--enable-source-maps', 'dist/gateway/appointment.js'] },
  ],
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

/** Starts one service everywhere at once and waits until it works in each place. */
export async function startService(plan: NetworkPlan, service: Service): Promise<void> {
  const table = new ProcessTable(plan.directory);
  await Promise.all(
    placesOf(plan, service).map(async ({ spec, probe }) => {
      if (!table.running(spec.name)) await assertPortsFree([spec]);
      table.start(spec);
      const guard = () => table.assertRunning(spec.name);
      const logLines = () => table.logTail(spec.name);
      await until({ what: spec.name, timeoutMs: READY_MS, guard, logLines }, probe);
    }),
  );
}

/** The processes that a service consists of. */
export const serviceProcesses = (plan: NetworkPlan, service: Service): ProcessSpec[] =>
  placesOf(plan, service).map(({ spec }) => spec);

/** Runs the vote with GUICHET_NETWORK, the summary that has the newcomer in it, and GUICHET_JOIN, its MSP id. */
export async function runAdmission(plan: NetworkPlan, newcomer: OrganizationPlan, vote: SetupCommand): Promise<void> {
  const env = { GUICHET_NETWORK: newcomer.directory.candidacyFile, GUICHET_JOIN: newcomer.mspId };
  await runSetup(plan, { ...vote, env: { ...env, ...vote.env } });
}

export async function runSetup(plan: NetworkPlan, setup: SetupCommand): Promise<void> {
  const env = { GUICHET_NETWORK: plan.directory.summaryFile, ...setup.env };
  await runProgram(setup.command, { cwd: plan.projectRoot, env });
}

/** Where one process of a service runs. */
interface Place {
  readonly spec: ProcessSpec;
  readonly probe: () => Promise<void>;
}

function placesOf(plan: NetworkPlan, service: Service): Place[] {
  const { ready } = service;
  if (ready.kind === 'committee-http') {
    return plan.committeeNodes.map(({ name, node, host, port, organization }) => ({
      spec: processOf(plan, service, {
        name,
        profileFile: organization.directory.committeeNode(node).profileFile,
        host,
        ports: [port],
      }),
      probe: () => answers(host, port, ready.path),
    }));
  }
  return plan.organizations.flatMap(({ name, directory, gateway }) => {
    if (!gateway) return [];
    const { host, port } = gateway;
    const ports = ready.kind === 'gateway-http' ? [port] : [];
    const { profileFile, signerSocket } = directory;
    return {
      spec: processOf(plan, service, { name: `${service.name}-${name}`, profileFile, host, ports }),
      probe: () => (ready.kind === 'gateway-http' ? answers(host, port, ready.path) : accepts({ path: signerSocket })),
    };
  });
}

function processOf(
  plan: NetworkPlan,
  { command, env }: Service,
  { profileFile, ...where }: Pick<ProcessSpec, 'name' | 'host' | 'ports'> & { readonly profileFile: string },
): ProcessSpec {
  return {
    ...where,
    group: 'application',
    command,
    cwd: plan.projectRoot,
    env: { GUICHET_PROFILE: profileFile, GUICHET_NETWORK: plan.directory.summaryFile, ...env },
  };
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
