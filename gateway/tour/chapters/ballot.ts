/** The ballot: what the organizer has not sold is drawn for, friends together or not at all, one draw for each person. */
import { timestampOf } from '../../clock.js';
import { awaitKey } from '../await-key.js';
import { pounds } from '../pounds.js';
import { SealedHall } from '../sealed-hall.js';
import { PRICE_MINOR } from './event.js';
import type { MarketScene } from './market.js';
import { tellMoney, tradesOf } from './market-end.js';
import { bidding } from './market-orders.js';

const REVEAL_MS = 150_000;
const LEAST_MS = 20_000;
const PARTY = 'party';
/** Beside Bea, who brings two guests. */
const PAIRS = ['Dot', 'Gil'] as const;
const GUESTS = ['Ben', 'Bob'] as const;

/** @param resaleMs how long the resale was open; the ballot, with a few orders, needs half of it */
export async function tellBallot(scene: MarketScene, resaleMs: number): Promise<void> {
  const { narrator } = scene.stage;
  narrator.chapter(
    'A ballot',
    'Row B was never sold. It is drawn for under seal in the same way, at its price: who comes with friends sits with them, and nobody draws twice.',
  );
  const hall = await openBallot(scene, Math.max(LEAST_MS, Math.round(resaleMs / 2)));
  await narrator.happenAtOnce(`Bea, Dot and Gil pay in ${pounds(3 * PRICE_MINOR)} each`, [
    ...['Bea', ...PAIRS].map((name) => hall.deposit(name, 3 * PRICE_MINOR)),
  ]);
  await tellBids(scene, hall);
  await hall.until(({ state }) => state === 'finished');
  await hall.emptied(['Bea', ...PAIRS]);
  await tellSeats(scene, hall);
  await tellMoney(scene);
}

async function openBallot(scene: MarketScene, windowMs: number): Promise<SealedHall> {
  const { stage, crowd } = scene;
  const { narrator, organizer, reseller, venue, event } = stage;
  const closes = Date.now() + windowMs;
  const { market } = await narrator.happens(
    `The organizer has row B drawn for; who wants seats has ${Math.round(windowMs / 1000)} seconds`,
    organizer.client.openMarket(event, {
      ...{ market: 2, supply: 'ballot', allotments: ['row-b'], depositSteps: [3 * PRICE_MINOR] },
      ...{ closesAt: timestampOf(closes), abortableAt: timestampOf(closes + REVEAL_MS) },
      quotas: { [reseller.mspId]: 10 },
      guarantees: { [reseller.mspId]: 100 * PRICE_MINOR },
      ...{ sellerFeeBps: 0, buyerFeeBps: 0 },
    }),
  );
  narrator.holds('Row B is off sale until it is over', (await stateOfRow(scene)) === 'market');
  await awaitKey(stage, market);
  return new SealedHall(stage, crowd, await venue.client.market(market));
}

async function tellBids({ stage, crowd }: MarketScene, hall: SealedHall): Promise<void> {
  const { narrator, reseller } = stage;
  const { mspId } = reseller;
  const host = await crowd.credentialOf('Bea');
  const guests = await Promise.all(GUESTS.map((name) => crowd.credentialOf(name)));
  const consents = await Promise.all(
    GUESTS.map(async (name) => (await (await hall.wallet(name)).consent(host, PARTY)).jws),
  );
  const together = bidding(mspId, PARTY, { quantity: 3, allOrNothing: true, guests });
  const beas = await (await hall.wallet('Bea')).bid(together);
  await narrator.happens(
    'Bea bids for three, all or nothing; Ben and Bob have signed that they come with her',
    hall.place('Bea', reseller, beas.jws, consents),
  );
  await narrator.happenAtOnce(
    'Dot and Gil want two each',
    PAIRS.map(async (name) => {
      const { jws } = await (await hall.wallet(name)).bid(bidding(mspId, 'pair', { quantity: 2 }));
      return hall.place(name, reseller, jws);
    }),
  );
}

async function tellSeats({ stage, crowd }: MarketScene, hall: SealedHall): Promise<void> {
  const { narrator, organizer, reseller } = stage;
  const trades = await tradesOf(reseller, hall.market);
  const seats = new Map<string, number[]>();
  for (const { bidder, buyer, ticket, totalMinor } of trades) {
    const seat = Number(ticket.split(':').at(-1));
    seats.set(bidder, [...(seats.get(bidder) ?? []), seat]);
    narrator.fact(crowd.nameOf(buyer), `row B, seat ${seat}, ${pounds(totalMinor)}`);
  }
  const runs = [...seats.values()].map((own) => own.sort((a, b) => a - b));
  const adjacent = runs.every((own) => own.every((seat, at) => at === 0 || seat === (own[at - 1] ?? 0) + 1));
  narrator.holds(
    'All seven have a seat beside those with whom they came: seats 1 to 7, in the order of their draws',
    trades.length === 7 && runs.length === 3 && adjacent && Math.max(...runs.flat()) === 7,
  );
  const owners = await Promise.all(
    trades.map(async ({ ticket, buyer }) => (await organizer.client.ticket(ticket)).holder === buyer),
  );
  narrator.holds('Each guest holds a ticket of his own', owners.every(Boolean));
  narrator.holds('What is left of row B is the organizer’s again, as it was', (await stateOfRow({ stage })) === 'open');
}

async function stateOfRow({ stage: { organizer, event } }: Pick<MarketScene, 'stage'>): Promise<string | undefined> {
  const { allotments } = await organizer.client.allotments(event);
  return allotments.find(({ allotment }) => allotment === 'row-b')?.state;
}
