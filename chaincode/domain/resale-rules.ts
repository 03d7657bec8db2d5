/** What the policy asks of a resale, at the listing and again at the purchase: the rules may have changed, the time has. */
import { ticketPlace } from './ids.js';
import { requireClassPolicy, requirePolicy } from './policy/enforce.js';
import { DISCLOSURES } from './policy/parameters.js';
import { policyOf } from './policy/policy.js';
import type { AllotmentRecord, EventRecord, TicketRecord } from './records.js';
import { require } from './refusal.js';
import { brokenLimits, splitResale, type ResaleSplit, type ResaleTerms } from './resale.js';
import type { Context } from './rule.js';
import type { State } from './state.js';
import type { Payload } from './statements.js';
import { holderOf, requireHops } from './ticket.js';

/** However many hops the policy lets a ticket make: its record and its settlement name every seller. */
const MAX_RESALES = 32;

/** The records that decide about a resale. */
interface ResaleCase {
  readonly event: EventRecord;
  readonly ticket: TicketRecord;
  readonly supply: AllotmentRecord;
}

interface ResaleThrough extends ResaleCase {
  readonly reseller: string;
  /** On which of the two markets. */
  readonly through?: 'direct' | 'sealed';
}

/** Whether this ticket may be resold by its holder through this reseller now. */
export function requireResellable(
  state: State,
  { event, ticket, supply, reseller, through = 'direct' }: ResaleThrough,
  { nowSeconds }: Pick<Context, 'nowSeconds'>,
): void {
  const { priceClass, facePriceMinor } = supply;
  const policy = policyOf(event, priceClass);
  const open = policy.market === 'both' || policy.market === through;
  const refused = through === 'direct' ? 'MARKET_NOT_DIRECT' : 'MARKET_NOT_SEALED';
  requireClassPolicy(event, priceClass, 'market', open, refused);
  const { authorisedResellers: authorised } = policy;
  const trusted = authorised === 'any' || authorised.includes(reseller);
  requireClassPolicy(event, priceClass, 'authorisedResellers', trusted, 'RESELLER_NOT_AUTHORISED', { reseller });
  const paid = facePriceMinor > 0 || !policy.complimentaryNotResellable;
  requireClassPolicy(event, priceClass, 'complimentaryNotResellable', paid, 'COMPLIMENTARY_NOT_RESELLABLE');
  // Two gateways' clocks may differ: nobody has held a ticket for less than no time.
  const heldSeconds = Math.max(0, nowSeconds - ticket.acquiredAt);
  const longEnough = heldSeconds >= policy.minHoldingPeriodSeconds;
  requireClassPolicy(event, priceClass, 'minHoldingPeriodSeconds', longEnough, 'HOLDING_PERIOD_NOT_OVER', {
    heldSeconds,
  });
  requireHops(event, ticket);
  const resales = ticket.resales?.length ?? 0;
  require(resales < MAX_RESALES, 'TOO_MANY_HOPS', { field: 'ticket.resales', limit: MAX_RESALES });
  const { habitualThreshold } = policy;
  const { resold } = holderOf(state, event.event, ticket.holder);
  const occasional = habitualThreshold === null || resold < habitualThreshold;
  requirePolicy(event, 'habitualThreshold', occasional, 'HABITUAL_SELLER', { resold });
}

/** @returns where the buyer's total goes. @throws {Refusal} PRICE_MISMATCH, FEE_ABOVE_CAP, PRICE_ABOVE_CAP, PRICE_BELOW_FEES */
export function requireResalePrice(
  { event, ticket, supply }: ResaleCase,
  terms: ResaleTerms & { readonly totalMinor: number; readonly currency?: string },
  field: string,
): ResaleSplit {
  const policy = policyOf(event, supply.priceClass);
  const { currency = event.currency } = terms;
  require(currency === event.currency, 'PRICE_MISMATCH', { field: `${field}.currency`, expected: event.currency });
  const split = splitResale(policy, terms, field);
  require(terms.totalMinor === split.totalMinor, 'PRICE_MISMATCH', {
    field: `${field}.totalMinor`,
    expected: split.totalMinor,
  });
  const first = { faceMinor: supply.facePriceMinor, withFeesMinor: ticket.firstPriceMinor };
  const [broken] = brokenLimits(policy, terms, split, first);
  if (broken) {
    const { parameter, code, limitMinor, givenMinor } = broken;
    requireClassPolicy(event, supply.priceClass, parameter, false, code, { limitMinor, givenMinor });
  }
  return split;
}

/** What the policy makes a listing say must be there; what the ledger knows must be right. */
export function requireDisclosure(
  event: EventRecord,
  supply: AllotmentRecord,
  { disclosure, ticket }: Pick<Payload<'listing'>, 'disclosure' | 'ticket'>,
): void {
  const { priceClass } = supply;
  const mandatory = policyOf(event, priceClass).mandatoryDisclosure;
  for (const item of DISCLOSURES) {
    const given = disclosure[item] !== undefined || !mandatory.includes(item);
    const missing = `listing.disclosure.${item}`;
    requireClassPolicy(event, priceClass, 'mandatoryDisclosure', given, 'DISCLOSURE_MISSING', { missing });
  }
  const facts = { faceValue: supply.facePriceMinor, place: ticketPlace(ticket) } as const;
  for (const item of ['faceValue', 'place'] as const) {
    const right = disclosure[item] === undefined || disclosure[item] === facts[item];
    require(right, 'DISCLOSURE_WRONG', { field: `listing.disclosure.${item}`, expected: facts[item] });
  }
}
