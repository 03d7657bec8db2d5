/**
 * Sealed markets of 100, 1,000 and 10,000 orders, on one network one after the other: orders per second through REST, seconds from the close to each step,
 * bytes on the ledger, what the committee's nodes send and calculate; against a committee that decrypts every order, and against direct listings.
 *
 * Half of the orders are asks. The clock of the steps begins at the time that the market's opening names, and a step has ended when a peer told of the block.
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { withBenchNetwork, type BenchNetwork } from './bench-network.js';
import { measureCommitteeWork } from './committee-work.js';
import { measureDirectSales } from './direct-sales.js';
import { requireSound } from './market-check.js';
import { byNodes, stepSeconds, transactionsByKind } from './market-figures.js';
import { MARKET, MarketLedger } from './market-ledger.js';
import { DEPOSIT_MINOR, sealOrders, signDeposits } from './market-load.js';
import { openMarketScene, RESELLER, type MarketScene } from './market-scene.js';
import { MarketWatch } from './market-watch.js';
import { countsOfNodes, mostSince } from './node-messages.js';
import { cpuMsByProgram, ledgerBytes } from './processes.js';
import { latencyFigures } from './raw.js';
import { postAll } from './rest-load.js';
import { perSecond } from './statistics.js';

const SIZES = [100, 1_000, 10_000];
const CLIENTS = 400;
/** Slow enough for any machine that the benchmark makes sense on: orders must be in before the close. */
const SLOWEST = { depositsPerSecond: 100, ordersPerSecond: 120, sealedPerSecond: 800, keySeconds: 15 } as const;
const END_MS = 600_000;
const HOUR_MS = 3_600_000;

export const sizesIn = (texts: readonly string[]): readonly number[] => (texts.length > 0 ? texts.map(Number) : SIZES);

export async function measureSealedMarkets(sizes: readonly number[]): Promise<object> {
  const markets = await withBenchNetwork(async (network) => {
    const measured: Record<string, object> = {};
    for (const orders of sizes) measured[orders] = await measureMarket(network, orders);
    return { markets: measured, directListings: await measureDirectSales(network) };
  });
  const work = sizes.map((orders) => [orders, measureCommitteeWork(orders)] as const);
  return {
    ...markets,
    committeeCpu: Object.fromEntries(work),
    setUp: 'enrolments are signed with the keys of t nodes, no wallet asks them',
    clients: CLIENTS,
  };
}

const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

async function measureMarket(network: BenchNetwork, orders: number): Promise<object> {
  const event = `OrganizerMSP:sealed-${orders}`;
  const scene = await openMarketScene(network, event, orders);
  const ledger = new MarketLedger(network.profileOf('reseller'), event);
  const watch = new MarketWatch(network.profileOf('reseller'));
  await watch.start();
  try {
    const nodesBefore = await countsOfNodes(network.plan);
    const closesAtMs = await openMarket(network, scene, orders);
    const taken = await takeOrders(network, scene, ledger);
    await sleep(Math.max(0, closesAtMs - Date.now()));
    const cpuBefore = cpuMsByProgram(network.plan);
    const { state, result } = await ledger.end(END_MS);
    if (state !== 'finished') throw new Error(`the market of ${orders} orders is ${state}`);
    const cpuMs = cpuSince(cpuBefore, network, orders);
    const nodes = mostSince(nodesBefore, await countsOfNodes(network.plan));
    const transactions = (await watch.stop()).filter((transaction) => transaction.event === event);
    const figures = {
      /** Of the last five minutes: what else the machine had to do is in it. */
      loadAverage: Number((loadavg()[1] ?? 0).toFixed(1)),
      ...taken.figures,
      trades: result?.trades ?? 0,
      fromCloseSeconds: stepSeconds(transactions, closesAtMs),
      cpuMsPerOrderFromClose: cpuMs,
      ledgerBytesPerOrder: {
        takenIn: Math.round(taken.bytes / orders),
        all: Math.round((ledgerBytes(network.plan) - taken.bytesBefore) / orders),
      },
      mostOfAnyNode: nodes,
      transactionsOfAllNodes: byNodes(transactions),
      transactions: transactionsByKind(transactions),
      ...requireSound(orders, await ledger.check(), result?.trades ?? 0),
    };
    console.log(`${orders} orders: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    ledger.close();
  }
}

/** For each order, of each program and all together. */
function cpuSince(before: Readonly<Record<string, number>>, { plan }: BenchNetwork, orders: number) {
  const each = Object.entries(cpuMsByProgram(plan)).map(([program, ms]): readonly [string, number] => {
    return [program, Number(((ms - (before[program] ?? 0)) / orders).toFixed(2))];
  });
  return { all: Number(each.reduce((sum, [, ms]) => sum + ms, 0).toFixed(2)), ...Object.fromEntries(each) };
}

/** @returns when it closes */
async function openMarket(network: BenchNetwork, { event, buyers }: MarketScene, orders: number): Promise<number> {
  const { depositsPerSecond, ordersPerSecond, sealedPerSecond, keySeconds } = SLOWEST;
  const seconds = keySeconds + buyers.length / depositsPerSecond + orders / sealedPerSecond + orders / ordersPerSecond;
  const closesAtMs = Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000;
  await network.clientOf('organizer').openMarket(event, {
    market: MARKET,
    supply: 'resale',
    closesAt: iso(closesAtMs),
    abortableAt: iso(closesAtMs + HOUR_MS),
    depositSteps: [DEPOSIT_MINOR],
    quotas: { [RESELLER]: orders },
    guarantees: { [RESELLER]: DEPOSIT_MINOR * buyers.length },
    sellerFeeBps: 300,
    buyerFeeBps: 500,
  });
  return closesAtMs;
}

async function takeOrders(network: BenchNetwork, scene: MarketScene, ledger: MarketLedger) {
  const shop = network.shopOf('reseller');
  const { plan } = network;
  const path = `/v1/markets/${scene.event}:m${MARKET}`;
  const asked = performance.now();
  const key = await ledger.key();
  const keySeconds = Number(((performance.now() - asked) / 1000).toFixed(2));
  const orders = sealOrders(scene, key);
  const bytesBefore = ledgerBytes(plan);
  const deposits = await postAll(shop, `${path}/deposits`, signDeposits(scene), CLIENTS);
  const [cpuBefore, ordersFrom] = [cpuMsByProgram(plan), ledgerBytes(plan)];
  const taken = await postAll(shop, `${path}/orders`, orders, CLIENTS);
  const figures = {
    keySeconds,
    depositsPerSecond: Number(perSecond(deposits).toFixed(1)),
    ordersPerSecond: Number(perSecond(taken).toFixed(1)),
    orderLatencyMs: latencyFigures(taken.latenciesMs),
    cpuMsPerOrderTaken: cpuSince(cpuBefore, network, orders.length),
  };
  return { figures, bytesBefore, bytes: ledgerBytes(plan) - ordersFrom };
}
