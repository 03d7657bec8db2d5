/**
 * The network of the integration suites: the default one with its gateways, from nothing, once for a whole mocha run, in a folder and on ports of
 * its own. Whoever asks first starts it; it is stopped when the last suite has ended, however it ended.
 */
import { readFileSync } from 'node:fs';
import { GuichetClient } from '../../gateway/client/guichet-client.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import {
  deployChaincode,
  ProcessTable,
  resetNetwork,
  startNetwork,
  stopNetwork,
  type NetworkPlan,
} from '../../network/network.js';
import { aKeyRegistration, CONSORTIUM } from './statements.js';
import { hours } from './live-scene.js';
import { placeOfSuite } from './place.js';
import { PartyLedger } from './party-ledger.js';
import { probeChaincode } from './probe-chaincode/deployment.js';
import { heldByAll } from './real-nodes.js';

export const networkOptions = placeOfSuite();

export const ORGANIZER = 'OrganizerMSP';
export const RESELLER = 'ResellerMSP';
export const VENUE = 'VenueMSP';
export const EVERYBODY = [ORGANIZER, RESELLER, VENUE] as const;

/** An organization with a gateway. */
export interface Party {
  readonly name: string;
  readonly mspId: string;
  readonly url: string;
  readonly token: string;
  readonly profile: FabricProfile;
  /** Shows the operator's token. */
  readonly client: GuichetClient;
  /** Beside the gateway, for what a gateway would not do. */
  readonly ledger: PartyLedger;
  /** The same on another chaincode. */
  on(chaincode: string): PartyLedger;
}

export interface RealNetwork {
  readonly plan: NetworkPlan;
  /** The founding to which every chaincode server of this network agrees. */
  readonly founding: string;
  readonly processes: ProcessTable;
  readonly organizer: Party;
  readonly reseller: Party;
  readonly venue: Party;
}

const ledgers: PartyLedger[] = [];
let starting: Promise<RealNetwork> | undefined;
const deployments = new Map<string, Promise<void>>();

/** The running network; the builders' keys (statements.ts) are registered on it. */
export function realNetwork(): Promise<RealNetwork> {
  return (starting ??= start());
}

/** Deploys our chaincode with the probe, once for each name. */
export async function deployProbe(name: string, ...args: readonly 'stock'[]): Promise<RealNetwork> {
  const network = await realNetwork();
  if (!deployments.has(name)) deployments.set(name, deployChaincode(network.plan, probeChaincode(name, ...args)));
  await deployments.get(name);
  return network;
}

after('stop the network', async () => {
  if (!starting) return;
  await Promise.all(ledgers.map((ledger) => ledger.close()));
  await stopNetwork(networkOptions);
});

async function start(): Promise<RealNetwork> {
  await resetNetwork(networkOptions);
  const plan = await startNetwork(networkOptions);
  const [organizer, reseller, venue] = ['organizer', 'reseller', 'venue'].map((name) => partyOf(plan, name));
  const network: RealNetwork = {
    plan,
    founding: foundingOf(plan),
    processes: new ProcessTable(plan.directory),
    organizer: organizer!,
    reseller: reseller!,
    venue: venue!,
  };
  await registerTestKeys(network);
  await heldByAll(plan.committeeNodes, 'dedup');
  return network;
}

const foundingOf = ({ organizations }: NetworkPlan): string =>
  JSON.stringify({ organizations: organizations.map(({ mspId, name, roles }) => ({ mspId, name, roles })) });

export function partyOf(plan: NetworkPlan, name: string): Party {
  const { directory, mspId } = plan.organizations.find((each) => each.name === name)!;
  const profile = JSON.parse(readFileSync(directory.profileFile, 'utf8')) as FabricProfile & { publicUrl: string };
  const [url, token] = [profile.publicUrl, readFileSync(directory.tokenFile, 'utf8').trim()];
  const on = (chaincode: string) => {
    const ledger = new PartyLedger({ ...profile, chaincode });
    ledgers.push(ledger);
    return ledger;
  };
  const client = new GuichetClient({ baseUrl: url, token });
  return { name, mspId, url, token, profile, client, ledger: on(profile.chaincode), on };
}

/** Beside the signers' own keys, so that a test can sign what no signer would. */
export async function registerTestKeys({
  organizer,
  reseller,
}: Pick<RealNetwork, 'organizer' | 'reseller'>): Promise<void> {
  const validity = { notBefore: hours(-1), notAfter: hours(1_000) };
  for (const { ledger, mspId } of [organizer, reseller]) {
    const { event, seller } = CONSORTIUM.keys[mspId]!;
    const keys = [aKeyRegistration(event, 'event', validity), aKeyRegistration(seller, 'seller', validity)];
    await ledger.accept(keys, EVERYBODY);
  }
}
