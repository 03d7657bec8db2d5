/** A seat drop: buyers who signed their requests beforehand all want distinct seats now, through the seller's REST interface. */
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { GuichetClient } from '../../gateway/client/guichet-client.js';
import { generateSigningKey, signStatement, type SigningKey } from '../../gateway/signer/sign-statement.js';
import { postAll, postSteadily, type Shop } from './rest-load.js';
import { until } from '../support/until.js';
import type { LoadResult } from './statistics.js';

const ROWS = 20;
const SEATS_PER_ROW = 50;
export const FACE_MINOR = 4500;
export const FEE_MINOR = 350;
const HOUR_MS = 3_600_000;
const LIMITS: PolicyPart = { perPersonLimit: { primary: 4, resale: 4 } };

/** What a buyer of the drop orders unless told otherwise. */
export const SEATS_PER_ORDER = 2;

export interface Order {
  readonly buyer: string;
  readonly key: SigningKey;
  readonly tickets: readonly string[];
  readonly body: string;
}

const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** An event that is on sale with at least so many seats, all allotted to ResellerMSP, an allotment for each section. @returns its places */
export async function openDrop(
  organizer: GuichetClient,
  event: string,
  seats: number,
  rules: PolicyPart = {},
): Promise<readonly string[]> {
  const now = Date.now();
  const at = (hours: number) => iso(now + hours * HOUR_MS);
  const schedule = {
    salesOpenAt: at(-1),
    salesCloseAt: at(100),
    transfersCloseAt: at(100),
    doorsOpenAt: at(99),
    startsAt: at(100),
    endsAt: at(104),
  };
  const policy = { ...LIMITS, ...rules };
  await organizer.createEvent({ event, name: 'Seat drop', venue: 'VenueMSP', currency: 'EUR', schedule, policy });
  const allotments = dropAllotments(seats);
  const { body } = await organizer.createAllotments(event, allotments);
  const refused = body.outcomes.find((outcome) => outcome.status >= 400);
  if (refused) throw new Error(`an allotment was refused: ${JSON.stringify(refused)}`);
  return placesIn(allotments);
}

/** Waits until the seller's gateway knows of the seats too: its peer may be a block behind the organizer's. */
export const onSaleAt = ({ publicUrl }: Shop, event: string, seats: number): Promise<void> =>
  until(async () => {
    const answer = await fetch(`${publicUrl}/v1/events/${event}/availability`);
    return answer.ok && ((await answer.json()) as { readonly free: number }).free >= seats;
  });

/** At least so many seats, an allotment for each section. */
export function dropAllotments(seats: number) {
  const sections = Array.from({ length: Math.ceil(seats / (ROWS * SEATS_PER_ROW)) }, (_, index) => `s${index + 1}`);
  const rows = Array.from({ length: ROWS }, (_, row): [string, number, number] => [`r${row + 1}`, 1, SEATS_PER_ROW]);
  return sections.map((section) => ({
    allotment: section,
    seller: 'ResellerMSP',
    priceClass: 'standard',
    facePriceMinor: FACE_MINOR,
    fees: [{ kind: 'service', payee: 'ResellerMSP', amountMinor: FEE_MINOR }],
    seats: { section, rows },
  }));
}

export const placesIn = (allotments: ReturnType<typeof dropAllotments>): readonly string[] =>
  allotments.flatMap(({ seats: { section, rows } }) =>
    rows.flatMap(([row]) => Array.from({ length: SEATS_PER_ROW }, (_, seat) => `${section}:${row}:${seat + 1}`)),
  );

/** Somebody who buys: where the event asks for it, as a credential. */
export interface Buyer {
  readonly key: SigningKey;
  readonly credential?: string;
}

/** Signed requests for so many seats each, a buyer each. @param buyerOf of the n-th request; a new one unless given */
export function signOrders(
  channel: string,
  event: string,
  places: readonly string[],
  seatsPerOrder = SEATS_PER_ORDER,
  buyerOf: (request: number) => Buyer = () => ({ key: generateSigningKey() }),
): readonly Order[] {
  const orders: Order[] = [];
  for (let at = 0; at + seatsPerOrder <= places.length; at += seatsPerOrder) {
    const seats = places.slice(at, at + seatsPerOrder);
    const { key, credential } = buyerOf(orders.length);
    const { jws } = signStatement(key, 'purchase', {
      ...(credential !== undefined && { credential }),
      channel,
      event,
      jti: `request-${at}`,
      exp: Math.floor(Date.now() / 1000) + 3600,
      seller: 'ResellerMSP',
      seats,
      currency: 'EUR',
      maxTotalMinor: (FACE_MINOR + FEE_MINOR) * seatsPerOrder,
      paymentReference: `payment-${at}`,
    });
    const tickets = seats.map((seat) => `${event}:${seat}`);
    orders.push({ buyer: credential ?? key.kid, key, tickets, body: JSON.stringify({ request: jws }) });
  }
  return orders;
}

/** @throws {Error} on the first order that is not sold: every seat is wanted once @returns tickets sold */
export async function runDrop(shop: Shop, orders: readonly Order[], clients: number): Promise<LoadResult> {
  return { ...(await postAll(shop, '/v1/sales', bodiesOf(orders), clients)), committed: ticketsIn(orders) };
}

/** The same at a rate of its own. @param ticketsPerSecond that are ordered, however fast they are sold */
export async function runSteadySale(
  shop: Shop,
  orders: readonly Order[],
  ticketsPerSecond: number,
): Promise<LoadResult> {
  const committed = ticketsIn(orders);
  const perSecond = (ticketsPerSecond * orders.length) / committed;
  return { ...(await postSteadily(shop, '/v1/sales', bodiesOf(orders), perSecond)), committed };
}

const bodiesOf = (orders: readonly Order[]): readonly string[] => orders.map(({ body }) => body);
const ticketsIn = (orders: readonly Order[]): number => orders.reduce((sum, { tickets }) => sum + tickets.length, 0);
