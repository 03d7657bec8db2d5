/** Signed sales of distinct seats through REST, and raw writes, in turns on one network. */
import type { BenchNetwork } from './bench-network.js';
import { checkLedger } from './ledger-check.js';
import { ledgerBytes, networkCpuMs } from './processes.js';
import { inTurn } from './in-parallel.js';
import { latencyFigures, ROUNDS } from './raw.js';
import { textOf, turnFigures, withRaw, type Turn } from './raw-turns.js';
import { openDrop, runDrop, SEATS_PER_ORDER, signOrders, type Order } from './seat-drop-load.js';
import { perSecond, spreadOf } from './statistics.js';
import { judge } from './targets.js';

const EVENT = 'OrganizerMSP:seat-drop';
const TICKETS_PER_ROUND = 10_000;
const WARM_UP_TICKETS = 2_000;
const CLIENTS = 600;

interface Round extends Turn {
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
  return withRaw(profile, async (rawPerSecond) => {
    await runDrop(network.shopOf('reseller'), take(WARM_UP_TICKETS / SEATS_PER_ORDER), CLIENTS);
    const rounds: Round[] = [];
    const latencies: number[] = [];
    for (let number = 1; number <= ROUNDS; number += 1) {
      const { round, latenciesMs } = await measureRound(
        network,
        rawPerSecond,
        take(TICKETS_PER_ROUND / SEATS_PER_ORDER),
      );
      rounds.push(round);
      latencies.push(...latenciesMs);
      console.log(`round ${number}: ${textOf(round)}`);
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
      targets: judge('seat-drop', {
        ticketsPerSecond: figures.ticketsPerSecond.median,
        timesRaw: figures.ratio.median,
      }),
    };
  });
}

async function measureRound(network: BenchNetwork, raw: () => Promise<number>, orders: readonly Order[]) {
  const rawPerSecond = await raw();
  const { plan } = network;
  const [cpuBefore, bytesBefore] = [networkCpuMs(plan), ledgerBytes(plan)];
  const result = await runDrop(network.shopOf('reseller'), orders, CLIENTS);
  const round: Round = {
    ticketsPerSecond: perSecond(result),
    rawPerSecond,
    cpuMsPerTicket: (networkCpuMs(plan) - cpuBefore) / result.committed,
    bytesPerTicket: (ledgerBytes(plan) - bytesBefore) / result.committed,
  };
  return { round, latenciesMs: result.latenciesMs };
}

function figuresOf(rounds: readonly Round[]) {
  const spread = (of: (round: Round) => number, digits?: number) => spreadOf(rounds.map(of), digits);
  return {
    ...turnFigures(rounds),
    cpuMsPerTicket: spread(({ cpuMsPerTicket }) => cpuMsPerTicket, 2),
    ledgerBytesPerTicket: spread(({ bytesPerTicket }) => bytesPerTicket, 0),
  };
}
