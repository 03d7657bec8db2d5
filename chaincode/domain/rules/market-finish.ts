/** The end of a market: settled, or overtaken by the doors. Tickets change hands freely again, and what was not sold is its seller's. */
import { z } from 'zod';
import { requireEvent } from '../authority.js';
import { slugId } from '../ids.js';
import { eventKey, gateKey } from '../keys.js';
import { allotmentKeys, returnAllotments } from '../market/allotments.js';
import { latestMarketKey, marketKey, settledPageKey } from '../market/keys.js';
import { endMarket } from '../market/latest.js';
import { findMarket } from '../market/standing.js';
import { ofMarket, pageNumber, prepareStep } from '../market/step.js';
import { require } from '../refusal.js';
import type { Prepare } from '../rule.js';

export const MAX_MARKET_ALLOTMENTS = 64;

const finishing = z.strictObject({
  kind: z.literal('market.finish'),
  ...ofMarket,
  /** How many pages of trades it has, and its allotments: so that they can be loaded. */
  pages: pageNumber,
  allotments: z.array(slugId).max(MAX_MARKET_ALLOTMENTS),
});

export const prepareFinish: Prepare = (raw, callerMsp) =>
  prepareStep(
    finishing,
    raw,
    callerMsp,
    () => [],
    ({ event, market, pages, allotments }) => {
      const settled = Array.from({ length: pages }, (_, page) => settledPageKey(event, market, page));
      return {
        reads: [eventKey(event), gateKey(event, 'doors'), ...settled],
        writes: [latestMarketKey(event), marketKey(event, market), ...allotmentKeys(event, allotments)],
        decide(state, context) {
          requireEvent(state, event);
          const before = findMarket(state, event, market);
          const { state: standing, result } = before;
          // After the reveal a bad loser must not have a way out: only forward, until there is no time left.
          const overtaken = (state.get(gateKey(event, 'doors'))?.state ?? 'pending') !== 'pending';
          const forward = standing === 'cleared' || (standing === 'revealed' && overtaken);
          require(forward, 'MARKET_NOT_CLEARED', { field: 'market', market, state: standing });
          const expected = result?.pages ?? 0;
          require(pages === expected, 'MARKET_MISMATCH', { field: 'pages', expected });
          const open = settled.filter((key) => state.get(key) === undefined).length;
          require(open === 0 || overtaken, 'PAGES_MISSING', { field: 'pages', open });
          returnAllotments(state, event, before, allotments);
          state.put(marketKey(event, market), { ...before, state: 'finished' });
          endMarket(state, event, market, context.now);
          return { result: { lapsedPages: open } };
        },
      };
    },
  );
