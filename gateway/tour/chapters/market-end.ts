/** After the close: what is refused while the market settles, what became of every order, and the draw computed once more. */
import { checkProof } from '../../../committee/wallet/index.js';
import type { MarketView, ResultPage } from '../../client/resources.js';
import { timestampOf } from '../../clock.js';
import type { Party, Stage } from '../cast.js';
import { balanceOf } from '../exchange.js';
import { StoryBroken } from '../narrator.js';
import { pounds } from '../pounds.js';
import { recomputeResale } from '../recomputed-market.js';
import { linesOf, sumOf } from './books.js';
import { PRICE_MINOR } from './event.js';
import { DEPOSITORS, type MarketScene } from './market.js';
import type { Placed } from './market-orders.js';
import { tellSettling } from './market-settling.js';

type Trade = ResultPage['trades'][number];

const HOUR_MS = 60 * 60 * 1000;
const LIMIT = 2;
const SHOWN = 16;

export async function tellMarketEnd(scene: MarketScene, placed: readonly Placed[]): Promise<void> {
  const { narrator, reseller } = scene.stage;
  await tellSettling(scene);
  const view = await scene.hall.until(({ state }) => state === 'finished');
  await scene.hall.emptied(DEPOSITORS);
  narrator.says('Nodes have closed it by their clocks and revealed its key; gateways have driven it to the end.');
  const trades = await tradesOf(reseller, view.market);
  tellTrades(scene, trades);
  await tellOutcomes(scene, placed);
  await tellDraw(scene, view, trades);
  await tellProof(scene, view, placed);
  await tellMoney(scene);
}

export async function tradesOf({ client }: Party, market: string): Promise<readonly Trade[]> {
  const { pages } = await client.marketResults(market, { limit: '100' });
  return pages.flatMap(({ trades }) => trades);
}

function tellTrades({ stage: { narrator }, crowd }: MarketScene, trades: readonly Trade[]): void {
  for (const { bidder, ticket, totalMinor, resale } of trades)
    narrator.fact(
      crowd.nameOf(bidder),
      `${pounds(totalMinor)} for ${ticket.split(':').slice(-2).join(' ')}, of which ${crowd.nameOf(resale?.seller ?? '')} asked ${pounds(resale?.priceMinor ?? 0)}`,
    );
  const settled = trades.filter(({ state }) => state === 'settled');
  const buyers = new Set(settled.map(({ buyer }) => buyer));
  narrator.holds(
    'Three tickets have gone to three of the four whose bids count; Max, with a hundred, has at most one',
    settled.length === 3 && trades.length === 3 && buyers.size === 3,
  );
}

async function tellOutcomes({ stage, crowd, hall }: MarketScene, placed: readonly Placed[]): Promise<void> {
  const { narrator, venue } = stage;
  const orders = await Promise.all(placed.map(({ mspId, slot }) => venue.client.order(hall.market, mspId, slot)));
  for (const [at, { who, what, code }] of placed.entries()) {
    const { state, code: said } = orders[at]?.outcome ?? {};
    if (said !== code || state !== (code ? 'void' : 'counted'))
      throw new StoryBroken(`${who} ${what}: expected ${code ?? 'counted'}, was ${said ?? state ?? 'nothing'}`);
    if (code) narrator.fact(who, `${what}: ${code}`);
  }
  const cheats = placed.filter(({ code }) => code !== undefined).length;
  const people = new Set(
    orders.flatMap(({ outcome }) => (outcome?.state === 'counted' ? (outcome.credential ?? []) : [])),
  );
  narrator.holds(
    `${cheats} orders are void, each with its code; those of ${[...people].map((each) => crowd.nameOf(each)).join(', ')} count`,
    cheats === 9 && people.size === 7,
  );
}

/** From what this gateway answers, in this process. */
async function tellDraw(
  { stage, crowd, hall }: MarketScene,
  view: MarketView,
  trades: readonly Trade[],
): Promise<void> {
  const { narrator, venue, channel } = stage;
  const rules = { channel, capMinor: PRICE_MINOR, limit: LIMIT };
  const again = await recomputeResale(venue.client, hall.market, rules);
  narrator.fact('root', again.root);
  narrator.fact('seed', Buffer.from(again.seed).toString('base64url'));
  const draws = [...again.draws].sort(([, a], [, b]) => (a < b ? -1 : 1));
  for (const [credential, draw] of draws) narrator.fact(crowd.nameOf(credential), `draws ${draw.slice(0, SHOWN)}…`);
  const [own, theirs] = [linesOfTrades(again.trades), linesOfTrades(trades)];
  narrator.holds(
    `Computed again in this process, out of ${view.orders ?? 0} sealed orders: the same root, the same draw, the same trades at the same prices`,
    again.root === view.root && draws.length === 4 && own === theirs,
  );
}

type Traded = Pick<Trade, 'bid' | 'bidder' | 'buyer' | 'ticket' | 'totalMinor'>;
/** A bid is named by its bidder too where it was recomputed. */
const linesOfTrades = (trades: readonly Traded[]): string =>
  trades
    .map(({ bid, bidder, buyer, ticket, totalMinor }) =>
      [bid.split('/').at(-1), bidder, buyer, ticket, totalMinor].join(' '),
    )
    .join('\n');

/** Needs nobody's word but the root. */
async function tellProof({ stage, hall }: MarketScene, view: MarketView, placed: readonly Placed[]): Promise<void> {
  const { narrator, reseller, venue } = stage;
  const bobs = placed.find(({ who }) => who === 'Bob');
  if (!bobs) throw new StoryBroken('Bob has no order');
  const { mspId, slot } = bobs;
  const { content, ...proof } = await reseller.client.orderProof(hall.market, mspId, slot);
  const { root } = await venue.client.market(hall.market);
  const frozen = { market: hall.market, quotas: view.quotas, root };
  const other = content && {
    ...content,
    sealed: `${content.sealed.slice(0, -1)}${content.sealed.endsWith('A') ? 'E' : 'A'}`,
  };
  narrator.holds(
    `Bob's order was in slot ${slot} of ${mspId}: ${proof.inPage.length + proof.inMarket.length} hashes prove it; with one letter changed, or without it, they don't`,
    content !== undefined &&
      checkProof(frozen, { mspId, slot, content }, proof) &&
      !checkProof(frozen, { mspId, slot, content: other }, proof) &&
      !checkProof(frozen, { mspId, slot }, proof),
  );
}

export async function tellMoney({ stage, crowd }: Pick<MarketScene, 'stage' | 'crowd'>): Promise<void> {
  const { narrator } = stage;
  const owedMinor = await owedBy(stage);
  const held = await Promise.all(crowd.credentials.map((holder) => balanceOf(stage, { holder })));
  const heldMinor = held.reduce((sum, balance) => sum + balance, 0);
  narrator.holds(
    `Losers have their deposits back and sellers their money: organizations owe ${pounds(owedMinor)}, people are owed ${pounds(heldMinor)}`,
    owedMinor === heldMinor && heldMinor > 0,
  );
}

async function owedBy(stage: Stage): Promise<number> {
  const { organizer, reseller, venue, others, event } = stage;
  const since = timestampOf(Date.now() - HOUR_MS);
  const books = await Promise.all([organizer, reseller, venue, ...others].map((party) => linesOf(party, event, since)));
  return -sumOf(books.flat());
}
