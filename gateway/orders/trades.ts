/** The trades of a cleared market as resources, with what has become of each. */
import type { z } from 'zod';
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { resultPageKey, settledPageKey } from '../../chaincode/domain/market/keys.js';
import type { MarketRecord, SettledPageRecord, TradeRecord } from '../../chaincode/domain/market/records.js';
import type { tradeSchema } from '../http/order-schemas.js';
import type { Records } from '../http/ports.js';

export type TradeResource = z.input<typeof tradeSchema>;

/** @param at its place on the page @param over whether nothing is settled any more */
export function tradeOf(
  { bid, bidder, buyer, reseller, ticket, totalMinor, resale }: TradeRecord,
  settled: SettledPageRecord | undefined,
  at: number,
  over: boolean,
): TradeResource {
  const trade = { bid, bidder, buyer, reseller, ticket, totalMinor, ...(resale && { resale }) };
  const code = settled?.lapsed[String(at)];
  if (code !== undefined) return { ...trade, state: 'lapsed', code };
  if (settled) return { ...trade, state: 'settled' };
  return { ...trade, state: over ? 'lapsed' : 'due' };
}

export const isOver = ({ state }: Pick<MarketRecord, 'state'>): boolean => state === 'finished' || state === 'aborted';

/** @param pages there are as many as the market's result says */
export async function readResultPages(
  records: Records,
  id: string,
  record: MarketRecord,
  pages: readonly number[],
): Promise<{ page: number; trades: TradeResource[] }[]> {
  if (pages.length === 0) return [];
  const { event, market } = parseMarketId(id);
  const [results, settled] = await Promise.all([
    records.read(pages.map((page) => resultPageKey(event, market, page))),
    records.read(pages.map((page) => settledPageKey(event, market, page))),
  ]);
  return pages.map((page, index) => ({
    page,
    trades: (results[index]?.trades ?? []).map((trade, at) => tradeOf(trade, settled[index], at, isOver(record))),
  }));
}
