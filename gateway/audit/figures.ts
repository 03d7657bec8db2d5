/** What a market comes to, in numbers: out of records that have been recomputed. */
import {
  frozenPageKey,
  marketPrefix,
  openedPageKey,
  resultPageKey,
  settledPageKey,
} from '../../chaincode/domain/market/keys.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import type { Replay } from './replay.js';
import type { MarketAudit } from './audit.js';

export interface Figures {
  readonly orders: number;
  readonly frozenPages: number;
  readonly shares: number;
  /** Opened, and of them void by a rule of their own. */
  readonly opened: number;
  readonly void: number;
  readonly trades: number;
  readonly lapsed: number;
  readonly depositedMinor: number;
  /** Still in escrow. */
  readonly heldMinor: number;
  readonly tradedMinor: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export function figuresOf(audit: MarketAudit): Figures {
  const { replay, record, target } = audit;
  const { event, market } = target;
  const prefix = marketPrefix(event, market);
  const present = <T>(keys: readonly (T | undefined)[]): T[] => keys.filter((each) => each !== undefined);
  const pages = record ? orderPages(record.quotas).map(({ page }) => page) : [];
  const opened = present(pages.map((page) => replay.get(openedPageKey(event, market, page)))).flatMap(
    ({ orders }) => orders,
  );
  const results = Array.from({ length: record?.result?.pages ?? 0 }, (_, page) => page);
  const trades = present(results.map((page) => replay.get(resultPageKey(event, market, page)))).flatMap(
    (page) => page.trades,
  );
  const settled = present(results.map((page) => replay.get(settledPageKey(event, market, page))));
  const deposits = [...audit.deposits.values()];
  return {
    orders: count(replay, `${prefix}o/`),
    frozenPages: present(pages.map((page) => replay.get(frozenPageKey(event, market, page)))).length,
    shares: count(replay, `${prefix}s/`),
    opened: opened.length,
    void: opened.filter((order) => order.void !== undefined).length,
    trades: trades.length,
    lapsed: sum(settled.map(({ lapsed }) => Object.keys(lapsed).length)),
    depositedMinor: sum(deposits.map(({ amountMinor }) => amountMinor)),
    heldMinor: sum(deposits.map(({ heldMinor }) => heldMinor)),
    tradedMinor: sum(trades.map(({ totalMinor }) => totalMinor)),
  };
}

const count = (replay: Replay, prefix: string): number => replay.below(prefix).size;
