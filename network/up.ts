/**
 * Brings a network up: from nothing, from disk or from half-running to ready. Every step looks first and does only
 * what is missing, so `startNetwork` may be called at any time.
 */
import { isDeepStrictEqual } from 'node:util';
import { agreeOnChaincode, awaitEndorsement } from './chaincode.js';
import {
  assertCommandExists,
  chaincodeProcesses,
  retireOtherVersions,
  startChaincodeServers,
  startOtherChaincodes,
} from './chaincode-servers.js';
import { createGenesisBlock } from './channel.js';
import { joinNodes } from './channel-nodes.js';
import { readJson, writeJson } from './data-directory.js';
import { NetworkError } from './errors.js';
import { withLock } from './lock.js';
import { issueMembership } from './membership.js';
import { nodeListeners, ordererProcess, peerProcess } from './node-settings.js';
import { planFrom, type NetworkOptions } from './options.js';
import type { NetworkPlan } from './plan.js';
import { assertPortsFree, checkDisk, checkGo, checkPlatform } from './preflight.js';
import { ProcessTable } from './processes.js';
import { checkSocketPaths, writeProfiles } from './profile.js';
import { buildFabric, fabricIsBuilt } from './fabric-programs.js';
import {
  assertApplicationExists,
  guichet,
  runSetup,
  serviceProcesses,
  startService,
  type Application,
} from './services.js';
import { runSteps, type Step } from './steps.js';

/**
 * Brings a network up and returns when every organization's gateway gets endorsements from all endorsing organizations.
 * @throws NetworkError with any code but COMMAND_INVALID
 */
export async function startNetwork(options: NetworkOptions = {}): Promise<NetworkPlan> {
  const plan = planFrom(options);
  const application = options.application ?? guichet;
  checkPlatform();
  await withLock(plan.directory.root, () => runSteps(startSteps(plan, application), options.progress ?? 'silent'));
  return plan;
}

/**
 * The step of `startNetwork` that builds Fabric, by itself: nothing of a network need be there.
 * @throws NetworkError as `startNetwork` before it starts anything
 */
export async function buildPrograms(options: Pick<NetworkOptions, 'binDir' | 'progress'> = {}): Promise<void> {
  const plan = planFrom(options);
  checkPlatform();
  const check = { title: 'Check this machine', run: () => checkBuilder(plan) };
  await runSteps([check, buildStep(plan)], options.progress ?? 'silent');
}

const isBuilt = ({ projectRoot, binDir }: NetworkPlan): boolean => fabricIsBuilt(projectRoot, binDir);

async function checkBuilder(plan: NetworkPlan): Promise<void> {
  if (!isBuilt(plan)) await checkGo();
}

const buildStep = (plan: NetworkPlan): Step => ({
  title: 'Build Fabric (once, some minutes)',
  skip: () => (isBuilt(plan) ? 'built' : undefined),
  run: () => buildFabric(plan.projectRoot, plan.binDir),
});

function startSteps(plan: NetworkPlan, application: Application): Step[] {
  const { chaincode } = plan.topology;
  return [
    { title: 'Check this machine', run: () => preflight(plan, application) },
    buildStep(plan),
    { title: 'Issue certificates', run: () => prepare(plan) },
    { title: 'Start orderers, peers and chaincode', run: () => startProcesses(plan) },
    { title: `Join channel ${plan.topology.channel}`, run: () => joinNodes(plan, plan) },
    {
      title: `Agree on chaincode ${chaincode.name} ${chaincode.version}`,
      run: () => agreeOnChaincode(plan, chaincode),
    },
    { title: 'Wait for endorsements of all organizations', run: () => awaitAgreement(plan) },
    ...application.services.map((service) => ({
      title: `Start ${service.name}`,
      run: () => startService(plan, service),
    })),
    ...application.setup.map((setup) => ({ title: `Run ${setup.name}`, run: () => runSetup(plan, setup) })),
  ];
}

/** Everything that can be refused is refused here, before anything exists. */
async function preflight(plan: NetworkPlan, application: Application): Promise<void> {
  await checkBuilder(plan);
  await checkDisk(plan.directory.root, false);
  refuseOtherTopology(plan);
  checkSocketPaths(plan);
  assertCommandExists(plan, plan.topology.chaincode.command);
  assertApplicationExists(plan, application);
  const table = new ProcessTable(plan.directory);
  const services = application.services.flatMap((service) => serviceProcesses(plan, service));
  const listeners = [...nodeListeners(plan), ...chaincodeProcesses(plan, plan.topology.chaincode), ...services];
  await assertPortsFree(listeners.filter(({ name }) => !table.running(name)));
}

/** Addresses and founders are in the channel's first block: they can't change under an existing ledger. */
function refuseOtherTopology(plan: NetworkPlan): void {
  const recorded = readJson(plan.directory.topologyFile);
  if (recorded === undefined || isDeepStrictEqual(recorded, fixedParts(plan))) return;
  const message = `${plan.directory.root} holds a network of another topology or port base`;
  throw new NetworkError('TOPOLOGY_CHANGED', `${message}: restore those, set GUICHET_DATA, or \`network reset\` it`);
}

/** Round trip through JSON, so that it compares equal to what was recorded. */
function fixedParts({ founding, portBase }: NetworkPlan): unknown {
  const { channel, consensus, block, organizations } = founding;
  const members = organizations.map(({ name, mspId, roles, orderers, peers, chaincodePort }) => {
    return { name, mspId, roles, orderers, peers, chaincodePort };
  });
  return JSON.parse(JSON.stringify({ portBase, channel, consensus, block, organizations: members }));
}

async function prepare(plan: NetworkPlan): Promise<void> {
  writeJson(plan.directory.topologyFile, fixedParts(plan));
  await issueMembership(plan);
  await createGenesisBlock(plan);
  writeProfiles(plan);
}

async function startProcesses(plan: NetworkPlan): Promise<void> {
  const table = new ProcessTable(plan.directory);
  for (const orderer of plan.orderers) table.start(ordererProcess(plan, orderer));
  for (const peer of plan.peers) table.start(peerProcess(plan, peer));
  await startChaincodeServers(plan, plan.topology.chaincode);
  await startOtherChaincodes(plan, plan.topology.chaincode.name);
}

/** Servers of other versions go once nobody calls them. */
async function awaitAgreement(plan: NetworkPlan): Promise<void> {
  const { chaincode } = plan.topology;
  await awaitEndorsement(plan, chaincode);
  await retireOtherVersions(plan, chaincode);
}
