/**
 * The clearing: everything that was read is computed at once. Its writes are the trades, by pages that are settled one by one. Where they are more than a
 * block should hold, each part computes the whole again, for nothing that it follows from can change, and writes the pages that are next.
 */
import { z } from 'zod';
import { requireEvent } from '../authority.js';
import { eventKey } from '../keys.js';
import { clearMarket } from '../market/clear.js';
import { marketKey, openedPageKey, resultPageKey, supplyPageKey } from '../market/keys.js';
import { orderPages } from '../market/pages.js';
import { supplyPages } from '../market/places.js';
import { quotasSchema, requireQuotas } from '../market/quotas.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, pageNumber, prepareStep } from '../market/step.js';
import { refuse, require } from '../refusal.js';
import type { Prepare } from '../rule.js';

/** So many tickets change hands in one transaction. */
export const TRADES_PER_PAGE = 32;
/** 4,096 trades: 1.5 MB, and 3 MB with the longest names. A block holds 10 MB. */
export const PAGES_PER_CLEARING = 128;
const MAX_SUPPLY_PAGES = 256;

const clearing = z.strictObject({
  kind: z.literal('market.clear'),
  ...ofMarket,
  quotas: quotasSchema,
  /** How many pages its places have: so that they can be loaded. */
  supplyPages: z.int().min(0).max(MAX_SUPPLY_PAGES),
  part: pageNumber,
});

export const prepareClearing: Prepare = (raw, callerMsp) =>
  prepareStep(
    clearing,
    raw,
    callerMsp,
    ({ part }) => [part],
    ({ event, market, quotas, supplyPages: named, part }) => {
      const opened = orderPages(quotas).map(({ page }) => openedPageKey(event, market, page));
      const supplied = Array.from({ length: named }, (_, page) => supplyPageKey(event, market, page));
      return {
        reads: [eventKey(event), ...opened, ...supplied],
        // The pages of results are written unread: this is the one step that makes them.
        writes: [marketKey(event, market)],
        decide(state) {
          const rules = requireEvent(state, event);
          const before = requireMarket(state, event, market, 'revealed');
          requireQuotas(before, quotas);
          const expected = supplyPages(before.places ?? 0);
          require(named === expected, 'MARKET_MISMATCH', { field: 'supplyPages', expected });
          const from = before.clearedPages ?? 0;
          require(part * PAGES_PER_CLEARING === from, 'MARKET_MISMATCH', {
            field: 'part',
            expected: from / PAGES_PER_CLEARING,
          });
          const missing = (field: string) => (page: number) => refuse('PAGES_MISSING', { field, page });
          const pages = opened.map((key, page) => state.get(key) ?? missing('page')(page));
          const supply = supplied.map((key, page) => state.get(key) ?? missing('supplyPages')(page));
          const { trades, prices } = clearMarket(rules, before, pages, supply);
          const count = Math.ceil(trades.length / TRADES_PER_PAGE);
          const to = Math.min(count, from + PAGES_PER_CLEARING);
          for (let page = from; page < to; page += 1) {
            const some = trades.slice(page * TRADES_PER_PAGE, (page + 1) * TRADES_PER_PAGE);
            state.put(resultPageKey(event, market, page), { trades: some });
          }
          const { clearedPages: _, ...rest } = before;
          const result = { trades: trades.length, pages: count, ...(prices && { prices }) };
          state.put(
            marketKey(event, market),
            to < count ? { ...before, clearedPages: to } : { ...rest, state: 'cleared', result },
          );
          return { result: { trades: result.trades, pages: count, written: to } };
        },
      };
    },
  );
