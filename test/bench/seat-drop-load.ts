/** A seat drop: buyers who signed their requests beforehand all want distinct seats now, through the seller's REST interface. */
import { Agent, request as httpRequest } from 'node:http';
import type { GuichetClient } from '../../gateway/client/guichet-client.js';
import { generateSigningKey, signStatement } from '../../gateway/signer/sign-statement.js';
import { inParallel } from './in-parallel.js';
import type { LoadResult } from './statistics.js';

const SEATS_PER_ORDER = 2;
const ROWS = 20;
const SEATS_PER_ROW = 50;
const FACE_MINOR = 4500;
const FEE_MINOR = 350;
const HOUR_MS = 3_600_000;
const ANSWER_MS = 60_000;

export interface Order {
  readonly buyer: string;
  readonly tickets: readonly string[];
  readonly body: string;
}

const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** An event that is on sale with at least so many seats, all allotted to ResellerMSP. @returns its places */
export async function openDrop(organizer: GuichetClient, event: string, seats: number): Promise<readonly string[]> {
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
  const policy = { perPersonLimit: { primary: 4 }, transfer: 'allowed' as const };
  await organizer.createEvent({ event, name: 'Seat drop', venue: 'VenueMSP', currency: 'EUR', schedule, policy });
  const sections = Array.from({ length: Math.ceil(seats / (ROWS * SEATS_PER_ROW)) }, (_, index) => `s${index + 1}`);
  const rows = Array.from({ length: ROWS }, (_, row): [string, number, number] => [`r${row + 1}`, 1, SEATS_PER_ROW]);
  const allotments = sections.map((section) => ({
    allotment: section,
    seller: 'ResellerMSP',
    priceClass: 'standard',
    facePriceMinor: FACE_MINOR,
    fees: [{ kind: 'service', payee: 'ResellerMSP', amountMinor: FEE_MINOR }],
    seats: { section, rows },
  }));
  const { body } = await organizer.createAllotments(event, allotments);
  const refused = body.outcomes.find((outcome) => outcome.status >= 400);
  if (refused) throw new Error(`an allotment was refused: ${JSON.stringify(refused)}`);
  return sections.flatMap((section) =>
    rows.flatMap(([row]) => Array.from({ length: SEATS_PER_ROW }, (_, seat) => `${section}:${row}:${seat + 1}`)),
  );
}

/** Signed requests for pairs of seats, a buyer each. */
export function signOrders(channel: string, event: string, places: readonly string[]): readonly Order[] {
  const orders: Order[] = [];
  for (let at = 0; at + SEATS_PER_ORDER <= places.length; at += SEATS_PER_ORDER) {
    const seats = places.slice(at, at + SEATS_PER_ORDER);
    const key = generateSigningKey();
    const { jws } = signStatement(key, 'purchase', {
      channel,
      event,
      jti: `request-${at}`,
      exp: Math.floor(Date.now() / 1000) + 3600,
      seller: 'ResellerMSP',
      seats,
      currency: 'EUR',
      maxTotalMinor: (FACE_MINOR + FEE_MINOR) * SEATS_PER_ORDER,
      paymentReference: `payment-${at}`,
    });
    orders.push({
      buyer: key.kid,
      tickets: seats.map((seat) => `${event}:${seat}`),
      body: JSON.stringify({ request: jws }),
    });
  }
  return orders;
}

/** Where to buy: the seller's gateway and its operator's token. */
export interface Shop {
  readonly publicUrl: string;
  readonly token: string;
}

export interface DropResult extends LoadResult {
  readonly acknowledged: readonly Order[];
}

/** @throws {Error} on the first order that is not sold: every seat is wanted once */
export async function runDrop(shop: Shop, orders: readonly Order[], clients: number): Promise<DropResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const started = performance.now();
  try {
    const latenciesMs = await inParallel(orders, clients, (order) => buy(agent, shop, order));
    const seconds = (performance.now() - started) / 1000;
    return { seconds, committed: orders.length * SEATS_PER_ORDER, latenciesMs, acknowledged: orders };
  } finally {
    agent.destroy();
  }
}

/** @returns milliseconds from the request to its receipt, which says that it is committed */
function buy(agent: Agent, { publicUrl, token }: Shop, { body }: Order): Promise<number> {
  const sent = performance.now();
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const call = httpRequest(`${publicUrl}/v1/sales`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 201) resolve(performance.now() - sent);
        else reject(new Error(`a sale was answered ${response.statusCode}: ${text}`));
      });
    });
    call.setTimeout(ANSWER_MS, () => call.destroy(new Error(`a sale was not answered within ${ANSWER_MS} ms`)));
    call.on('error', reject).end(body);
  });
}
