/** Opening a page of orders: anybody can by now, and the ledger writes down what it reads, so that clearing has plain data. */
import { z } from 'zod';
import { requireEvent } from '../authority.js';
import { enrolmentKey } from '../committee-keys.js';
import { marketIdOf, slugId, thumbprint, ticketId } from '../ids.js';
import { allotmentKey, eventKey, holderKey } from '../keys.js';
import { decodePage, isDecoded, neededFor, type Opening } from '../market/decode-page.js';
import { requireHints } from '../market/hints.js';
import { judgeOrder } from '../market/judge-order.js';
import { depositKey, marketKey, openedPageKey, orderKey } from '../market/keys.js';
import { MAX_GUESTS } from '../market/orders.js';
import { orderPages, SLOTS_PER_PAGE } from '../market/pages.js';
import { peopleIn } from '../market/people.js';
import { quotasSchema, requirePage, requireQuotas, slotsOfPage } from '../market/quotas.js';
import type { MarketRecord } from '../market/records.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, pageNumber, prepareStep } from '../market/step.js';
import type { Context, Prepare } from '../rule.js';
import type { State } from '../state.js';
import { ticketKeyOf } from '../ticket.js';

const reading = z.strictObject({
  kind: z.literal('market.read'),
  ...ofMarket,
  quotas: quotasSchema,
  page: pageNumber,
  /** Whose and which records decide about the page's orders: so that they can be loaded. */
  holders: z.array(thumbprint).max(SLOTS_PER_PAGE * (1 + 2 * MAX_GUESTS)),
  tickets: z.array(ticketId).max(SLOTS_PER_PAGE),
  allotments: z.array(slugId).max(SLOTS_PER_PAGE),
});

export const prepareReading: Prepare = (raw, callerMsp) =>
  prepareStep(
    reading,
    raw,
    callerMsp,
    ({ page }) => [page],
    ({ event, market, quotas, page: number, holders, tickets, allotments }) => {
      const page = requirePage(quotas, number);
      const slots = slotsOfPage(page);
      const before = orderPages(quotas).reduce((sum, each) => sum + (each.page < number ? each.count : 0), 0);
      return {
        reads: [
          eventKey(event),
          marketKey(event, market),
          ...slots.map((slot) => orderKey(event, market, page.mspId, slot)),
          ...holders.flatMap((holder) => [
            enrolmentKey(event, holder),
            holderKey(event, holder),
            depositKey(event, market, holder),
          ]),
          ...tickets.map((ticket) => ticketKeyOf({ event, ticket })),
          ...allotments.map((allotment) => allotmentKey(event, allotment)),
        ],
        writes: [openedPageKey(event, market, number)],
        decide(state, context) {
          const rules = requireEvent(state, event);
          const record = requireMarket(state, event, market, 'revealed');
          requireQuotas(record, quotas);
          const opening = openingOf(event, record, context);
          const sealed = slots.map((slot) => ({ slot, order: state.get(orderKey(event, market, page.mspId, slot)) }));
          const decoded = decodePage(opening, page, before, sealed);
          const needed = neededFor(decoded, event);
          requireHints(needed.holders, holders, 'holders');
          requireHints(needed.tickets, tickets, 'tickets');
          requireHints(allotmentsOf(state, event, needed.tickets), allotments, 'allotments');
          const bench = { state, event: rules, market: record, opening };
          const orders = decoded.map((order) => (isDecoded(order) ? judgeOrder(bench, order) : order));
          const people = peopleIn(state, rules, record, orders);
          state.put(openedPageKey(event, market, number), { orders, people });
          const voids = orders.filter((order) => order.void !== undefined).length;
          return { result: { orders: orders.length, void: voids } };
        },
      };
    },
  );

function openingOf(event: string, record: MarketRecord, { channel }: Context): Opening {
  const { market, supply, closesAt, secret = '' } = record;
  return { channel, event, market, id: marketIdOf(event, market), supply, closesAt, secret };
}

const allotmentsOf = (state: State, event: string, tickets: Iterable<string>): string[] =>
  [...tickets].flatMap((ticket) => state.get(ticketKeyOf({ event, ticket }))?.allotment ?? []);
