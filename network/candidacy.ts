/** An organization that wants to join: the network as it will be with it, and whether there is anything against it. */
import { isDeepStrictEqual } from 'node:util';
import { withOrganization } from './amendments.js';
import { assertCommandExists, chaincodeProcesses } from './chaincode-servers.js';
import { NetworkError } from './errors.js';
import { nodeListeners } from './node-settings.js';
import { planFrom, type NetworkOptions } from './options.js';
import { planNetwork, type NetworkPlan, type OrganizationPlan } from './plan.js';
import { assertPortsFree, checkDisk } from './preflight.js';
import { ProcessTable } from './processes.js';
import { checkSocketPaths } from './profile.js';
import { agreedDefinition, assertRunning } from './running.js';
import { assertApplicationExists, guichet, serviceProcesses, type Application } from './services.js';
import type { OrganizationTopology } from './topology.js';

export interface Candidacy {
  readonly organization: OrganizationTopology;
  /** The network before it, or with it if it has joined already. */
  readonly before: NetworkPlan;
  /** The network with it. */
  readonly plan: NetworkPlan;
  readonly newcomer: OrganizationPlan;
  readonly application: Application;
}

/** @throws NetworkError TOPOLOGY_INVALID, TOPOLOGY_CHANGED, and as checkTopology for the result */
export function candidacyOf(organization: OrganizationTopology, options: NetworkOptions): Candidacy {
  const before = planFrom(options);
  const { name } = organization;
  const joined = before.topology.organizations.find((each) => each.name === name);
  if (joined && !isDeepStrictEqual(joined, organization)) {
    throw new NetworkError('TOPOLOGY_CHANGED', `${name} is in the network already, with another description`);
  }
  const plan = joined ? before : planNetwork({ ...before, topology: withOrganization(before.topology, organization) });
  const newcomer = plan.organizations.find((each) => each.name === name);
  if (!newcomer) throw new Error(`${name} is not in its own plan`);
  return { organization, before, plan, newcomer, application: options.application ?? guichet };
}

/** Everything that can be refused is refused here, before anything exists. */
export async function checkCandidacy({ before, plan, application }: Candidacy): Promise<void> {
  await checkDisk(plan.directory.root, false);
  checkSocketPaths(plan);
  assertApplicationExists(plan, application);
  if (application.admission) assertCommandExists(plan, application.admission.command);
  assertRunning(before);
  await agreedDefinition(before);
  const table = new ProcessTable(plan.directory);
  const services = application.services.flatMap((service) => serviceProcesses(plan, service));
  const listeners = [...nodeListeners(plan), ...chaincodeProcesses(plan, plan.topology.chaincode), ...services];
  await assertPortsFree(listeners.filter(({ name }) => !table.running(name)));
}
