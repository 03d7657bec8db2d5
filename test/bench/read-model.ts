/**
 * The read model of a gateway that sells, on PGlite and, where it is installed, on PostgreSQL: how far it is behind, how long the availability of an
 * event with 80,000 seats takes, quiet and meanwhile, and what it costs a gateway that does nothing else.
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
import { openDrop, runDrop, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { perSecond, quantile } from './statistics.js';
import { judge } from './targets.js';

const SEATS = 80_000;
const WARM_UP_TICKETS = 2_000;
const TICKETS = 10_000;
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
    pgliteAvailabilityP50Ms: slowestP50(pglite),
    ...('lagMs' in postgresql && {
      postgresqlLagP99Ms: postgresql.lagMs.p99,
      postgresqlAvailabilityP50Ms: slowestP50(postgresql),
    }),
  });
  return { seats: SEATS, clients: CLIENTS, pglite, postgresql, targets };
}

type Latencies = ReturnType<typeof latencyFigures>;

interface Measured {
  readonly lagMs: Latencies & { readonly max: number; readonly blocks: number };
  readonly availabilityMs: {
    readonly quiet: { readonly counts: Latencies; readonly places: Latencies };
    readonly selling: Latencies;
  };
  readonly ticketsPerSecond: number;
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
  const orders = signOrders(profile.channel, event, places.slice(0, WARM_UP_TICKETS + TICKETS));
  const take = inTurn(orders);
  await runDrop(shop, take(WARM_UP_TICKETS / SEATS_PER_ORDER), CLIENTS);
  await freeOf(shop.publicUrl, event);
  const counts = await availability(shop.publicUrl, event, 'counts');
  const quiet = { counts, places: await availability(shop.publicUrl, event, 'places') };
  const bystander = new ProcessTable(network.plan.directory).running(BYSTANDER);
  const before = bystander && processCpuMs(bystander.pid);
  const watch = new BlockLag({ profile, url: `${shop.publicUrl}/v1/events/${event}/search/markets` });
  const selling = runDrop(shop, take(TICKETS / SEATS_PER_ORDER), CLIENTS);
  const meanwhile = availability(shop.publicUrl, event, 'counts');
  const [result, busy] = [await selling, await meanwhile];
  const lagMs = await watch.stop();
  const { sold, oversold, unsigned } = await checkLedger(profile, event, orders);
  const free = await freeOf(shop.publicUrl, event);
  requireNone(`availability of ${event}`, { freeTooMany: free - (SEATS - sold) });
  const cpuMs = bystander && before !== undefined ? (processCpuMs(bystander.pid) - before) / TICKETS : undefined;
  return {
    ticketsPerSecond: Number(perSecond(result).toFixed(1)),
    lagMs: { ...latencyFigures(lagMs), max: Math.round(quantile(lagMs, 1)), blocks: lagMs.length },
    availabilityMs: {
      quiet: { counts: latencyFigures(quiet.counts), places: latencyFigures(quiet.places) },
      selling: latencyFigures(busy),
    },
    ...(cpuMs !== undefined && { bystanderCpuMsPerTicket: Number(cpuMs.toFixed(3)) }),
    ...{ free, sold, oversold, unsigned },
  };
}

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
