/**
 * The first look at a page's orders: opened and decoded, without any record but their own. From it follows which records the second look needs, so whoever
 * drives the market does the same beforehand and names them.
 */
import { nodeSuite } from '../../crypto/node-suite.js';
import { decodeSecret } from '../../crypto/scalar.js';
import type { EventRecord } from '../records.js';
import { parseTicketId } from '../ids.js';
import { Refusal, require } from '../refusal.js';
import { secondsOf } from '../time.js';
import type { Statement } from '../statements.js';
import { marketKeyOf, orderOpener, readOrder, type OpenedOrder } from './open-order.js';
import type { Supply } from './orders.js';
import type { OrderPage } from './pages.js';
import type { UnreadOrder } from './page-order.js';
import type { OrderRecord } from './records.js';

/** What opens a market's orders, and what they have to name. */
export interface Opening {
  readonly channel: string;
  readonly event: string;
  readonly market: number;
  /** Market id. */
  readonly id: string;
  readonly supply: Supply;
  readonly closesAt: string;
  /** x, base64url. */
  readonly secret: string;
}

/** An order of this market in form; whose word it is, its credential's record says. */
export interface DecodedOrder extends OpenedOrder {
  readonly at: number;
}

/** A place on a page with what came into it. */
export interface Sealed {
  readonly slot: number;
  readonly order: OrderRecord | undefined;
}

/** What `judge` comes to, or the code with which it refuses. */
export function codeOr<T>(judge: () => T): T | Refusal {
  try {
    return judge();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** @param before how many slots the pages before have */
export function decodePage(
  opening: Opening,
  { mspId, from }: OrderPage,
  before: number,
  slots: readonly Sealed[],
): readonly (DecodedOrder | UnreadOrder)[] {
  const secret = decodeSecret(opening.secret, 'secret');
  const key = nodeSuite.multiplyBase(secret);
  if (!key) throw new Error('a secret that is not zero has a key');
  const open = orderOpener(opening.id, key, secret);
  const marketKey = marketKeyOf(key);
  return slots.flatMap(({ slot, order }) => {
    if (!order) return [];
    const at = before + slot - from;
    const decoded = codeOr(() => {
      const read = readOrder(open(mspId, order), opening.supply);
      requireOfMarket(read.order, opening);
      const { marketKey: named } = read.order.payload;
      require(named === marketKey, 'MARKET_KEY_MISMATCH', { field: 'order.marketKey', expected: marketKey });
      return { at, ...read };
    });
    return [decoded instanceof Refusal ? { at, void: decoded.code } : decoded];
  });
}

/** What it names is this market, and it outlives the close: later it does not matter when it is read. */
export function requireOfMarket(
  { payload, field }: Statement<'order'> | Statement<'guest'>,
  { channel, event, market, closesAt }: Opening,
): void {
  require(payload.channel === channel, 'WRONG_CHANNEL', { field: `${field}.channel`, expected: channel });
  require(payload.event === event, 'WRONG_EVENT', { field: `${field}.event`, expected: event });
  require(payload.market === market, 'MARKET_MISMATCH', { field: `${field}.market`, expected: market });
  require(payload.exp > secondsOf(closesAt), 'STATEMENT_EXPIRED', { field: `${field}.exp`, closesAt });
}

export const isDecoded = (order: DecodedOrder | UnreadOrder): order is DecodedOrder => 'order' in order;

/** Whose records, and which tickets', a page's orders are judged by. */
export interface Needed {
  readonly holders: ReadonlySet<string>;
  readonly tickets: ReadonlySet<string>;
}

export function neededFor(orders: readonly (DecodedOrder | UnreadOrder)[], event: EventRecord['event']): Needed {
  const decoded = orders.filter(isDecoded);
  const holders = decoded.flatMap(({ order, guests }) => [order, ...guests].map(({ payload }) => payload.credential));
  const named = decoded.flatMap(({ order: { payload } }) => payload.bid?.guests ?? []);
  const asked = decoded.flatMap(({ order: { payload } }) => payload.ask?.ticket ?? []);
  const tickets = asked.filter((ticket) => parseTicketId(ticket).event === event);
  return { holders: new Set([...holders, ...named]), tickets: new Set(tickets) };
}
