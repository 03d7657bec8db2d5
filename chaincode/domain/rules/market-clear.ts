/** The clearing: one transaction over everything that was read. Its writes are the trades, by pages that are settled one by one. */
import { z } from 'zod';
import { requireEvent } from '../authority.js';
import { eventKey } from '../keys.js';
import { clearMarket } from '../market/clear.js';
import { marketKey, openedPageKey, resultPageKey, supplyPageKey } from '../market/keys.js';
import { orderPages } from '../market/pages.js';
import { supplyPages } from '../market/places.js';
import { quotasSchema, requireQuotas } from '../market/quotas.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, prepareStep } from '../market/step.js';
import { refuse, require } from '../refusal.js';
import type { Prepare } from '../rule.js';

/** So many tickets change hands in one transaction. */
export const TRADES_PER_PAGE = 32;
const MAX_SUPPLY_PAGES = 256;

const clearing = z.strictObject({
  kind: z.literal('market.clear'),
  ...ofMarket,
  quotas: quotasSchema,
  /** How many pages its places have: so that they can be loaded. */
  supplyPages: z.int().min(0).max(MAX_SUPPLY_PAGES),
});

export const prepareClearing: Prepare = (raw, callerMsp) =>
  prepareStep(
    clearing,
    raw,
    callerMsp,
    () => [],
    ({ event, market, quotas, supplyPages: named }) => {
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
          const missing = (field: string) => (page: number) => refuse('PAGES_MISSING', { field, page });
          const pages = opened.map((key, page) => state.get(key) ?? missing('page')(page));
          const supply = supplied.map((key, page) => state.get(key) ?? missing('supplyPages')(page));
          const { trades, prices } = clearMarket(rules, before, pages, supply);
          const count = Math.ceil(trades.length / TRADES_PER_PAGE);
          for (let page = 0; page < count; page += 1) {
            const some = trades.slice(page * TRADES_PER_PAGE, (page + 1) * TRADES_PER_PAGE);
            state.put(resultPageKey(event, market, page), { trades: some });
          }
          const result = { trades: trades.length, pages: count, ...(prices && { prices }) };
          state.put(marketKey(event, market), { ...before, state: 'cleared', result });
          return { result: { trades: result.trades, pages: count } };
        },
      };
    },
  );
