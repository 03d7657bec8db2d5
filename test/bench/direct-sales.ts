/** The same through direct listings, on the same network: a ticket is listed and somebody takes it, so it changes hands at once, at the seller's price. */
import type { BenchNetwork } from './bench-network.js';
import { ledgerBytes, networkCpuMs } from './processes.js';
import { checkResales } from './resale-check.js';
import { list, RULES, signResale, take } from './resale-load.js';
import { openDrop, runDrop, signOrders } from './seat-drop-load.js';
import { perSecond } from './statistics.js';

const EVENT = 'OrganizerMSP:direct';
const TICKETS = 2_000;
const CLIENTS = 400;

export async function measureDirectSales(network: BenchNetwork): Promise<object> {
  const { plan } = network;
  const profile = network.profileOf('reseller');
  const shop = network.shopOf('reseller');
  const places = await openDrop(network.clientOf('organizer'), EVENT, TICKETS, RULES);
  const orders = signOrders(profile.channel, EVENT, places.slice(0, TICKETS), 1);
  await runDrop(shop, orders, CLIENTS);
  const resales = orders.map((order) => signResale(profile.channel, EVENT, order));
  const [cpuBefore, bytesBefore] = [networkCpuMs(plan), ledgerBytes(plan)];
  const listings = await list(shop, resales, CLIENTS);
  const purchases = await take(shop, resales, CLIENTS);
  const seconds = listings.seconds + purchases.seconds;
  return {
    tickets: TICKETS,
    listingsPerSecond: Number(perSecond(listings).toFixed(1)),
    purchasesPerSecond: Number(perSecond(purchases).toFixed(1)),
    ticketsPerSecond: Number((TICKETS / seconds).toFixed(1)),
    cpuMsPerTicket: Number(((networkCpuMs(plan) - cpuBefore) / TICKETS).toFixed(2)),
    ledgerBytesPerTicket: Math.round((ledgerBytes(plan) - bytesBefore) / TICKETS),
    ...(await checkResales(profile, EVENT, resales)),
  };
}
