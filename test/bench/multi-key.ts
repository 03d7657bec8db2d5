/**
 * What Fabric's messages for many keys gain. Our chaincode runs twice on one network, on servers of its own each: one listens to the peers' announcement of
 * such messages, the other is deaf to it and does the same key by key. A ledger drop's ready-signed orders go to both in turns; who begins changes.
 */
import type { BenchNetwork } from './bench-network.js';
import { ChaincodeSide } from './chaincode-side.js';
import { CLIENTS, TICKETS_PER_ROUND, WARM_UP_TICKETS } from './ledger-drop.js';
import { networkCpuMs } from './processes.js';
import { latencyFigures } from './raw.js';
import { SEATS_PER_ORDER } from './seat-drop-load.js';
import { perSecond, spreadOf } from './statistics.js';

/** Odd, so that there is a median. */
const ROUNDS = 5;
const TICKETS = WARM_UP_TICKETS + ROUNDS * TICKETS_PER_ROUND;

interface Sold {
  readonly ticketsPerSecond: number;
  readonly cpuMsPerTicket: number;
  readonly latenciesMs: readonly number[];
}

interface Round {
  readonly multiKey: Sold;
  readonly keyByKey: Sold;
}

export async function measureMultiKey(network: BenchNetwork): Promise<object> {
  const multiKey = await ChaincodeSide.open(network, 'multi-key', false, TICKETS);
  const keyByKey = await ChaincodeSide.open(network, 'key-by-key', true, TICKETS);
  const sides = { multiKey, keyByKey };
  try {
    for (const side of Object.values(sides)) await side.sell(WARM_UP_TICKETS / SEATS_PER_ORDER, CLIENTS);
    const rounds: Round[] = [];
    for (let number = 1; number <= ROUNDS; number += 1) {
      const round = await measureRound(network, sides, number % 2 === 1);
      rounds.push(round);
      console.log(`round ${number}: ${textOf(round)}`);
    }
    return {
      multiKey: { ...figuresOf(rounds.map((round) => round.multiKey)), ...(await multiKey.check()) },
      keyByKey: { ...figuresOf(rounds.map((round) => round.keyByKey)), ...(await keyByKey.check()) },
      ratio: spreadOf(
        rounds.map((round) => round.multiKey.ticketsPerSecond / round.keyByKey.ticketsPerSecond),
        2,
      ),
      cpuRatio: spreadOf(
        rounds.map((round) => round.multiKey.cpuMsPerTicket / round.keyByKey.cpuMsPerTicket),
        2,
      ),
      clients: CLIENTS,
    };
  } finally {
    for (const side of Object.values(sides)) await side.close();
  }
}

async function measureRound(
  network: BenchNetwork,
  { multiKey, keyByKey }: Readonly<Record<keyof Round, ChaincodeSide>>,
  isMultiKeyFirst: boolean,
): Promise<Round> {
  const early = isMultiKeyFirst ? await measure(network, multiKey) : undefined;
  const stock = await measure(network, keyByKey);
  return { multiKey: early ?? (await measure(network, multiKey)), keyByKey: stock };
}

async function measure({ plan }: BenchNetwork, side: ChaincodeSide): Promise<Sold> {
  const before = networkCpuMs(plan);
  const result = await side.sell(TICKETS_PER_ROUND / SEATS_PER_ORDER, CLIENTS);
  const cpuMsPerTicket = (networkCpuMs(plan) - before) / result.committed;
  return { ticketsPerSecond: perSecond(result), cpuMsPerTicket, latenciesMs: result.latenciesMs };
}

function figuresOf(all: readonly Sold[]) {
  return {
    ticketsPerSecond: spreadOf(all.map(({ ticketsPerSecond }) => ticketsPerSecond)),
    cpuMsPerTicket: spreadOf(
      all.map(({ cpuMsPerTicket }) => cpuMsPerTicket),
      2,
    ),
    latencyMs: latencyFigures(all.flatMap(({ latenciesMs }) => latenciesMs)),
  };
}

const textOf = ({ multiKey, keyByKey }: Round): string =>
  `${multiKey.ticketsPerSecond.toFixed(0)} tickets/s with messages for many keys, ${keyByKey.ticketsPerSecond.toFixed(0)} key by key`;
