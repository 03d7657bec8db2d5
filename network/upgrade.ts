/**
 * A new version of the chaincode while sales go on: its servers run beside those of the old version until every peer has read the definition that
 * names it. What goes wrong before everybody has approved leaves the network as it was; after that `up` completes it.
 */
import { recordAgreement } from './amendments.js';
import { agreeOnChaincode, awaitEndorsement, type ChaincodeDeployment } from './chaincode.js';
import {
  assertCommandExists,
  awaitListening,
  retireOtherVersions,
  startChaincodeServers,
} from './chaincode-servers.js';
import { NetworkError } from './errors.js';
import { withLock } from './lock.js';
import { dataDirectory, planFrom, type NetworkOptions } from './options.js';
import type { NetworkPlan } from './plan.js';
import { agreedDefinition, assertRunning } from './running.js';
import { runSteps, type Step } from './steps.js';
import { chaincodeVersion } from './topology.js';

export interface UpgradeOptions extends NetworkOptions {
  /** Default: the next minor version of the committed one. */
  readonly version?: string;
}

/**
 * @returns the network with its new version
 * @throws NetworkError COMMAND_INVALID (version), NOT_RUNNING, TOPOLOGY_CHANGED, PORT_TAKEN, SERVICE_MISSING, NOT_READY, PROCESS_DIED
 */
export async function upgradeChaincode(options: UpgradeOptions = {}): Promise<NetworkPlan> {
  return withLock(dataDirectory(options.dataDir).root, async () => {
    const plan = planFrom(options);
    const { command } = plan.topology.chaincode;
    assertRunning(plan);
    assertCommandExists(plan, command);
    const { version: current, sequence } = await agreedDefinition(plan);
    const version = options.version ?? nextMinor(current);
    if (!chaincodeVersion.safeParse(version).success || version === current) {
      throw new NetworkError('COMMAND_INVALID', `${version} is no new version: ${current} is committed`);
    }
    const { name } = plan.topology.chaincode;
    const steps = upgradeSteps(plan, { name, version, sequence: sequence + 1, command });
    await runSteps(steps, options.progress ?? 'silent');
    return planFrom(options);
  });
}

function upgradeSteps(plan: NetworkPlan, deployment: ChaincodeDeployment): Step[] {
  const { name, version, sequence } = deployment;
  return [
    {
      title: `Start servers of ${name} ${version}`,
      run: async () => {
        await startChaincodeServers(plan, deployment);
        // A definition whose servers don't come up would stop sales: they are seen to listen first.
        await awaitListening(plan, deployment);
      },
    },
    {
      title: `Agree on chaincode ${name} ${version}`,
      run: () =>
        agreeOnChaincode(plan, deployment, () => recordAgreement(plan.directory, plan.founding, { version, sequence })),
    },
    { title: 'Wait for endorsements of all organizations', run: () => awaitEndorsement(plan, deployment) },
    { title: 'Stop the old version', run: () => retireOtherVersions(plan, deployment) },
  ];
}

/** @throws NetworkError COMMAND_INVALID for a version that is not of the form major.minor */
export function nextMinor(version: string): string {
  const [, major, minor] = /^(\d+)\.(\d+)(\.\d+)?$/.exec(version) ?? [];
  if (major !== undefined && minor !== undefined) return `${major}.${Number(minor) + 1}`;
  throw new NetworkError('COMMAND_INVALID', `nobody knows what comes after ${version}: give --version`);
}
