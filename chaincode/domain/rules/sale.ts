/**
 * The signed primary sale. Four signatures meet here: the organizer's on the event and the event key's on the allotment were verified when those
 * came on the ledger; the buyer's on the purchase request and the seller's on the sale are verified now.
 */
import { z } from 'zod';
import {
  requireCurrent,
  requireEvent,
  requireGate,
  requireHolderSignature,
  requireOrganization,
  requireOrganizationSignature,
} from '../authority.js';
import { enrolmentKeysOf, requireEnrolment } from '../holders.js';
import { ticketIdOf } from '../ids.js';
import {
  allotmentKey,
  eventKey,
  gateKey,
  holderKey,
  organizationKey,
  organizationKeysKey,
  paymentKey,
  ticketKey,
} from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { addMinor, multiplyMinor } from '../money.js';
import { parseWith } from '../parse.js';
import { issueTicket, primaryEntries } from '../primary.js';
import type { AllotmentRecord, EventRecord } from '../records.js';
import { requirePolicy } from '../policy/enforce.js';
import { refuse, require } from '../refusal.js';
import { compactJws, type Context, type Prepare } from '../rule.js';
import { contains } from '../seats.js';
import { decodeStatement, holderIn, type Statement } from '../statements.js';
import type { State } from '../state.js';
import { adjustHolder, holderOf, isOnSale } from '../ticket.js';

const sellCommand = z.strictObject({ kind: z.literal('ticket.sell'), request: compactJws, sale: compactJws });

export const prepareSale: Prepare = (raw) => {
  const command = parseWith(sellCommand, raw, '');
  const request = decodeStatement('purchase', command.request, 'request');
  const sale = decodeStatement('sale', command.sale, 'sale');
  const { event, seller, allotment, seats, buyer } = sale.payload;
  return {
    kind: command.kind,
    event,
    // The payment reference stands in both statements, so this one key keeps a payment from paying twice and a request from being used twice.
    memory: paymentKey(event, seller, sale.payload.jti),
    digest: request.digest,
    reads: [
      eventKey(event),
      latestMarketKey(event),
      gateKey(event, 'sales'),
      allotmentKey(event, allotment),
      organizationKey(seller),
      organizationKeysKey(seller),
      ...enrolmentKeysOf(event, request),
    ],
    writes: [holderKey(event, buyer), ...seats.map((seat) => ticketKey(event, seat))],
    decide(state, context) {
      requireCurrent(request, event, context);
      requireCurrent(sale, event, context);
      const record = requireEvent(state, event);
      requireNoSettling(state, record);
      requireGate(state, record, 'sales', context);
      requireOrganization(state, seller, ['reseller', 'organizer'], 'sale.seller');
      const supply = requireOpenAllotment(state, sale);
      requireSaleMeetsRequest(sale, request, supply, record);
      requireAllottedPrice(sale, supply);
      requireWithinLimit(state, record, sale);
      requireEnrolment(state, record, request);
      requireHolderSignature(request);
      requireOrganizationSignature(state, sale, seller, 'seller', context.now);
      return sell(state, record, supply, sale, context);
    },
  };
};

type Sale = Statement<'sale'>;
type Request = Statement<'purchase'>;

function requireOpenAllotment(state: State, { payload }: Sale): AllotmentRecord {
  const allotment = state.get(allotmentKey(payload.event, payload.allotment));
  if (!allotment) return refuse('UNKNOWN_ALLOTMENT', { field: 'sale.allotment', allotment: payload.allotment });
  require(allotment.seller === payload.seller, 'ALLOTMENT_MISMATCH', {
    field: 'sale.seller',
    expected: allotment.seller,
  });
  require(allotment.state === 'open', 'ALLOTMENT_CLOSED', { field: 'sale.allotment', allotment: payload.allotment });
  return allotment;
}

/** The seller may sell only what the buyer signed for. */
function requireSaleMeetsRequest(sale: Sale, request: Request, supply: AllotmentRecord, event: EventRecord): void {
  const [sold, asked] = [sale.payload, request.payload];
  const match = (equal: boolean, field: string) => require(equal, 'REQUEST_MISMATCH', { field });
  match(sold.request === request.digest, 'sale.request');
  match(sold.buyer === holderIn(request), 'sale.buyer');
  match(sold.seller === asked.seller, 'request.seller');
  match(sold.jti === asked.paymentReference, 'request.paymentReference');
  match(asked.currency === event.currency, 'request.currency');
  match(sold.currency === event.currency, 'sale.currency');
  if (asked.seats) {
    match(asked.priceClass === undefined && asked.quantity === undefined, 'request.seats');
    match(
      sold.seats.length === asked.seats.length && sold.seats.every((seat, i) => seat === asked.seats?.[i]),
      'sale.seats',
    );
  } else {
    match(sold.seats.length === asked.quantity, 'request.quantity');
    match(supply.priceClass === asked.priceClass, 'request.priceClass');
  }
  require(sold.totalMinor <= asked.maxTotalMinor, 'PRICE_ABOVE_REQUEST', {
    field: 'sale.totalMinor',
    maxTotalMinor: asked.maxTotalMinor,
  });
}

/** Price and fees are the allotment's, to the unit. */
function requireAllottedPrice({ payload }: Sale, supply: AllotmentRecord): void {
  const feesMinor = supply.fees.reduce((sum, fee) => addMinor(sum, fee.amountMinor, 'sale.feesMinor'), 0);
  const eachMinor = addMinor(supply.facePriceMinor, feesMinor, 'sale.totalMinor');
  const totalMinor = multiplyMinor(eachMinor, payload.seats.length, 'sale.totalMinor');
  const match = (given: number, expected: number, field: string) =>
    require(given === expected, 'PRICE_MISMATCH', { field, expected });
  match(payload.facePriceMinor, supply.facePriceMinor, 'sale.facePriceMinor');
  match(payload.feesMinor, feesMinor, 'sale.feesMinor');
  match(payload.totalMinor, totalMinor, 'sale.totalMinor');
}

function requireWithinLimit(state: State, event: EventRecord, { payload }: Sale): void {
  const limit = event.policy.perPersonLimit.primary;
  const { boughtPrimary: bought } = holderOf(state, event.event, payload.buyer);
  const within = bought + payload.seats.length <= limit;
  requirePolicy(event, 'perPersonLimit.primary', within, 'PERSON_LIMIT_REACHED', { limit, bought });
}

function sell(state: State, event: EventRecord, supply: AllotmentRecord, { payload }: Sale, context: Context) {
  const { seats, buyer, allotment, seller, totalMinor } = payload;
  require(new Set(seats).size === seats.length, 'SEAT_REPEATED', { field: 'sale.seats' });
  const paidMinor = payload.facePriceMinor + payload.feesMinor;
  const issues = seats.map((seat, index) => {
    const field = `sale.seats[${index}]`;
    require(contains(supply, seat), 'SEAT_NOT_IN_ALLOTMENT', { field, seat, allotment });
    const before = state.get(ticketKey(event.event, seat));
    require(isOnSale(before), 'SEAT_ALREADY_SOLD', { field, ticket: ticketIdOf(event.event, seat) });
    return issueTicket(state, { event: event.event, place: seat, allotment, holder: buyer, paidMinor }, context);
  });
  adjustHolder(state, event.event, buyer, { held: seats.length, boughtPrimary: seats.length });
  // The seller took the buyer's money and owes it on.
  const entries = primaryEntries(event, supply, seats.length, [seller, -totalMinor, 'collected']);
  return { result: { seats, issues, policy: event.policyVersion }, entries };
}
