/**
 * The same orders as a seat drop's, ready-signed, straight into a lane's submit path: what the ledger does on a network without
 * applications, so that nobody's read model has its share of the processor. A few rounds on a young ledger, in turns with raw writes, and, where more tickets are
 * asked for, a few again once so many are sold in several events.
 */
import type { BenchNetwork } from './bench-network.js';
import type { Fabric } from '../../gateway/fabric/index.js';
import type { SigningKey } from '../../gateway/signer/sign-statement.js';
import { checkLedger, type LedgerCheck } from './ledger-check.js';
import { found, putOnSale } from './on-sale.js';
import { networkCpuMs } from './processes.js';
import { latencyFigures, ROUNDS } from './raw.js';
import { textOf, turnFigures, withRaw, type Turn } from './raw-turns.js';
import { SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { openLanes, registerSellerKey, signSale, submitAll, type ReadyOrder } from './signed-orders.js';
import { perSecond, quantile, spreadOf, type LoadResult } from './statistics.js';
import { judge, OLD_LEDGER_TICKETS } from './targets.js';

export const TICKETS_PER_ROUND = 10_000;
export const WARM_UP_TICKETS = 2_000;
/** As many as the lanes take into their queue. */
export const CLIENTS = 800;
const TICKETS_PER_EVENT = 50_000;

interface Round extends Turn {
  readonly cpuMsPerTicket: number;
  readonly latenciesMs: readonly number[];
}

type Check = Pick<LedgerCheck, 'sold' | 'oversold' | 'unsigned' | 'transactions'>;

export async function measureLedgerDrop(network: BenchNetwork, tickets = 0): Promise<object> {
  const organizer = openLanes(network.profileOf('organizer'));
  const seller = openLanes(network.profileOf('reseller'));
  try {
    await found(organizer, network.plan);
    const drop = new LedgerDrop(network, { organizer, seller }, await registerSellerKey(seller));
    const young = await drop.rounds('young');
    const ticketsPerSecond = young.ticketsPerSecond.median;
    if (tickets === 0) return { ...young, clients: CLIENTS, targets: judge('ledger-drop', { ticketsPerSecond }) };
    await drop.fill(tickets);
    const old = await drop.rounds('old');
    const kept = Number((old.ticketsPerSecond.median / ticketsPerSecond).toFixed(2));
    const isOld = drop.filled >= OLD_LEDGER_TICKETS;
    const targets = judge('ledger-drop', { ticketsPerSecond, ...(isOld && { kept }) });
    return { young, old, soldBetween: drop.filled, kept, clients: CLIENTS, targets };
  } finally {
    await Promise.all([organizer.close(), seller.close()]);
  }
}

interface Lanes {
  readonly organizer: Fabric;
  readonly seller: Fabric;
}

class LedgerDrop {
  readonly #network: BenchNetwork;
  readonly #lanes: Lanes;
  readonly #key: SigningKey;
  filled = 0;

  constructor(network: BenchNetwork, lanes: Lanes, key: SigningKey) {
    this.#network = network;
    this.#lanes = lanes;
    this.#key = key;
  }

  /** An event of its own, sold in as many rounds as are measured. */
  async rounds(name: string) {
    const event = `OrganizerMSP:${name}`;
    const orders = await this.#orders(event, WARM_UP_TICKETS + ROUNDS * TICKETS_PER_ROUND);
    let at = WARM_UP_TICKETS / SEATS_PER_ORDER;
    await this.#sell(orders.slice(0, at));
    const rounds: Round[] = [];
    await withRaw(this.#network.profileOf('reseller'), async (rawPerSecond) => {
      for (let number = 1; number <= ROUNDS; number += 1) {
        const part = orders.slice(at, (at += TICKETS_PER_ROUND / SEATS_PER_ORDER));
        const round = { rawPerSecond: await rawPerSecond(), ...(await this.#round(part)) };
        console.log(`${name} ledger, round ${number}: ${textOf(round)}`);
        rounds.push(round);
      }
    });
    const check = await this.#check(event, orders);
    return {
      ...turnFigures(rounds),
      cpuMsPerTicket: spreadOf(
        rounds.map(({ cpuMsPerTicket }) => cpuMsPerTicket),
        2,
      ),
      latencyMs: latencyFigures(rounds.flatMap(({ latenciesMs }) => latenciesMs)),
      ticketsPerTransaction: Number((check.sold / check.transactions).toFixed(1)),
      ...check,
    };
  }

  async #round(orders: readonly ReadyOrder[]): Promise<Omit<Round, 'rawPerSecond'>> {
    const before = networkCpuMs(this.#network.plan);
    const result = await this.#sell(orders);
    const cpuMsPerTicket = (networkCpuMs(this.#network.plan) - before) / result.committed;
    return { ticketsPerSecond: perSecond(result), cpuMsPerTicket, latenciesMs: result.latenciesMs };
  }

  /** Sells so many in events of a large hall each. */
  async fill(tickets: number): Promise<void> {
    const rates: number[] = [];
    while (this.filled < tickets) {
      const event = `OrganizerMSP:hall-${this.filled / TICKETS_PER_EVENT + 1}`;
      const result = await this.#sell(await this.#orders(event, TICKETS_PER_EVENT));
      this.filled += result.committed;
      rates.push(perSecond(result));
    }
    console.log(`${this.filled} tickets between, median ${quantile(rates, 0.5).toFixed(0)} tickets/s`);
  }

  async #orders(event: string, tickets: number): Promise<readonly ReadyOrder[]> {
    const places = await putOnSale(this.#lanes.organizer, event, tickets);
    const { channel } = this.#network.profileOf('reseller');
    return signOrders(channel, event, places).map((order) => signSale(this.#key, order));
  }

  #sell(orders: readonly ReadyOrder[]): Promise<LoadResult> {
    return submitAll(this.#lanes.seller, orders, CLIENTS);
  }

  async #check(event: string, orders: readonly ReadyOrder[]): Promise<Check> {
    const { sold, oversold, unsigned, transactions } = await checkLedger(
      this.#network.profileOf('reseller'),
      event,
      orders,
    );
    return { sold, oversold, unsigned, transactions };
  }
}
