/** Our chaincode under a name of its own on a running network, with or without Fabric's messages for many keys, and a ledger drop's orders for it. */
import { deployChaincode, type ChaincodeDeployment } from '../../network/network.js';
import { evaluate } from '../../gateway/fabric/queries.js';
import { Connection } from '../../gateway/fabric/connection.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import type { Fabric } from '../../gateway/fabric/index.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { probeChaincode } from '../support/probe-chaincode/deployment.js';
import type { BenchNetwork } from './bench-network.js';
import { checkLedger } from './ledger-check.js';
import { found, putOnSale } from './on-sale.js';
import type { SaleCheck } from './sale-check.js';
import { signOrders } from './seat-drop-load.js';
import { openLanes, registerSellerKey, signSale, submitAll, type ReadyOrder } from './signed-orders.js';
import type { LoadResult } from './statistics.js';

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
    let places: readonly string[];
    try {
      await found(organizer, network.plan);
      places = await putOnSale(organizer, event, tickets);
    } finally {
      await organizer.close();
    }
    const seller = openLanes(on('reseller'));
    const key = await registerSellerKey(seller);
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
