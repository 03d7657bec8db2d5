/** Sales through REST with and without 10,000 reads a second offered to the same gateway, in turns. A sale that fails fails the benchmark. */
import type { BenchNetwork } from './bench-network.js';
import { Flood } from './flood.js';
import type { FloodReport } from './flood-worker.js';
import { inTurn } from './in-parallel.js';
import { checkLedger } from './ledger-check.js';
import { latencyFigures, ROUNDS } from './raw.js';
import { openDrop, runDrop, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { perSecond, spreadOf } from './statistics.js';

const EVENT = 'OrganizerMSP:gateway-flood';
const READS_PER_SECOND = 10_000;
const CONNECTIONS = 100;
const CLIENTS = 100;
const TICKETS_PER_ROUND = 2_000;
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
  const sell = (count: number) => runDrop(shop, take(count / SEATS_PER_ORDER), CLIENTS);
  const paths = [
    ...[`/v1/events/${EVENT}`, `/v1/events/${EVENT}/availability`],
    ...places.slice(0, TICKETS_READ).map((place) => `/v1/tickets/${EVENT}:${place}`),
  ];
  await sell(WARM_UP_TICKETS);
  const rates: { quiet: number; flooded: number }[] = [];
  const latencies: { quiet: number[]; flooded: number[] } = { quiet: [], flooded: [] };
  const floods: FloodReport[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const quiet = await sell(TICKETS_PER_ROUND);
    const flood = new Flood(shop.publicUrl, { paths, perSecond: READS_PER_SECOND, connections: CONNECTIONS });
    const flooded = await sell(TICKETS_PER_ROUND);
    floods.push(await flood.stop());
    rates.push({ quiet: perSecond(quiet), flooded: perSecond(flooded) });
    latencies.quiet.push(...quiet.latenciesMs);
    latencies.flooded.push(...flooded.latenciesMs);
    console.log(`round ${round}: ${perSecond(quiet).toFixed(0)} tickets/s, flooded ${perSecond(flooded).toFixed(0)}`);
  }
  const { sold, oversold } = await checkLedger(profile, EVENT, orders);
  return {
    ticketsPerSecond: spreadOf(rates.map(({ quiet }) => quiet)),
    ticketsPerSecondFlooded: spreadOf(rates.map(({ flooded }) => flooded)),
    ratio: spreadOf(
      rates.map(({ quiet, flooded }) => flooded / quiet),
      2,
    ),
    latencyMs: latencyFigures(latencies.quiet),
    latencyMsFlooded: latencyFigures(latencies.flooded),
    ...readFigures(floods),
    clients: CLIENTS,
    ...{ failedSales: 0, sold, oversold },
  };
}

function readFigures(floods: readonly FloodReport[]) {
  const perSecondOf = (count: (flood: FloodReport) => number) =>
    spreadOf(
      floods.map((flood) => count(flood) / flood.seconds),
      0,
    );
  const ofStatus = (status: string) => perSecondOf(({ answered }) => answered[status] ?? 0);
  const others = floods.flatMap(({ answered }) =>
    Object.entries(answered).filter(([status]) => !['200', '404', '503'].includes(status)),
  );
  return {
    readsOfferedPerSecond: perSecondOf(({ offered }) => offered),
    readsAnsweredPerSecond: ofStatus('200'),
    // Of tickets that are not sold yet.
    readsNotFoundPerSecond: ofStatus('404'),
    readsShedPerSecond: ofStatus('503'),
    otherAnswers: others.reduce((sum, [, count]) => sum + count, 0),
    brokenConnections: floods.reduce((sum, { broken }) => sum + broken, 0),
  };
}
