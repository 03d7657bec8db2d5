/** An ask: the ticket is its author's, the event's rules let it be resold through this reseller, and for no more than its cap. */
import { parseTicketId } from '../ids.js';
import { requireNoReplacement } from '../holders.js';
import { allotmentKey, ticketKey } from '../keys.js';
import { requireClassPolicy } from '../policy/enforce.js';
import { policyOf } from '../policy/policy.js';
import { refuse, require } from '../refusal.js';
import { capOf } from '../resale.js';
import { requireResellable } from '../resale-rules.js';
import type { Statement } from '../statements.js';
import { holderOf, IN_HAND, requireHolder, requireState } from '../ticket.js';
import { secondsOf } from '../time.js';
import { feesWithin } from './fees.js';
import { requireTraded, type Bench } from './judge-order.js';
import type { Offered } from './page-order.js';
import { totalAt } from './price.js';
import type { AskTerms } from './resolve.js';

const FIELD = 'order.ask';

export function requireAsk(bench: Bench, order: Statement<'order'>, ask: AskTerms): Offered {
  const { state, event, market } = bench;
  require(market.supply === 'resale', 'MARKET_MISMATCH', { field: FIELD, supply: market.supply });
  const { event: ofEvent, place } = parseTicketId(ask.ticket);
  require(ofEvent === event.event, 'WRONG_EVENT', { field: `${FIELD}.ticket`, expected: event.event });
  const ticket = state.get(ticketKey(event.event, place));
  if (!ticket) return refuse('UNKNOWN_TICKET', { field: `${FIELD}.ticket`, ticket: ask.ticket });
  require(ticket.issue === ask.issue, 'STALE_TICKET', { field: `${FIELD}.issue`, issue: ticket.issue });
  requireState(ticket, IN_HAND, FIELD);
  requireHolder(ticket, order.payload.credential, 'order.header.jwk');
  requireNoReplacement(state, event, ticket.holder, 'order.credential');
  const supply = state.get(allotmentKey(event.event, ticket.allotment));
  if (!supply) throw new Error(`${ask.ticket} is of an allotment that there is not`);
  const { priceClass, facePriceMinor: faceMinor } = supply;
  requireTraded(market, priceClass);
  // Who pays out takes part in the market.
  const takesPart = Object.hasOwn(market.guarantees, ask.reseller) && !market.barred?.includes(ask.reseller);
  require(takesPart, 'RESELLER_NOT_AUTHORISED', { field: `${FIELD}.reseller`, reseller: ask.reseller });
  const closed = { nowSeconds: secondsOf(market.closesAt) };
  requireResellable(state, { event, ticket, supply, reseller: ask.reseller, through: 'sealed' }, closed);
  const policy = policyOf(event, priceClass);
  const capMinor = capOf(policy, { faceMinor, withFeesMinor: ticket.firstPriceMinor });
  const totalMinor = totalAt(policy, feesWithin(policy, market), ask.askMinor);
  const within = capMinor === null || totalMinor <= capMinor;
  requireClassPolicy(event, priceClass, 'capBps', within, 'PRICE_ABOVE_CAP', {
    limitMinor: capMinor ?? totalMinor,
    givenMinor: totalMinor,
  });
  const { habitualThreshold } = policy;
  const room =
    habitualThreshold === null ? null : habitualThreshold - holderOf(state, event.event, ticket.holder).resold;
  return { allotment: ticket.allotment, priceClass, capMinor, room };
}
