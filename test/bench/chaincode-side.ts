/** Our chaincode under a name of its own on a running network, with or without Fabric's messages for many keys, and a ledger drop's orders for it. */
import { deployChaincode, type ChaincodeDeployment } from '../../network/network.js';
import { evaluate } from '../../gateway/fabric/queries.js';
import { Connection } from '../../gateway/fabric/connection.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import type { Fabric } from '../../gateway/fabric/index.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { hours, openSchedule } from '../support/live-scene.js';
import { probeChaincode } from '../support/probe-chaincode/deployment.js';
import { aKeyRegistration, anAllotment, anEvent, CONSORTIUM } from '../support/statements.js';
import type { BenchNetwork } from './bench-network.js';
import { checkLedger } from './ledger-check.js';
import type { SaleCheck } from './sale-check.js';
import { dropAllotments, placesIn, signOrders } from './seat-drop-load.js';
import { openLanes, registerSellerKey, signSale, submitAll, type ReadyOrder } from './signed-orders.js';
import type { LoadResult } from './statistics.js';

const ALLOTMENTS_AT_ONCE = 20;

export class ChaincodeSide {
  readonly #profile: FabricProfile;
  readonly #seller: Fabric;
  readonly #event: string;
  readonly #orders: readonly ReadyOrder[];
  #next = 0;

  private constructor(profile: FabricProfile, seller: Fabric, event: string, orders: readonly ReadyOrder[]) {
    this.#profile = profile;
    this.#seller = seller;
    this.#event = event;
    this.#orders = orders;
  }

  /** Deploys it, founds its consortium and puts an event on sale. @param tickets as many as can be sold of it */
  static async open(network: BenchNetwork, name: string, isDeaf: boolean, tickets: number): Promise<ChaincodeSide> {
    await deployChaincode(network.plan, deploymentOf(network, name, isDeaf));
    const on = (organization: string) => ({ ...network.profileOf(organization), chaincode: name });
    await requireLimits(on('reseller'), isDeaf ? 0 : 1);
    const event = `OrganizerMSP:${name}`;
    const organizer = openLanes(on('organizer'));
    try {
      await found(organizer, network);
      await putOnSale(organizer, event, tickets);
    } finally {
      await organizer.close();
    }
    const seller = openLanes(on('reseller'));
    const key = await registerSellerKey(seller);
    const places = placesIn(dropAllotments(tickets)).slice(0, tickets);
    const orders = signOrders(on('reseller').channel, event, places).map((order) => signSale(key, order));
    return new ChaincodeSide(on('reseller'), seller, event, orders);
  }

  sell(orders: number, clients: number): Promise<LoadResult> {
    return submitAll(this.#seller, this.#orders.slice(this.#next, (this.#next += orders)), clients);
  }

  /** @throws {Error} where a seat is not its buyer's, or nobody signed for it */
  check(): Promise<SaleCheck> {
    return checkLedger(this.#profile, this.#event, this.#orders.slice(0, this.#next));
  }

  close(): Promise<void> {
    return this.#seller.close();
  }
}

/** Started with the same flags as our own. */
function deploymentOf({ plan }: BenchNetwork, name: string, isDeaf: boolean): ChaincodeDeployment {
  const [program, ...script] = probeChaincode(name, ...(isDeaf ? (['stock'] as const) : [])).command;
  const flags = plan.topology.chaincode.command.slice(1, -1);
  return { ...probeChaincode(name), command: [program ?? 'node', ...flags, ...script] };
}

/** @throws {Error} unless its server and its peer do talk in the way that is to be measured */
async function requireLimits(profile: FabricProfile, atLeast: 0 | 1): Promise<void> {
  const connection = new Connection({ profile, clock: systemClock });
  try {
    const query = { chaincode: profile.chaincode, transaction: 'Probe:limits', arguments: [] };
    const answer = Buffer.from(await evaluate(connection, query)).toString();
    const { maxReads, maxWrites } = JSON.parse(answer) as { maxReads: number; maxWrites: number };
    if ([maxReads, maxWrites].some((limit) => limit > 0 !== atLeast > 0))
      throw new Error(`${profile.chaincode} has the limits ${answer}`);
  } finally {
    connection.close();
  }
}

async function found(organizer: Fabric, { plan }: BenchNetwork): Promise<void> {
  const organizations = plan.organizations.map(({ mspId, name, roles }) => ({ mspId, name, roles }));
  const founding = JSON.stringify({ organizations });
  for (const step of ['Consortium:propose', 'Consortium:found']) await organizer.transact(step, founding);
}

async function putOnSale({ submitter }: Fabric, name: string, tickets: number): Promise<void> {
  const { event: key } = CONSORTIUM.keys.OrganizerMSP ?? {};
  if (!key) throw new Error('the organizer has no key');
  const validity = { notBefore: hours(-1), notAfter: hours(100) };
  await submitter.submit(aKeyRegistration(key, 'event', validity));
  const event = anEvent({ event: name, schedule: openSchedule() });
  await submitter.submit(event.command);
  const allotments = dropAllotments(tickets).map((allotment) => anAllotment(event, allotment).command);
  for (let at = 0; at < allotments.length; at += ALLOTMENTS_AT_ONCE)
    await Promise.all(allotments.slice(at, at + ALLOTMENTS_AT_ONCE).map((command) => submitter.submit(command)));
}
