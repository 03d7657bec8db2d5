/** The freeze: the root of each page of orders, and then the one root over all of them. From it and the secret, which nobody knows yet, everything follows. */
import { z } from 'zod';
import { fromBase64url, toBase64url } from '../../crypto/bytes.js';
import { nodeSuite } from '../../crypto/node-suite.js';
import { requireEvent } from '../authority.js';
import { marketIdOf } from '../ids.js';
import { eventKey } from '../keys.js';
import { frozenPageKey, marketKey, openedPageKey, orderKey } from '../market/keys.js';
import { marketRoot, orderPages, pageRoot, slotLeaf } from '../market/pages.js';
import { quotasSchema, requirePage, requireQuotas, slotsOfPage } from '../market/quotas.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, pageNumber, prepareStep } from '../market/step.js';
import { refuse } from '../refusal.js';
import type { Prepare } from '../rule.js';

const freezing = z.strictObject({
  kind: z.literal('market.freeze'),
  ...ofMarket,
  /** The market's own: so that the page's orders can be loaded. */
  quotas: quotasSchema,
  page: pageNumber,
});

export const prepareFreeze: Prepare = (raw, callerMsp) =>
  prepareStep(
    freezing,
    raw,
    callerMsp,
    ({ page }) => [page],
    ({ event, market, quotas, page: number }) => {
      const page = requirePage(quotas, number);
      const { mspId } = page;
      const slots = slotsOfPage(page);
      return {
        reads: [
          eventKey(event),
          marketKey(event, market),
          ...slots.map((slot) => orderKey(event, market, mspId, slot)),
        ],
        writes: [frozenPageKey(event, market, number), openedPageKey(event, market, number)],
        decide(state) {
          requireEvent(state, event);
          requireQuotas(requireMarket(state, event, market, 'closed'), quotas);
          const found = slots.map((slot) => [slot, state.get(orderKey(event, market, mspId, slot))] as const);
          const id = marketIdOf(event, market);
          const root = pageRoot(
            nodeSuite,
            found.map(([slot, order]) => slotLeaf({ market: id, mspId, slot }, order)),
          );
          const orders = found.filter(([, order]) => order !== undefined).length;
          state.put(frozenPageKey(event, market, number), { root: toBase64url(root), orders });
          // There is nothing to open on it.
          if (orders === 0) state.put(openedPageKey(event, market, number), { orders: [], people: {} });
          return { result: { orders } };
        },
      };
    },
  );

const rooting = z.strictObject({ kind: z.literal('market.root'), ...ofMarket, quotas: quotasSchema });

/** Every page must be there: nobody can leave an order out. */
export const prepareRoot: Prepare = (raw, callerMsp) =>
  prepareStep(
    rooting,
    raw,
    callerMsp,
    () => [],
    ({ event, market, quotas }) => {
      const pages = orderPages(quotas).map(({ page }) => page);
      return {
        reads: [eventKey(event), ...pages.map((page) => frozenPageKey(event, market, page))],
        writes: [marketKey(event, market)],
        decide(state, { now }) {
          requireEvent(state, event);
          const before = requireMarket(state, event, market, 'closed');
          requireQuotas(before, quotas);
          const frozen = pages.map(
            (page) => state.get(frozenPageKey(event, market, page)) ?? refuse('PAGES_MISSING', { field: 'page', page }),
          );
          const roots = frozen.map(({ root }) => fromBase64url(root) ?? new Uint8Array(0));
          const root = toBase64url(marketRoot(nodeSuite, roots));
          const orders = frozen.reduce((sum, page) => sum + page.orders, 0);
          state.put(marketKey(event, market), { ...before, state: 'frozen', frozenAt: now, root, orders });
          return { result: { root, orders } };
        },
      };
    },
  );
