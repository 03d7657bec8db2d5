/** Sales through REST with and without 10,000 reads a second offered to the same gateway, in turns. A sale that fails, or a read that is neither answered nor shed, fails the benchmark. */
import type { BenchNetwork } from './bench-network.js';
import { Flood } from './flood.js';
import { floodFigures } from './flood-figures.js';
import type { FloodReport } from './flood-worker.js';
import { inTurn } from './in-parallel.js';
import { checkLedger } from './ledger-check.js';
import { latencyFigures, ROUNDS } from './raw.js';
import { turnFigures, withRaw } from './raw-turns.js';
import { offerSales } from './offered-sales.js';
import { requireNone } from './sale-check.js';
import { openDrop, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { perSecond, spreadOf } from './statistics.js';
import { judge } from './targets.js';

const EVENT = 'OrganizerMSP:gateway-flood';
/** A little more than is asked for: what is due in the last tick is not offered any more. */
const READS_PER_SECOND = 10_100;
const CONNECTIONS = 100;
const CLIENTS = 100;
const TICKETS_PER_ROUND = 4_000;
const WARM_UP_TICKETS = 1_000;
/** Each is an answer of its own: of the event, what is free, and single tickets. */
const TICKETS_READ = 50;

export async function measureGatewayFlood(network: BenchNetwork): Promise<object> {
  const profile = network.profileOf('reseller');
  const shop = network.shopOf('reseller');
  const tickets = WARM_UP_TICKETS + 2 * ROUNDS * TICKETS_PER_ROUND;
  const places = (await openDrop(network.clientOf('organizer'), EVENT, tickets)).slice(0, tickets);
  const orders = signOrders(profile.channel, EVENT, places);
  const take = inTurn(orders);
  const failedSales: string[] = [];
  const sell = async (count: number) => {
    const sales = await offerSales(shop, take(count / SEATS_PER_ORDER), CLIENTS);
    failedSales.push(...sales.failures);
    return sales;
  };
  const paths = [
    ...[`/v1/events/${EVENT}`, `/v1/events/${EVENT}/availability`],
    ...places.slice(0, TICKETS_READ).map((place) => `/v1/tickets/${EVENT}:${place}`),
  ];
  await sell(WARM_UP_TICKETS);
  const rates: { quiet: number; flooded: number; raw: number }[] = [];
  const latencies: { quiet: number[]; flooded: number[] } = { quiet: [], flooded: [] };
  const floods: FloodReport[] = [];
  await withRaw(profile, async (rawPerSecond) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const raw = await rawPerSecond();
      const quiet = await sell(TICKETS_PER_ROUND);
      const flood = new Flood(shop.publicUrl, { paths, perSecond: READS_PER_SECOND, connections: CONNECTIONS });
      const flooded = await sell(TICKETS_PER_ROUND);
      floods.push(await flood.stop());
      rates.push({ quiet: perSecond(quiet), flooded: perSecond(flooded), raw });
      latencies.quiet.push(...quiet.latenciesMs);
      latencies.flooded.push(...flooded.latenciesMs);
      console.log(`round ${round}: ${perSecond(quiet).toFixed(0)} tickets/s, flooded ${perSecond(flooded).toFixed(0)}`);
    }
  });
  requireNone('sales under a flood', { failedSales: failedSales.length, answers: [...new Set(failedSales)] });
  const { sold, oversold, unsigned } = await checkLedger(profile, EVENT, orders);
  const flooding = floodFigures(floods);
  const turns = rates.map(({ flooded, raw }) => ({ ticketsPerSecond: flooded, rawPerSecond: raw }));
  const { rawTxPerSecond, ratio: floodedToRaw } = turnFigures(turns);
  return {
    ticketsPerSecond: spreadOf(rates.map(({ quiet }) => quiet)),
    ticketsPerSecondFlooded: spreadOf(rates.map(({ flooded }) => flooded)),
    ratio: spreadOf(
      rates.map(({ quiet, flooded }) => flooded / quiet),
      2,
    ),
    latencyMs: latencyFigures(latencies.quiet),
    latencyMsFlooded: latencyFigures(latencies.flooded),
    ...{ rawTxPerSecond, floodedToRaw },
    ...flooding,
    clients: CLIENTS,
    ...{ failedSales: failedSales.length, sold, oversold, unsigned },
    targets: judge('gateway-flood', {
      readsHandledPerSecond: flooding.readsHandledPerSecond.median,
      failedSales: failedSales.length,
    }),
  };
}
