/** The sealed resale: five sellers, eight buyers, and nobody who can see what the others want before it is too late to use it. */
import type { SoldTicket } from '../../client/resources.js';
import { timestampOf } from '../../clock.js';
import { awaitKey } from '../await-key.js';
import type { Stage } from '../cast.js';
import { Crowd } from '../crowd.js';
import { StoryBroken } from '../narrator.js';
import { pounds } from '../pounds.js';
import { SealedHall } from '../sealed-hall.js';
import { tellBallot } from './ballot.js';
import { FACE_MINOR, FEE_MINOR, PRICE_MINOR, scheduleFrom } from './event.js';
import { tellMarketEnd } from './market-end.js';
import { tellOrders } from './market-orders.js';

const DOORS_MS = 60 * 60 * 1000;
/** To reveal in, before anybody may abort. */
const REVEAL_MS = 150_000;
const LEAST_MS = 30_000;
const MOST_MS = 150_000;
const FEE_BPS = 500;

export const SELLERS = ['Ann', 'Abe', 'Amy', 'Art', 'Ava'] as const;
export const BUYERS = ['Bea', 'Ben', 'Bob', 'Max', 'Dot', 'Gil', 'Hal', 'Ida'] as const;
/** Who of the buyers has paid something in. */
export const DEPOSITORS = BUYERS.filter((name) => name !== 'Dot');
/** A hundred of them are one person's. */
export const SLOTS = 150;

export interface MarketScene {
  readonly stage: Stage;
  readonly crowd: Crowd;
  readonly hall: SealedHall;
  /** By seller. */
  readonly tickets: ReadonlyMap<string, SoldTicket>;
}

/** At an event of its own. */
export async function tellMarket(before: Stage): Promise<void> {
  const stage = { ...before, event: `${before.event}-3` };
  stage.narrator.chapter(
    'A sealed resale',
    'Sellers and buyers say what they want under seal. Until the close nobody can read it: neither organizations nor nodes, nor whoever takes it in. Then all of it is opened at once, and a draw decides that nobody could foresee.',
  );
  const began = Date.now();
  await tellEvent(stage);
  const crowd = new Crowd(stage);
  const { narrator, organizer, reseller } = stage;
  await crowd.join(`Five people enrol at ${reseller.mspId}, to sell`, reseller, SELLERS);
  await crowd.join(`and eight at ${organizer.mspId}, to buy`, organizer, BUYERS);
  const sold = await narrator.happenAtOnce(
    'The five have bought a ticket each, in row A',
    SELLERS.map((name, at) => crowd.buy(name, reseller, `stalls:A:${at + 1}`)),
  );
  const tickets = new Map(SELLERS.map((name, at) => [name as string, sold[at]?.tickets[0]] as const));
  // A busy machine gets more time for the orders.
  const windowMs = Math.min(MOST_MS, Math.max(LEAST_MS, 2 * (Date.now() - began)));
  const scene = { stage, crowd, hall: await openResale(stage, crowd, windowMs), tickets: complete(tickets) };
  await tellDeposits(scene);
  const placed = await tellOrders(scene);
  await tellMarketEnd(scene, placed);
  await tellBallot(scene, windowMs);
}

function complete(tickets: ReadonlyMap<string, SoldTicket | undefined>): ReadonlyMap<string, SoldTicket> {
  const all = [...tickets].flatMap(([name, ticket]) => (ticket ? [[name, ticket] as const] : []));
  if (all.length < tickets.size) throw new StoryBroken('a seller has no ticket');
  return new Map(all);
}

async function tellEvent(stage: Stage): Promise<void> {
  const { narrator, organizer, reseller, venue, event } = stage;
  await narrator.happens(
    '“As You Like It”: tickets are resold under seal only, by lottery, and never for more than they cost',
    organizer.client.createEvent({
      ...{ event, name: 'As You Like It', venue: venue.mspId, currency: 'GBP' },
      schedule: scheduleFrom(Date.now(), DOORS_MS),
      policy: {
        ...{ credentialRequired: true, market: 'sealed', clearing: 'lottery' },
        ...{ perPersonLimit: { primary: 2, resale: 2 }, organizerRoyaltyBps: 600, venueBps: 200 },
      },
    }),
  );
  const row = (letter: string, seller: string) =>
    organizer.client.createAllotment(event, {
      ...{ allotment: `row-${letter.toLowerCase()}`, seller, priceClass: 'stalls', facePriceMinor: FACE_MINOR },
      fees: [{ kind: 'service', payee: seller, amountMinor: FEE_MINOR }],
      seats: { section: 'stalls', rows: [[letter, 1, 10]] },
    });
  await narrator.happenAtOnce('Row A goes to the reseller, row B stays with the organizer', [
    row('A', reseller.mspId),
    row('B', organizer.mspId),
  ]);
  await awaitKey(stage, event);
}

async function openResale(stage: Stage, crowd: Crowd, windowMs: number): Promise<SealedHall> {
  const { narrator, organizer, reseller, venue, event } = stage;
  const closes = Date.now() + windowMs;
  const { market } = await narrator.happens(
    `The organizer opens a market for ${Math.round(windowMs / 1000)} seconds, with ${SLOTS} slots at ${reseller.mspId} and one at ${venue.mspId}`,
    organizer.client.openMarket(event, {
      ...{ market: 1, supply: 'resale', closesAt: timestampOf(closes), abortableAt: timestampOf(closes + REVEAL_MS) },
      depositSteps: [PRICE_MINOR, 3 * PRICE_MINOR],
      quotas: { [reseller.mspId]: SLOTS, [venue.mspId]: 1 },
      guarantees: { [reseller.mspId]: 100 * PRICE_MINOR },
      ...{ sellerFeeBps: FEE_BPS, buyerFeeBps: FEE_BPS },
    }),
  );
  const { usable } = await awaitKey(stage, market);
  const [n, t] = [usable?.nodes.length ?? 0, usable?.threshold ?? 0];
  narrator.holds(`The nodes have made a key for this market alone: it takes ${t} of ${n} to open anything`, t > 1);
  return new SealedHall(stage, crowd, await venue.client.market(market));
}

async function tellDeposits({ stage: { narrator }, hall }: MarketScene): Promise<void> {
  await narrator.happenAtOnce(
    `Seven of the eight buyers pay in ${pounds(PRICE_MINOR)}: that much everybody may see, and no more`,
    DEPOSITORS.map((name) => hall.deposit(name, PRICE_MINOR)),
  );
}
