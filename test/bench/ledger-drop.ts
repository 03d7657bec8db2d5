/**
 * The same orders as a seat drop's, ready-signed, straight into a lane's submit path: what the ledger does without HTTP and without the signer. A few rounds
 * on a young ledger and, where more tickets are asked for, a few again once so many are sold in several events.
 */
import type { BenchNetwork } from './bench-network.js';
import type { Fabric } from '../../gateway/fabric/index.js';
import type { SigningKey } from '../../gateway/signer/sign-statement.js';
import { inParallel } from './in-parallel.js';
import { checkLedger, type LedgerCheck } from './ledger-check.js';
import { networkCpuMs } from './processes.js';
import { latencyFigures, ROUNDS } from './raw.js';
import { openDrop, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { openLanes, registerSellerKey, signSale, type ReadyOrder } from './signed-orders.js';
import { perSecond, quantile, spreadOf, type LoadResult } from './statistics.js';

const TICKETS_PER_ROUND = 10_000;
const WARM_UP_TICKETS = 2_000;
/** As many as the lanes take into their queue. */
const CLIENTS = 800;
const TICKETS_PER_EVENT = 50_000;

type Check = Pick<LedgerCheck, 'sold' | 'oversold' | 'unsigned' | 'transactions'>;

export async function measureLedgerDrop(network: BenchNetwork, tickets = 0): Promise<object> {
  const fabric = openLanes(network.profileOf('reseller'));
  try {
    const drop = new LedgerDrop(network, fabric, await registerSellerKey(fabric));
    const young = await drop.rounds('young');
    if (tickets === 0) return { ...young, clients: CLIENTS };
    await drop.fill(tickets);
    const old = await drop.rounds('old');
    const kept = old.ticketsPerSecond.median / young.ticketsPerSecond.median;
    return { young, old, soldBetween: drop.filled, kept: Number(kept.toFixed(2)), clients: CLIENTS };
  } finally {
    await fabric.close();
  }
}

class LedgerDrop {
  readonly #network: BenchNetwork;
  readonly #fabric: Fabric;
  readonly #key: SigningKey;
  filled = 0;

  constructor(network: BenchNetwork, fabric: Fabric, key: SigningKey) {
    this.#network = network;
    this.#fabric = fabric;
    this.#key = key;
  }

  /** An event of its own, sold in as many rounds as are measured. */
  async rounds(name: string) {
    const event = `OrganizerMSP:${name}`;
    const orders = await this.#orders(event, WARM_UP_TICKETS + ROUNDS * TICKETS_PER_ROUND);
    let at = WARM_UP_TICKETS / SEATS_PER_ORDER;
    await this.#sell(orders.slice(0, at));
    const results: LoadResult[] = [];
    const cpu: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = networkCpuMs(this.#network.plan);
      const result = await this.#sell(orders.slice(at, (at += TICKETS_PER_ROUND / SEATS_PER_ORDER)));
      cpu.push((networkCpuMs(this.#network.plan) - before) / result.committed);
      console.log(`${name} ledger, round ${round}: ${perSecond(result).toFixed(0)} tickets/s`);
      results.push(result);
    }
    const check = await this.#check(event, orders);
    return {
      ticketsPerSecond: spreadOf(results.map(perSecond)),
      cpuMsPerTicket: spreadOf(cpu, 2),
      latencyMs: latencyFigures(results.flatMap(({ latenciesMs }) => latenciesMs)),
      ticketsPerTransaction: Number((check.sold / check.transactions).toFixed(1)),
      ...check,
    };
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
    const places = await openDrop(this.#network.clientOf('organizer'), event, tickets);
    const { channel } = this.#network.profileOf('reseller');
    return signOrders(channel, event, places.slice(0, tickets)).map((order) => signSale(this.#key, order));
  }

  /** @throws what the first order that is not sold was answered: every seat is wanted once */
  async #sell(orders: readonly ReadyOrder[]): Promise<LoadResult> {
    const started = performance.now();
    const latenciesMs = await inParallel(orders, CLIENTS, async ({ command }) => {
      const sent = performance.now();
      await this.#fabric.submitter.submit(command);
      return performance.now() - sent;
    });
    const seconds = (performance.now() - started) / 1000;
    return { seconds, committed: orders.length * SEATS_PER_ORDER, latenciesMs };
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
