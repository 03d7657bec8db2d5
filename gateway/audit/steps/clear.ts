/** The clearing: all trades out of what was read, and what must hold of them however they came about. */
import { clearMarket } from '../../../chaincode/domain/market/clear.js';
import { marketKey, openedPageKey, resultPageKey, supplyPageKey } from '../../../chaincode/domain/market/keys.js';
import { orderPages } from '../../../chaincode/domain/market/pages.js';
import { supplyPages } from '../../../chaincode/domain/market/places.js';
import { differ } from '../difference.js';
import { requireFair } from '../fairness.js';
import { eventOf, marketIn, type Recompute } from './step.js';

/** So many trades stand on a page of results, and so many pages are written at a time. */
const TRADES_PER_PAGE = 32;
const PAGES_PER_PART = 128;

export const clear: Recompute = (stepping) => {
  const { state, event, market } = stepping;
  const before = marketIn(stepping, 'revealed');
  const read = orderPages(before.quotas).map(({ page }) => {
    const key = openedPageKey(event, market, page);
    return state.get(key) ?? differ(key, 'an opened page', 'none');
  });
  const supply = Array.from({ length: supplyPages(before.places ?? 0) }, (_, page) => {
    const key = supplyPageKey(event, market, page);
    return state.get(key) ?? differ(key, 'a page of places', 'none');
  });
  const { trades, prices } = clearMarket(eventOf(stepping), before, read, supply);
  requireFair(marketKey(event, market), { trades, pages: read });
  const pages = Math.ceil(trades.length / TRADES_PER_PAGE);
  const { clearedPages: from = 0, ...rest } = before;
  const to = Math.min(pages, from + PAGES_PER_PART);
  for (let page = from; page < to; page += 1) {
    const some = trades.slice(page * TRADES_PER_PAGE, (page + 1) * TRADES_PER_PAGE);
    state.put(resultPageKey(event, market, page), { trades: some });
  }
  const result = { trades: trades.length, pages, ...(prices && { prices }) };
  const after = to < pages ? { ...before, clearedPages: to } : { ...rest, state: 'cleared' as const, result };
  state.put(marketKey(event, market), after);
  return [];
};
