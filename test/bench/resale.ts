/**
 * Resales against primary sales, in turns on one network through the same gateway. A unit is one command that was answered as committed: a sale of one
 * ticket, a listing, or a purchase of a listed ticket. What wallets sign is signed before the clock starts; the seller's signature under each
 * primary sale is the gateway's work and is not.
 */
import type { BenchNetwork } from './bench-network.js';
import { inTurn } from './in-parallel.js';
import { networkCpuMs } from './processes.js';
import { latencyFigures, ROUNDS } from './raw.js';
import { checkResales } from './resale-check.js';
import { list, RULES, signResale, take, type Resale } from './resale-load.js';
import { openDrop, runDrop, signOrders, type Order } from './seat-drop-load.js';
import { perSecond, spreadOf, type LoadResult } from './statistics.js';

const EVENT = 'OrganizerMSP:resale';
const PER_ROUND = 4_000;
const WARM_UP = 800;
const CLIENTS = 600;

interface Measured extends LoadResult {
  readonly cpuMs: number;
}

interface Round {
  readonly sales: Measured;
  readonly listings: Measured;
  readonly purchases: Measured;
}

export async function measureResale(network: BenchNetwork): Promise<object> {
  const profile = network.profileOf('reseller');
  const sold = WARM_UP + PER_ROUND * (ROUNDS + 1);
  const places = await openDrop(network.clientOf('organizer'), EVENT, sold, RULES);
  const orders = signOrders(profile.channel, EVENT, places.slice(0, sold), 1);
  // What an earlier round has sold: so either may go first.
  const resold = orders.slice(0, WARM_UP + PER_ROUND * ROUNDS);
  const resales = resold.map((order) => signResale(profile.channel, EVENT, order));
  const [takeOrders, takeResales] = [inTurn(orders), inTurn(resales)];
  const sell = (count: number) => measureSales(network, takeOrders(count));
  const resell = (count: number) => measureResales(network, takeResales(count));

  await sell(WARM_UP + PER_ROUND);
  await resell(WARM_UP);
  const rounds: Round[] = [];
  for (let number = 1; number <= ROUNDS; number += 1) {
    const resalesFirst = number % 2 === 0 ? await resell(PER_ROUND) : undefined;
    const sales = await sell(PER_ROUND);
    const round = { sales, ...(resalesFirst ?? (await resell(PER_ROUND))) };
    rounds.push(round);
    console.log(`round ${number}: ${textOf(round)}`);
  }
  return { ...figuresOf(rounds), clients: CLIENTS, ...(await checkResales(profile, EVENT, resales)) };
}

async function measureSales(network: BenchNetwork, orders: readonly Order[]): Promise<Measured> {
  return withCpu(network, () => runDrop(network.shopOf('reseller'), orders, CLIENTS));
}

async function measureResales(network: BenchNetwork, resales: readonly Resale[]): Promise<Omit<Round, 'sales'>> {
  const shop = network.shopOf('reseller');
  const listings = await withCpu(network, () => list(shop, resales, CLIENTS));
  const purchases = await withCpu(network, () => take(shop, resales, CLIENTS));
  return { listings, purchases };
}

async function withCpu({ plan }: BenchNetwork, load: () => Promise<LoadResult>): Promise<Measured> {
  const before = networkCpuMs(plan);
  const result = await load();
  return { ...result, cpuMs: networkCpuMs(plan) - before };
}

/** Listings and purchases together: all their commands by all their time. */
const resaleRate = ({ listings, purchases }: Round): number =>
  (listings.committed + purchases.committed) / (listings.seconds + purchases.seconds);
const ratioOf = (round: Round): number => resaleRate(round) / perSecond(round.sales);

const cpuRatioOf = ({ sales, listings, purchases }: Round): number =>
  sales.cpuMs / sales.committed / ((listings.cpuMs + purchases.cpuMs) / (listings.committed + purchases.committed));

function textOf(round: Round): string {
  const { sales, listings, purchases } = round;
  const rate = (load: LoadResult) => perSecond(load).toFixed(0);
  return `${rate(sales)} sales/s, ${rate(listings)} listings/s, ${rate(purchases)} purchases/s, ratio ${ratioOf(round).toFixed(2)}`;
}

function figuresOf(rounds: readonly Round[]) {
  const spread = (of: (round: Round) => number, digits?: number) => spreadOf(rounds.map(of), digits);
  const each = (name: keyof Round) => ({
    perSecond: spread((round) => perSecond(round[name])),
    cpuMsEach: spread((round) => round[name].cpuMs / round[name].committed, 2),
    latencyMs: latencyFigures(rounds.flatMap((round) => round[name].latenciesMs)),
  });
  return {
    unit: 'one committed command: a primary sale of one ticket, a listing, a purchase',
    sales: each('sales'),
    listings: each('listings'),
    purchases: each('purchases'),
    resaleCommandsPerSecond: spread(resaleRate),
    ratio: spread(ratioOf, 2),
    /** What the processors did for a sale, by what they did for a resale's command: other work on the machine is not in it. */
    cpuRatio: spread(cpuRatioOf, 2),
    purchaseRatio: spread(({ sales, purchases }) => perSecond(purchases) / perSecond(sales), 2),
  };
}
