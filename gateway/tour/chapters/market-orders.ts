/** What goes into the sealed resale, and what cannot be learned of it before the close. */
import type { NewBid } from '../../../committee/wallet/index.js';
import { allClosings } from '../../../committee/client/index.js';
import type { VoidCode } from '../../../chaincode/domain/market/resolve.js';
import type { Answer } from '../../client/guichet-client.js';
import type { OrderReceipt } from '../../client/resources.js';
import { StoryBroken } from '../narrator.js';
import { pounds } from '../pounds.js';
import { PRICE_MINOR } from './event.js';
import type { MarketScene } from './market.js';
import { tellCheats } from './market-cheats.js';

/** An order of the story, and what has to become of it. */
export interface Placed {
  readonly who: string;
  readonly what: string;
  readonly mspId: string;
  readonly slot: number;
  /** Absent: it counts. */
  readonly code?: VoidCode;
}

const MANY = 100;
export const bidding = (reseller: string, name = 'seat', more: Partial<NewBid> = {}): NewBid => ({
  ...{ name, priceClass: 'stalls', quantity: 1, limitMinor: PRICE_MINOR, reseller },
  ...more,
});

export async function tellOrders(scene: MarketScene): Promise<readonly Placed[]> {
  const asked = await tellAsks(scene);
  const bids = await tellBids(scene);
  const cheats = await tellCheats(scene, bids);
  await tellTransfer(scene);
  await tellEarlyReading(scene);
  return [...asked, ...bids, ...cheats];
}

export type Row = Omit<Placed, 'mspId' | 'slot'>;
export const placedAt = (row: Row, { mspId, slot }: OrderReceipt): Placed => ({ ...row, mspId, slot });

async function tellAsks({ stage, hall, tickets }: MarketScene): Promise<readonly Placed[]> {
  const { narrator, reseller } = stage;
  const asks = [
    ['Ann', 3_000, undefined],
    ['Abe', 3_500, undefined],
    ['Amy', 4_600, undefined],
    ['Art', 4_900, 'PRICE_ABOVE_CAP'],
    ['Ava', 3_000, 'NOT_THE_HOLDER'],
  ] as const;
  const receipts = await narrator.happenAtOnce(
    'All five offer their tickets, under seal: at prices that nobody sees, one of them above the cap',
    asks.map(async ([name, askMinor]) => {
      const { ticket, issue } = ticketOf(tickets, name);
      const { jws } = await (await hall.wallet(name)).ask({ ticket, issue, askMinor, reseller: reseller.mspId });
      return hall.place(name, reseller, jws);
    }),
  );
  return receipts.map((receipt, at) => {
    const [who, askMinor, code] = asks[at] ?? asks[0];
    return placedAt({ who, what: `asks ${pounds(askMinor)}`, ...(code && { code }) }, receipt);
  });
}

export function ticketOf<T>(tickets: ReadonlyMap<string, T>, name: string): T {
  const ticket = tickets.get(name);
  if (!ticket) throw new StoryBroken(`${name} has no ticket`);
  return ticket;
}

async function tellBids({ stage, hall }: MarketScene): Promise<readonly Placed[]> {
  const { narrator, reseller, venue } = stage;
  const { mspId } = reseller;
  const bid = async (who: string, at: typeof venue) =>
    hall.place(who, at, (await (await hall.wallet(who)).bid(bidding(mspId))).jws);
  const what = `bids ${pounds(PRICE_MINOR)}`;
  const honest = [
    ['Bea', reseller],
    ['Ben', reseller],
    ['Bob', venue],
  ] as const;
  const receipts = await narrator.happenAtOnce(
    'Bea, Ben and Bob bid what they have paid in',
    honest.map(([who, at]) => bid(who, at)),
  );
  await narrator.refuses(`${venue.mspId} has taken in as much as it may`, 'ORDER_QUOTA', bid('Bob', venue));
  const max = await hall.wallet('Max');
  const many: Promise<Answer<OrderReceipt>>[] = Array.from({ length: MANY }, async (_, at) =>
    hall.place('Max', reseller, (await max.bid(bidding(mspId, `bid-${at}`))).jws),
  );
  const maxs = await narrator.happenAtOnce(`Max bids too, a hundred times under a hundred names`, many);
  return [
    ...receipts.map((receipt, at) => placedAt({ who: honest[at]?.[0] ?? '', what }, receipt)),
    ...maxs.map((receipt) => placedAt({ who: 'Max', what }, receipt)),
  ];
}

async function tellTransfer({ stage, crowd, tickets }: MarketScene): Promise<void> {
  await stage.narrator.happens(
    'Ava, whose ticket is offered, gives it to Ann',
    crowd.transfer('Ava', 'Ann', ticketOf(tickets, 'Ava')),
  );
}

/** Nodes go by their own clocks, and what opens orders does not exist before they are frozen. */
async function tellEarlyReading({ stage, hall }: MarketScene): Promise<void> {
  const { narrator, organizer, nodes, channel, event } = stage;
  const committee = await organizer.client.committee(hall.terms.key?.epoch);
  const asking = { channel, committee, now: Date.now };
  const { answers, failures } = await allClosings(nodes, { event, market: hall.terms.number }, asking);
  narrator.holds(
    `The organizer would like to read already and has the ${failures.length} nodes close the market: none does`,
    answers.length === 0 && failures.every(({ code }) => code === 'NOTHING_DUE'),
  );
  const { state, secret, progress } = await organizer.client.market(hall.market);
  narrator.holds(
    'Not one share of its key is on the ledger',
    state === 'open' && secret === undefined && progress.shares.length === 0,
  );
}
