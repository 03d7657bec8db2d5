/**
 * An organization joins the running network while the others go on selling. If they vote for it, it becomes a member of the channel; its peer reads the
 * ledger and proves that it endorses; only then do the channel's endorser policies and the chaincode's definition count it. Every step looks first, so
 * `join` may be repeated until it is through; once the definition is agreed, `up` does what is left too.
 */
import { recordAgreement, recordNewcomer } from './amendments.js';
import { agreeOnChaincode, awaitEndorsement, enterChaincode } from './chaincode.js';
import { startChaincodeServers } from './chaincode-servers.js';
import { admitToChannel, countInChannel } from './channel-member.js';
import { joinNodes, readLedger } from './channel-nodes.js';
import { candidacyOf, checkCandidacy, type Candidacy } from './candidacy.js';
import { withLock } from './lock.js';
import { issueMembership } from './membership.js';
import { peerProcess } from './node-settings.js';
import { dataDirectory, planFrom, type NetworkOptions } from './options.js';
import type { NetworkPlan } from './plan.js';
import { ProcessTable } from './processes.js';
import { writeCandidate, writeProfiles } from './profile.js';
import { agreedDefinition } from './running.js';
import { runAdmission, runSetup, startService } from './services.js';
import { runSteps, type Step } from './steps.js';
import type { OrganizationTopology } from './topology.js';

/**
 * @param organization as `parseOrganization` has checked it
 * @throws NetworkError NOT_RUNNING, TOPOLOGY_INVALID, TOPOLOGY_CHANGED (it was described otherwise before), PORT_TAKEN, PROGRAM_FAILED (such as
 *   a vote that went against it), NOT_READY, PROCESS_DIED
 */
export async function joinOrganization(
  organization: OrganizationTopology,
  options: NetworkOptions = {},
): Promise<NetworkPlan> {
  return withLock(dataDirectory(options.dataDir).root, async () => {
    const candidacy = candidacyOf(organization, options);
    await runSteps(joinSteps(candidacy), options.progress ?? 'silent');
    return planFrom(options);
  });
}

function joinSteps(candidacy: Candidacy): Step[] {
  const { plan, newcomer, application, organization } = candidacy;
  const { name, mspId } = newcomer;
  const { admission } = application;
  return [
    { title: 'Check this machine and the network', run: () => checkCandidacy(candidacy) },
    {
      title: `Issue certificates of ${name}`,
      run: async () => {
        recordNewcomer(plan.directory, organization);
        await issueMembership(plan);
        writeCandidate(plan, newcomer);
      },
    },
    ...(admission ? [{ title: `Run ${admission.name}`, run: () => runAdmission(plan, newcomer, admission) }] : []),
    { title: `Make ${mspId} a member of channel ${plan.topology.channel}`, run: () => admitToChannel(plan, newcomer) },
    { title: `Start peer and chaincode of ${name}`, run: () => startNewcomer(candidacy) },
    { title: 'Read the ledger', run: () => readLedger(plan, newcomer) },
    { title: `Wait until ${name} endorses`, run: () => proveEndorsement(candidacy) },
    {
      title: `Agree that it counts, ${plan.topology.chaincode.endorsements} of ${plan.endorsing.length} endorse`,
      run: () => countNewcomer(candidacy),
    },
    { title: 'Wait for endorsements of all organizations', run: () => awaitEndorsement(plan, plan.topology.chaincode) },
    ...application.services.map((service) => ({
      title: `Start ${service.name}`,
      run: () => startService(plan, service),
    })),
    ...application.setup.map((setup) => ({ title: `Run ${setup.name}`, run: () => runSetup(plan, setup) })),
  ];
}

async function startNewcomer({ plan, newcomer }: Candidacy): Promise<void> {
  const table = new ProcessTable(plan.directory);
  for (const peer of newcomer.peers) table.start(peerProcess(plan, peer));
  await startChaincodeServers(plan, plan.topology.chaincode);
  await joinNodes(plan, { orderers: [], peers: newcomer.peers });
}

/** Before anybody relies on it: with the definition that holds it may endorse, but need not. */
async function proveEndorsement({ plan, newcomer }: Candidacy): Promise<void> {
  await enterChaincode(plan, newcomer, plan.topology.chaincode);
  await awaitEndorsement(plan, plan.topology.chaincode);
}

/**
 * The channel's policies change when the new definition is sure to come: asking for more endorsers while the newcomer is none would only cost the
 * others. The gateways learn of it from the ledger, and where its peer is from their profiles: those are there first.
 */
async function countNewcomer({ plan, newcomer }: Candidacy): Promise<void> {
  const { version, sequence, policy } = await agreedDefinition(plan);
  if (policy?.mspIds.includes(newcomer.mspId)) return;
  const agreed = { version, sequence: sequence + 1 };
  await agreeOnChaincode(plan, { ...plan.topology.chaincode, ...agreed }, async () => {
    await countInChannel(plan);
    writeProfiles(plan);
    recordAgreement(plan.directory, plan.founding, agreed, newcomer.name);
  });
}
