/** Signed sales of distinct seats through REST, and raw writes, in turns on one network. */
import type { BenchNetwork } from './bench-network.js';
import { checkLedger } from './ledger-check.js';
import { ledgerBytes, networkCpuMs } from './processes.js';
import { inTurn } from './in-parallel.js';
import { latencyFigures, RAW_CLIENTS, RAW_TRANSACTIONS, ROUNDS } from './raw.js';
import { RawLoad } from './raw-load.js';
import { openDrop, runDrop, SEATS_PER_ORDER, signOrders, type Order } from './seat-drop-load.js';
import { perSecond, spreadOf } from './statistics.js';

const EVENT = 'OrganizerMSP:seat-drop';
const TICKETS_PER_ROUND = 10_000;
const WARM_UP_TICKETS = 2_000;
const CLIENTS = 600;
const RAW_WARM_UP = 400;

interface Round {
  readonly ticketsPerSecond: number;
  readonly rawPerSecond: number;
  readonly cpuMsPerTicket: number;
  readonly bytesPerTicket: number;
}

export async function measureSeatDrop(network: BenchNetwork): Promise<object> {
  const profile = network.profileOf('reseller');
  const places = await openDrop(network.clientOf('organizer'), EVENT, WARM_UP_TICKETS + ROUNDS * TICKETS_PER_ROUND);
  const orders = signOrders(profile.channel, EVENT, places).slice(
    0,
    (WARM_UP_TICKETS + ROUNDS * TICKETS_PER_ROUND) / SEATS_PER_ORDER,
  );
  const take = inTurn(orders);
  const raw = new RawLoad(profile);
  try {
    await raw.run(RAW_WARM_UP, RAW_CLIENTS);
    await runDrop(network.shopOf('reseller'), take(WARM_UP_TICKETS / SEATS_PER_ORDER), CLIENTS);
    const rounds: Round[] = [];
    const latencies: number[] = [];
    for (let number = 1; number <= ROUNDS; number += 1) {
      const { round, latenciesMs } = await measureRound(network, raw, take(TICKETS_PER_ROUND / SEATS_PER_ORDER));
      rounds.push(round);
      latencies.push(...latenciesMs);
      console.log(
        `round ${number}: ${round.ticketsPerSecond.toFixed(0)} tickets/s, raw ${round.rawPerSecond.toFixed(0)} tx/s`,
      );
    }
    const { sold, oversold, unsigned, saleKeys, transactions } = await checkLedger(profile, EVENT, orders);
    const figures = figuresOf(rounds);
    return {
      ...figures,
      transactionsPerSecond: Number(((figures.ticketsPerSecond.median * transactions) / sold).toFixed(1)),
      latencyMs: latencyFigures(latencies),
      clients: CLIENTS,
      stateKeysPerTicket: Number((saleKeys / sold).toFixed(2)),
      sold,
      oversold,
      unsigned,
    };
  } finally {
    await raw.close();
  }
}

async function measureRound(network: BenchNetwork, raw: RawLoad, orders: readonly Order[]) {
  const rawResult = await raw.run(RAW_TRANSACTIONS, RAW_CLIENTS);
  const { plan } = network;
  const [cpuBefore, bytesBefore] = [networkCpuMs(plan), ledgerBytes(plan)];
  const result = await runDrop(network.shopOf('reseller'), orders, CLIENTS);
  const round: Round = {
    ticketsPerSecond: perSecond(result),
    rawPerSecond: perSecond(rawResult),
    cpuMsPerTicket: (networkCpuMs(plan) - cpuBefore) / result.committed,
    bytesPerTicket: (ledgerBytes(plan) - bytesBefore) / result.committed,
  };
  return { round, latenciesMs: result.latenciesMs };
}

function figuresOf(rounds: readonly Round[]) {
  const spread = (of: (round: Round) => number, digits?: number) => spreadOf(rounds.map(of), digits);
  return {
    ticketsPerSecond: spread(({ ticketsPerSecond }) => ticketsPerSecond),
    rawTxPerSecond: spread(({ rawPerSecond }) => rawPerSecond),
    ratio: spread(({ ticketsPerSecond, rawPerSecond }) => ticketsPerSecond / rawPerSecond, 2),
    cpuMsPerTicket: spread(({ cpuMsPerTicket }) => cpuMsPerTicket, 2),
    ledgerBytesPerTicket: spread(({ bytesPerTicket }) => bytesPerTicket, 0),
  };
}
