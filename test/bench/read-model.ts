/**
 * The read model of a gateway that sells, on PGlite and, where it is installed, on PostgreSQL: how far it is behind, while as much is sold as can be and while
 * half of that is; how long the availability of an event with 80,000 seats takes, quiet and meanwhile; and what it costs a gateway that does nothing else.
 */
import { startNetwork, ProcessTable } from '../../network/network.js';
import { placeOf } from '../support/place.js';
import { startPostgres } from '../support/postgres.js';
import { until } from '../support/until.js';
import type { BenchNetwork } from './bench-network.js';
import { BlockLag } from './block-lag.js';
import { inTurn } from './in-parallel.js';
import { checkLedger } from './ledger-check.js';
import { processCpuMs } from './processes.js';
import { latencyFigures } from './raw.js';
import { requireNone } from './sale-check.js';
import { openDrop, runDrop, runSteadySale, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { perSecond, quantile } from './statistics.js';
import { judge } from './targets.js';

const SEATS = 80_000;
const WARM_UP_TICKETS = 2_000;
const TICKETS = 10_000;
/** Sold at half the rate that the others were; enough blocks for a percentile. */
const STEADY_TICKETS = 15_000;
const CLIENTS = 200;
const READS = 100;
const SELLER = 'gateway-reseller';
/** Sells nothing here: what its process computes for each ticket is the read model and hearing of blocks. */
const BYSTANDER = 'gateway-venue';

export async function measureReadModel(network: BenchNetwork): Promise<object> {
  const pglite = await measureOne(network, 'OrganizerMSP:read-model-pglite');
  console.log(`PGlite: ${JSON.stringify(pglite)}`);
  const postgresql = await onPostgres(network);
  const targets = judge('read-model', {
    pgliteLagP99Ms: pglite.lagMs.p99,
    pgliteLagAtHalfLoadP99Ms: pglite.lagAtHalfLoadMs.p99,
    pgliteAvailabilityP50Ms: slowestP50(pglite),
    ...('lagMs' in postgresql && {
      postgresqlLagP99Ms: postgresql.lagMs.p99,
      postgresqlLagAtHalfLoadP99Ms: postgresql.lagAtHalfLoadMs.p99,
      postgresqlAvailabilityP50Ms: slowestP50(postgresql),
    }),
  });
  return { seats: SEATS, clients: CLIENTS, pglite, postgresql, targets };
}

type Latencies = ReturnType<typeof latencyFigures>;

type Lag = Latencies & { readonly max: number; readonly blocks: number };

interface Measured {
  /** While as much is sold as can be. */
  readonly lagMs: Lag;
  readonly lagAtHalfLoadMs: Lag;
  readonly availabilityMs: {
    readonly quiet: { readonly counts: Latencies; readonly places: Latencies };
    readonly selling: Latencies;
  };
  readonly ticketsPerSecond: number;
  readonly ticketsPerSecondAtHalfLoad: number;
  readonly bystanderCpuMsPerTicket?: number;
  readonly free: number;
  readonly sold: number;
  readonly oversold: number;
  readonly unsigned: number;
}

/** Of all ways to ask for what is free, the slowest. */
const slowestP50 = ({ availabilityMs: { quiet, selling } }: Measured): number =>
  Math.max(quiet.counts.p50, quiet.places.p50, selling.p50);

/** The seller's gateway is started again with its databases on a server. */
async function onPostgres(network: BenchNetwork): Promise<Measured | { readonly skipped: string }> {
  const server = await startPostgres().catch((error: unknown) => String(error));
  if (typeof server === 'string') return { skipped: server };
  const { plan } = network;
  const processes = new ProcessTable(plan.directory);
  const restart = async () => {
    const running = processes.running(SELLER);
    if (running) process.kill(running.pid, 'SIGTERM');
    await until(() => processes.running(SELLER) === undefined);
    await startNetwork({ ...placeOf('bench'), progress: 'terminal', topology: plan.topology });
  };
  process.env.DATABASE_URL = server.url;
  try {
    await restart();
    return await measureOne(network, 'OrganizerMSP:read-model-postgresql');
  } finally {
    delete process.env.DATABASE_URL;
    const running = processes.running(SELLER);
    if (running) process.kill(running.pid, 'SIGTERM');
    await until(() => processes.running(SELLER) === undefined);
    await server.stop();
  }
}

async function measureOne(network: BenchNetwork, event: string): Promise<Measured> {
  const profile = network.profileOf('reseller');
  const shop = network.shopOf('reseller');
  const places = await openDrop(network.clientOf('organizer'), event, SEATS);
  const orders = signOrders(profile.channel, event, places.slice(0, WARM_UP_TICKETS + TICKETS + STEADY_TICKETS));
  const take = inTurn(orders);
  await runDrop(shop, take(WARM_UP_TICKETS / SEATS_PER_ORDER), CLIENTS);
  await freeOf(shop.publicUrl, event);
  const counts = await availability(shop.publicUrl, event, 'counts');
  const quiet = { counts, places: await availability(shop.publicUrl, event, 'places') };
  const bystander = new ProcessTable(network.plan.directory).running(BYSTANDER);
  const before = bystander && processCpuMs(bystander.pid);
  const watched = { profile, url: `${shop.publicUrl}/v1/events/${event}/search/markets` };
  const watch = new BlockLag(watched);
  const selling = runDrop(shop, take(TICKETS / SEATS_PER_ORDER), CLIENTS);
  const meanwhile = availability(shop.publicUrl, event, 'counts');
  const [result, busy] = [await selling, await meanwhile];
  const lagMs = lagOf(await watch.stop());
  const cpuMs = bystander && before !== undefined ? (processCpuMs(bystander.pid) - before) / TICKETS : undefined;
  const steadyWatch = new BlockLag(watched);
  const steady = await runSteadySale(shop, take(STEADY_TICKETS / SEATS_PER_ORDER), perSecond(result) / 2);
  const lagAtHalfLoadMs = lagOf(await steadyWatch.stop());
  const { sold, oversold, unsigned } = await checkLedger(profile, event, orders);
  const free = await freeOf(shop.publicUrl, event);
  requireNone(`availability of ${event}`, { freeTooMany: free - (SEATS - sold) });
  return {
    ticketsPerSecond: Number(perSecond(result).toFixed(1)),
    lagMs,
    ticketsPerSecondAtHalfLoad: Number(perSecond(steady).toFixed(1)),
    lagAtHalfLoadMs,
    availabilityMs: {
      quiet: { counts: latencyFigures(quiet.counts), places: latencyFigures(quiet.places) },
      selling: latencyFigures(busy),
    },
    ...(cpuMs !== undefined && { bystanderCpuMsPerTicket: Number(cpuMs.toFixed(3)) }),
    ...{ free, sold, oversold, unsigned },
  };
}

const lagOf = (lagMs: readonly number[]): Lag => ({
  ...latencyFigures(lagMs),
  max: Math.round(quantile(lagMs, 1)),
  blocks: lagMs.length,
});

async function availability(url: string, event: string, detail: 'counts' | 'places'): Promise<readonly number[]> {
  const latenciesMs: number[] = [];
  for (let read = 0; read < READS; read += 1) {
    const started = performance.now();
    await get(`${url}/v1/events/${event}/availability?detail=${detail}`);
    latenciesMs.push(performance.now() - started);
  }
  return latenciesMs;
}

async function freeOf(url: string, event: string): Promise<number> {
  const { ledger } = await get<{ ledger: number }>(`${url}/v1/search/status`);
  return (await get<{ free: number }>(`${url}/v1/events/${event}/availability?min-block=${ledger - 1}`)).free;
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} was answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
