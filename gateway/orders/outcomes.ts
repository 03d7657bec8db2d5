/**
 * What became of each order of a cleared market. Who replaced whom, and whose guest was drawn twice, only all orders together say: so they are read once for a
 * market, one market at a time, and what was found stays in memory, for it never changes. Only settlement goes on.
 */
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { openedPageKey, resultPageKey, settledPageKey } from '../../chaincode/domain/market/keys.js';
import { isKnown, type KnownOrder, type PageOrder } from '../../chaincode/domain/market/page-order.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import type { MarketRecord, TradeRecord } from '../../chaincode/domain/market/records.js';
import { resolveOrders, type VoidCode } from '../../chaincode/domain/market/resolve.js';
import type { Key } from '../../chaincode/domain/keys.js';
import type { Records } from '../http/ports.js';
import { Kept } from './kept.js';
import { Line } from '../line.js';
import { pageOfSlot, type SlotOf } from './order-proofs.js';
import { isOver, tradeOf, type TradeResource } from './trades.js';

/** 20,000 orders and their trades are about 20 MB. */
const MAX_MARKETS = 4;
/** Each reads up to 700 pages: whoever asks for one market after the other keeps one reader busy, not the peer. */
const READERS = { atOnce: 1, waiting: 8 } as const;
/** Read at once: a page has up to 256 orders, or 32 trades. */
const AT_ONCE = 16;

/** Where a trade stands among the results. */
interface Position {
  readonly page: number;
  readonly at: number;
  readonly trade: TradeRecord;
}

interface Known {
  readonly orders: ReadonlyMap<number, PageOrder>;
  readonly voids: ReadonlyMap<number, VoidCode>;
  /** By `credential/bid` and by ticket. */
  readonly trades: ReadonlyMap<string, readonly Position[]>;
}

const bidName = (credential: string, name: string): string => `${credential}/${name}`;

/** A cancellation has no trades. */
const nameOf = ({ credential, bid, ask }: Pick<KnownOrder, 'credential' | 'bid' | 'ask'>): string =>
  bid ? bidName(credential, bid.name) : (ask?.ticket ?? '');

export class Outcomes {
  readonly #records: Records;
  readonly #known = new Kept<Known>(MAX_MARKETS);
  readonly #readers = new Line(READERS);

  constructor(records: Records) {
    this.#records = records;
  }

  /** @param record of a market that has a result @throws {GatewayError} QUEUE_FULL where too many markets are asked for at once */
  async of(record: MarketRecord, of: SlotOf) {
    const { orders, voids, trades } = await this.#known.get(of.market, () =>
      this.#readers.run(() => this.#read(of.market, record)),
    );
    const place = placeOf(record, of);
    const order = orders.get(place);
    const said = order && isKnown(order) ? saidIn(order) : undefined;
    const code = voids.get(place) ?? order?.void;
    if (code !== undefined || !said)
      return { state: 'void' as const, ...(code && { code }), ...said, trades: [], paidMinor: 0 };
    const shown = await this.#show(of.market, record, trades.get(nameOf(said)) ?? []);
    return { state: 'counted' as const, ...said, trades: shown, paidMinor: said.bid ? paidFor(shown) : 0 };
  }

  async #show(id: string, record: MarketRecord, own: readonly Position[]): Promise<TradeResource[]> {
    if (own.length === 0) return [];
    const { event, market } = parseMarketId(id);
    const settled = await this.#records.read(own.map(({ page }) => settledPageKey(event, market, page)));
    return own.map(({ trade, at }, index) => tradeOf(trade, settled[index], at, isOver(record)));
  }

  async #read(id: string, { quotas, result }: MarketRecord): Promise<Known> {
    const { event, market } = parseMarketId(id);
    const pages = await this.#all(orderPages(quotas).map(({ page }) => openedPageKey(event, market, page)));
    const count = result?.pages ?? 0;
    const results = await this.#all(Array.from({ length: count }, (_, page) => resultPageKey(event, market, page)));
    const orders = pages.flatMap((page) => page?.orders ?? []);
    const trades = new Map<string, Position[]>();
    for (const [page, found] of results.entries())
      for (const [at, trade] of (found?.trades ?? []).entries())
        for (const name of [bidName(trade.bidder, trade.bid), trade.ticket])
          trades.set(name, [...(trades.get(name) ?? []), { page, at, trade }]);
    const { voids } = resolveOrders(orders.filter(isKnown));
    return { orders: new Map(orders.map((order) => [order.at, order])), voids, trades };
  }

  async #all<T>(keys: readonly Key<T>[]): Promise<readonly (T | undefined)[]> {
    const found: (T | undefined)[] = [];
    for (let from = 0; from < keys.length; from += AT_ONCE)
      found.push(...(await this.#records.read(keys.slice(from, from + AT_ONCE))));
    return found;
  }
}

const paidFor = (trades: readonly TradeResource[]): number =>
  trades.reduce((sum, { state, totalMinor }) => (state === 'settled' ? sum + totalMinor : sum), 0);

/** Of what its author signed. */
const saidIn = ({ credential, sequence, bid, ask, cancel }: KnownOrder) => ({
  credential,
  sequence,
  ...(bid && { bid }),
  ...(ask && { ask }),
  ...(cancel && { cancel }),
});

/** Among all slots of the market. */
function placeOf({ quotas }: MarketRecord, of: SlotOf): number {
  const own = pageOfSlot({ quotas }, of);
  const before = orderPages(quotas).slice(0, own.page);
  return before.reduce((sum, { count }) => sum + count, 0) + of.slot - own.from;
}
