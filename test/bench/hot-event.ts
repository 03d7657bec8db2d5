/**
 * Everybody wants the same 1,000 seats, by Zipf's law; some of what they send is invalid, some is sent twice, and a saboteur does his worst. In turns with a seat
 * drop and raw writes on the same network: how fast is it sold out, and does anybody innocent suffer?
 */
import { PartyLedger } from '../support/party-ledger.js';
import { Saboteur } from '../support/saboteur.js';
import { newKey } from '../support/statements.js';
import type { BenchNetwork } from './bench-network.js';
import { checkSales, requireFair } from './hot-event-check.js';
import { Hunt, type HuntResult } from './hot-event-load.js';
import { inTurn } from './in-parallel.js';
import { checkLedger } from './ledger-check.js';
import { latencyFigures, ROUNDS } from './raw.js';
import { turnFigures, withRaw, type Turn } from './raw-turns.js';
import { onSaleAt, openDrop, runDrop, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import type { SaleCheck } from './sale-check.js';
import { perSecond, spreadOf } from './statistics.js';
import { judge } from './targets.js';

const SEATS = 1_000;
const CLIENTS = 300;
const DROP_TICKETS = 3_000;
const WARM_UP_TICKETS = 1_000;
/** The saboteur's ticket and what he orders: places beyond those that others want. */
const SABOTEURS_SEATS = 200;

interface Round extends Turn {
  /** The seat drop's rate. */
  readonly drop: number;
  readonly hunt: HuntResult;
  readonly passed: number;
  readonly check: SaleCheck;
}

export async function measureHotEvent(network: BenchNetwork): Promise<object> {
  const profile = network.profileOf('reseller');
  const shop = network.shopOf('reseller');
  const event = 'OrganizerMSP:hot-event-drop';
  const tickets = WARM_UP_TICKETS + ROUNDS * DROP_TICKETS;
  const places = await openDrop(network.clientOf('organizer'), event, tickets);
  const orders = signOrders(profile.channel, event, places.slice(0, tickets));
  const take = inTurn(orders);
  await runDrop(shop, take(WARM_UP_TICKETS / SEATS_PER_ORDER), CLIENTS);
  const warmedUp = await soldOut(network, 'OrganizerMSP:hot-event-warm-up');
  console.log(`warm-up: sold out at ${perSecond(warmedUp.hunt).toFixed(0)} tickets/s`);
  const rounds: Round[] = [];
  await withRaw(profile, async (rawPerSecond) => {
    for (let number = 1; number <= ROUNDS; number += 1) {
      const raw = await rawPerSecond();
      const drop = perSecond(await runDrop(shop, take(DROP_TICKETS / SEATS_PER_ORDER), CLIENTS));
      const round = { drop, ...(await soldOut(network, `OrganizerMSP:hot-event-${number}`)) };
      rounds.push({ ...round, ticketsPerSecond: perSecond(round.hunt), rawPerSecond: raw });
      console.log(
        `round ${number}: drop ${drop.toFixed(0)} tickets/s, sold out at ${perSecond(round.hunt).toFixed(0)}`,
      );
    }
  });
  return figuresOf(rounds, await checkLedger(profile, event, orders));
}

function figuresOf(rounds: readonly Round[], dropped: SaleCheck): object {
  const hunts = rounds.map(({ hunt }) => hunt);
  const sumOf = (of: (round: (typeof rounds)[number]) => number) => rounds.reduce((sum, each) => sum + of(each), 0);
  const { ticketsPerSecond: ticketsPerSecondUntilSoldOut, rawTxPerSecond, ratio: ratioToRaw } = turnFigures(rounds);
  const ratio = spreadOf(
    rounds.map(({ drop, ticketsPerSecond }) => ticketsPerSecond / drop),
    2,
  );
  return {
    ticketsPerSecondUntilSoldOut,
    seatDropTicketsPerSecond: spreadOf(rounds.map(({ drop }) => drop)),
    ...{ ratio, rawTxPerSecond, ratioToRaw },
    requestsPerSecond: spreadOf(hunts.map(({ requests, seconds }) => requests / seconds)),
    latencyMs: latencyFigures(hunts.flatMap(({ latenciesMs }) => latenciesMs)),
    clients: CLIENTS,
    sabotagePasses: sumOf(({ passed }) => passed),
    innocentFailures: sumOf(({ hunt }) => hunt.failures.length),
    forgeriesRefused: sumOf(({ hunt }) => hunt.forgeries - hunt.forgeriesMisjudged.length),
    duplicatesAgreed: sumOf(({ hunt }) => hunt.duplicates - hunt.duplicatesDiffering),
    sold: dropped.sold + sumOf(({ check }) => check.sold),
    oversold: dropped.oversold + sumOf(({ check }) => check.oversold),
    unsigned: dropped.unsigned + sumOf(({ check }) => check.unsigned),
    targets: judge('hot-event', { timesSeatDrop: ratio.median }),
  };
}

async function soldOut(network: BenchNetwork, event: string) {
  const shop = network.shopOf('reseller');
  const { channel } = network.profileOf('reseller');
  const policy = { perPersonLimit: { primary: 100, resale: 100 }, transfer: 'allowed' } as const;
  const all = await openDrop(network.clientOf('organizer'), event, SEATS + SABOTEURS_SEATS, policy);
  await onSaleAt(shop, event, SEATS + SABOTEURS_SEATS);
  const [wanted, rest] = [all.slice(0, SEATS), all.slice(SEATS, SEATS + SABOTEURS_SEATS)];
  const [one, other] = [newKey(`${event} one`), newKey(`${event} other`)];
  const spoiling = signOrders(channel, event, rest, SEATS_PER_ORDER, (request) => ({
    key: request % 2 === 0 ? one : other,
  }));
  const [prize, ...orders] = spoiling;
  if (!prize) throw new Error('the saboteur has no seats');
  await runDrop(shop, [prize], 1);
  const ledger = new PartyLedger(network.profileOf('organizer'));
  const ticket = { event, ticket: prize.tickets[0] ?? '', holder: one };
  const saboteur = new Saboteur(ledger, ['OrganizerMSP', 'VenueMSP'], ticket, other);
  try {
    const hunt = await new Hunt({ shop, channel, event, seats: wanted, clients: CLIENTS }).run(
      orders.map(({ body }) => body),
    );
    await saboteur.stop();
    requireFair(event, hunt);
    const check = await checkSales(network.profileOf('reseller'), event, wanted, hunt.sold);
    return { hunt, passed: saboteur.passed, check };
  } finally {
    await saboteur.stop().catch(() => undefined);
    await ledger.close();
  }
}
