/** The settlement of a page of trades: each is applied whole, or lapses with its reason. */
import { z } from 'zod';
import { requireEvent } from '../authority.js';
import { slugId, thumbprint, ticketId } from '../ids.js';
import { allotmentKey, eventKey, gateKey, holderKey } from '../keys.js';
import { requireHints } from '../market/hints.js';
import { depositKey, marketKey, resultPageKey, settledPageKey } from '../market/keys.js';
import type { TradeRecord } from '../market/records.js';
import { settleTrade } from '../market/settle-trade.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, pageNumber, prepareStep } from '../market/step.js';
import { refuse, require } from '../refusal.js';
import type { Prepare } from '../rule.js';
import { ticketKeyOf } from '../ticket.js';
import { TRADES_PER_PAGE } from './market-clear.js';

/** Of each trade bidder, buyer and seller. */
const MAX_HOLDERS = 3 * TRADES_PER_PAGE;

const settling = z.strictObject({
  kind: z.literal('market.settle'),
  ...ofMarket,
  page: pageNumber,
  /** Whose and which records the page's trades concern: so that they can be loaded. */
  holders: z.array(thumbprint).max(MAX_HOLDERS),
  tickets: z.array(ticketId).max(TRADES_PER_PAGE),
  allotments: z.array(slugId).max(TRADES_PER_PAGE),
});

export const prepareMarketSettlement: Prepare = (raw, callerMsp) =>
  prepareStep(
    settling,
    raw,
    callerMsp,
    ({ page }) => [page],
    ({ event, market, page, holders, tickets, allotments }) => ({
      reads: [
        eventKey(event),
        marketKey(event, market),
        gateKey(event, 'doors'),
        resultPageKey(event, market, page),
        ...allotments.map((allotment) => allotmentKey(event, allotment)),
      ],
      writes: [
        settledPageKey(event, market, page),
        ...tickets.map((ticket) => ticketKeyOf({ event, ticket })),
        ...holders.flatMap((holder) => [holderKey(event, holder), depositKey(event, market, holder)]),
      ],
      decide(state, context) {
        const rules = requireEvent(state, event);
        const record = requireMarket(state, event, market, 'cleared');
        const { doorsOpenAt } = rules.schedule;
        const shut =
          (state.get(gateKey(event, 'doors'))?.state ?? 'pending') === 'pending' && context.now < doorsOpenAt;
        // Who stands at the door knows what he has.
        require(shut, 'DOORS_OPEN', { field: 'schedule.doorsOpenAt', doorsOpenAt });
        const result = state.get(resultPageKey(event, market, page));
        if (!result) return refuse('PAGES_MISSING', { field: 'page', page });
        requireAllNamed(result.trades, { holders, tickets, allotments });
        const settled = result.trades.map((trade) =>
          settleTrade({ state, event: rules, market: record, context }, trade),
        );
        const lapsed = settled.flatMap(({ lapsed: code }, at) => (code === undefined ? [] : [[at, code] as const]));
        state.put(settledPageKey(event, market, page), { lapsed: Object.fromEntries(lapsed) });
        const trades = settled.length - lapsed.length;
        return {
          result: { trades, lapsed: lapsed.length, policy: rules.policyVersion },
          entries: settled.flatMap(({ entries }) => entries),
        };
      },
    }),
  );

interface Named {
  readonly holders: readonly string[];
  readonly tickets: readonly string[];
  readonly allotments: readonly string[];
}

/** What `market.settle` of these trades has to name. */
export function namesIn(trades: readonly TradeRecord[]): Named {
  const distinct = (ids: readonly string[]) => [...new Set(ids)];
  return {
    holders: distinct(
      trades.flatMap(({ bidder, buyer, resale }) => [bidder, buyer, ...(resale ? [resale.seller] : [])]),
    ),
    tickets: distinct(trades.map(({ ticket }) => ticket)),
    allotments: distinct(trades.map(({ allotment }) => allotment)),
  };
}

function requireAllNamed(trades: readonly TradeRecord[], named: Named): void {
  const needed = namesIn(trades);
  for (const member of ['holders', 'tickets', 'allotments'] as const)
    requireHints(needed[member], named[member], member);
}
