/**
 * A sealed resale computed once more in the story's own process, from what any gateway answers: every slot's bytes, the secret, terms and rules. Which orders
 * break a rule of the event is taken from the outcomes here; `npm run audit` judges that too.
 */
import { toBase64url } from '../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { decodeSecret } from '../../chaincode/crypto/scalar.js';
import { bidId, type Book } from '../../chaincode/domain/market/clearing/book.js';
import { clearLottery } from '../../chaincode/domain/market/clearing/lottery.js';
import { decodePage, isDecoded, type DecodedOrder } from '../../chaincode/domain/market/decode-page.js';
import { feesWithin } from '../../chaincode/domain/market/fees.js';
import { marketRoot, orderPages, pageRoot, slotLeaf, type OrderPage } from '../../chaincode/domain/market/pages.js';
import { totalAt } from '../../chaincode/domain/market/price.js';
import { priorityOf, seedOf } from '../../chaincode/domain/market/priority.js';
import {
  resolveOrders,
  UNCOUNTED_CODES,
  type ReadOrder,
  type Resolution,
} from '../../chaincode/domain/market/resolve.js';
import type { RefusalCode } from '../../chaincode/domain/refusal.js';
import type { GuichetClient } from '../client/guichet-client.js';
import { ProblemError } from '../client/problem-error.js';
import type { MarketView, OrderResource } from '../client/resources.js';

export interface Recomputed {
  readonly root: string;
  readonly seed: Uint8Array;
  /** By credential: its draw. */
  readonly draws: ReadonlyMap<string, string>;
  readonly trades: ReturnType<typeof clearLottery>;
}

export interface Rules {
  readonly channel: string;
  /** The most that a buyer of any ticket may pay. */
  readonly capMinor: number;
  /** How many tickets a person may buy. */
  readonly limit: number;
}

interface Page {
  readonly page: OrderPage;
  readonly orders: readonly (OrderResource | undefined)[];
}

export async function recomputeResale(client: GuichetClient, market: string, rules: Rules): Promise<Recomputed> {
  const view = await client.market(market);
  const pages: Page[] = [];
  for (const page of orderPages(view.quotas)) pages.push({ page, orders: await readPage(client, market, page) });
  const roots = pages.map(({ page, orders }) =>
    pageRoot(
      nodeSuite,
      orders.map((order, at) => leafOf(market, page, at, order)),
    ),
  );
  const root = marketRoot(nodeSuite, roots);
  const seed = seedOf(root, decodeSecret(view.secret ?? '', 'secret'));
  const resolution = resolveOrders(readAll(view, pages, rules.channel));
  const bidders = [...new Set(resolution.bids.map(({ credential }) => credential))];
  const draws = new Map(bidders.map((credential) => [credential, priorityOf(seed, credential)]));
  const trades = clearLottery({
    ...(await bookOf(client, view, bidders, rules)),
    ...ordersOf(resolution, seed, rules),
  });
  return { root: toBase64url(root), seed, draws, trades };
}

/** Persons with their deposits, and what a price comes to. */
async function bookOf(client: GuichetClient, view: MarketView, bidders: readonly string[], { limit: left }: Rules) {
  const deposits = await Promise.all(bidders.map((credential) => client.deposit(view.market, credential)));
  const { policy } = await client.event(view.event);
  const people = deposits.map(
    ({ credential, amountMinor }) => [credential, { left, depositMinor: amountMinor }] as const,
  );
  const totalOf = (_: string, priceMinor: number) => totalAt(policy, feesWithin(policy, view), priceMinor);
  return { people: new Map(people), totalOf };
}

const ordersOf = ({ bids, asks }: Resolution, seed: Uint8Array, { capMinor }: Rules): Pick<Book, 'bids' | 'asks'> => ({
  bids: bids.map(({ credential, bid: { name, guests = [], allOrNothing = false, ...bid } }) => ({
    ...bid,
    ...{ id: bidId(credential, name), bidder: credential, guests, allOrNothing },
    prio: priorityOf(seed, credential),
  })),
  asks: asks.map(({ credential, ask: { ticket, askMinor } }) => ({
    ...{ ticket, askMinor, seller: credential, priceClass: 'stalls', capMinor },
    prio: priorityOf(seed, ticket),
  })),
});

/** Read at once. */
const AT_ONCE = 25;

async function readPage(client: GuichetClient, market: string, { mspId, from, count }: OrderPage) {
  const orders: (OrderResource | undefined)[] = [];
  while (orders.length < count) {
    const slots = Array.from(
      { length: Math.min(AT_ONCE, count - orders.length) },
      (_, at) => from + orders.length + at,
    );
    orders.push(...(await Promise.all(slots.map((slot) => orderIn(client, market, mspId, slot)))));
  }
  return orders;
}

async function orderIn(client: GuichetClient, market: string, mspId: string, slot: number) {
  try {
    return await client.order(market, mspId, slot);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

const leafOf = (market: string, { mspId, from }: OrderPage, at: number, order: OrderResource | undefined) =>
  slotLeaf({ market, mspId, slot: from + at }, order && { id: order.id, sealed: order.sealed });

/** Opened with the secret that the ledger has now. */
function readAll(view: MarketView, pages: readonly Page[], channel: string): readonly ReadOrder[] {
  const { secret = '', event, number, market: id, supply, closesAt } = view;
  const opening = { channel, event, market: number, id, supply, closesAt, secret };
  let before = 0;
  return pages.flatMap(({ page, orders }) => {
    const first = before;
    before += page.count;
    const slots = orders.map((order, at) => ({ slot: page.from + at, order }));
    return decodePage(opening, page, first, slots)
      .filter(isDecoded)
      .map((decoded) => readOrder(decoded, orders[decoded.at - first]));
  });
}

function readOrder({ at, order }: DecodedOrder, { outcome }: Partial<OrderResource> = {}): ReadOrder {
  const { credential, sequence, bid, ask, cancel } = order.payload;
  const said = { ...(bid && { bid }), ...(ask && { ask }), ...(cancel && { cancel }) };
  const broken = outcome?.code;
  const rule = broken !== undefined && !(UNCOUNTED_CODES as readonly string[]).includes(broken);
  return { at, credential, sequence, digest: order.digest, ...said, ...(rule && { void: broken as RefusalCode }) };
}
