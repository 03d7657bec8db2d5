/** Opening a page: every order decoded and judged again, on the records as they were then. */
import { enrolmentKey } from '../../../chaincode/domain/committee-keys.js';
import { marketIdOf } from '../../../chaincode/domain/ids.js';
import { allotmentKey } from '../../../chaincode/domain/keys.js';
import { decodePage, isDecoded, neededFor, type Needed } from '../../../chaincode/domain/market/decode-page.js';
import { judgeOrder } from '../../../chaincode/domain/market/judge-order.js';
import { openedPageKey, orderKey } from '../../../chaincode/domain/market/keys.js';
import { orderPages } from '../../../chaincode/domain/market/pages.js';
import { peopleIn } from '../../../chaincode/domain/market/people.js';
import { slotsOfPage } from '../../../chaincode/domain/market/quotas.js';
import { holderOf, ticketKeyOf } from '../../../chaincode/domain/ticket.js';
import { differ } from '../difference.js';
import type { PageEvidence } from '../evidence.js';
import { eventOf, marketIn, type Paged, type Recompute, type Stepping } from './step.js';

export const read: Recompute<Paged> = (stepping, { page: number }) => {
  const { state, event, market, context, evidence } = stepping;
  const record = marketIn(stepping, 'revealed');
  const rules = eventOf(stepping);
  const key = openedPageKey(event, market, number);
  const pages = orderPages(record.quotas);
  const page = pages[number] ?? differ(key, 'a page of the quotas', number);
  const before = pages.slice(0, number).reduce((sum, { count }) => sum + count, 0);
  const { supply, closesAt, secret = '' } = record;
  const opening = { channel: context.channel, event, market, id: marketIdOf(event, market), supply, closesAt, secret };
  const slots = slotsOfPage(page).map((slot) => ({
    slot,
    order: state.get(orderKey(event, market, page.mspId, slot)),
  }));
  const decoded = decodePage(opening, page, before, slots);
  const bench = { state, event: rules, market: record, opening };
  const orders = decoded.map((each) => (isDecoded(each) ? judgeOrder(bench, each) : each));
  state.put(key, { orders, people: peopleIn(state, rules, record, orders) });
  evidence.pages.set(number, evidenceOf(stepping, neededFor(decoded, event)));
  return [];
};

/** What was on the ledger about the people and tickets that the page names. */
function evidenceOf({ state, event }: Stepping, { holders, tickets }: Needed): PageEvidence {
  const enrolments: Record<string, PageEvidence['enrolments'][string]> = {};
  const counts: Record<string, PageEvidence['holders'][string]> = {};
  for (const credential of [...holders].sort()) {
    const enrolment = state.get(enrolmentKey(event, credential));
    if (enrolment) enrolments[credential] = { key: enrolment.key, pending: enrolment.pending !== undefined };
    const { boughtPrimary, boughtResale, resold } = holderOf(state, event, credential);
    counts[credential] = { boughtPrimary, boughtResale, resold };
  }
  const held: Record<string, PageEvidence['tickets'][string]> = {};
  for (const id of [...tickets].sort()) {
    const ticket = state.get(ticketKeyOf({ event, ticket: id }));
    const supply = ticket && state.get(allotmentKey(event, ticket.allotment));
    if (!supply) continue;
    const { priceClass, facePriceMinor } = supply;
    held[id] = { ...ticket, priceClass, facePriceMinor };
  }
  return { enrolments, holders: counts, tickets: held };
}
