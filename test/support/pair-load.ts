/**
 * Buyers at two gateways of one organization: each asks one and then the other, until he is answered. Every third puts his seat into a cart at one
 * and buys it at the other.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Fan } from '../../gateway/tour/fan.js';
import { until } from './until.js';

const PAUSE_MS = 100;
const CARTS = 3;
/** What may be different the next time. */
const AGAIN: ReadonlySet<unknown> = new Set([
  ...['LEDGER_UNAVAILABLE', 'LEDGER_CONFLICT', 'LEDGER_DISAGREES', 'OUTCOME_UNKNOWN', 'QUEUE_FULL', 'SHUTTING_DOWN'],
  ...['SIGNER_UNAVAILABLE', 'IDEMPOTENCY_KEY_IN_USE'],
]);

export interface PairLoadOptions {
  readonly urls: readonly string[];
  readonly token: string;
  readonly channel: string;
  readonly event: string;
  readonly seller: string;
  readonly buyers: number;
}

export interface Bought {
  readonly place: string;
  readonly holder: string;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export class PairLoad {
  readonly bought: Bought[] = [];
  readonly refused: string[] = [];
  readonly again = new Map<string, number>();
  readonly #options: PairLoadOptions;
  readonly #buyers: Promise<void>[];
  #count = 0;
  #stopped = false;

  constructor(options: PairLoadOptions) {
    this.#options = options;
    this.#buyers = Array.from({ length: options.buyers }, () => this.#buy());
  }

  async progress(sales: number): Promise<void> {
    const goal = this.bought.length + sales;
    await until(() => this.bought.length >= goal || this.refused.length > 0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#buyers);
  }

  async #buy(): Promise<void> {
    while (!this.#stopped) {
      const number = ++this.#count;
      const { channel, event, seller } = this.#options;
      const fan = new Fan({ name: `fan ${number}`, channel, event });
      const wish = { seller, priceClass: 'standard', quantity: 1, currency: 'EUR', maxTotalMinor: 5_000 };
      const request = fan.purchase(wish).jws;
      const hold = number % CARTS === 0 ? await this.#cart(number) : {};
      const answer = hold && (await this.#untilAnswered(number + 1, '/v1/sales', { request, ...hold }));
      const [ticket] = (answer?.body.tickets ?? []) as readonly { ticket: string }[];
      if (ticket) this.bought.push({ place: ticket.ticket.slice(event.length + 1), holder: fan.holder });
    }
  }

  async #cart(number: number): Promise<{ readonly hold: unknown } | undefined> {
    const wanted = { id: `cart-number-${number}`, event: this.#options.event, priceClass: 'standard', quantity: 1 };
    const answer = await this.#untilAnswered(number, '/v1/holds', wanted);
    return answer && { hold: answer.body.hold };
  }

  /** @returns undefined if it was refused */
  async #untilAnswered(at: number, path: string, body: unknown): Promise<Answer | undefined> {
    const { urls, token } = this.#options;
    for (let attempt = at; attempt < at + 600; attempt += 1) {
      const answer = await post(urls[attempt % urls.length]!, token, path, body);
      if (answer && answer.status < 300) return answer;
      const code = answer ? String(answer.body.code) : 'no answer';
      if (answer && !AGAIN.has(code)) {
        this.refused.push(`${path} ${code} ${JSON.stringify(answer.body.details)}`);
        return undefined;
      }
      this.again.set(code, (this.again.get(code) ?? 0) + 1);
      await sleep(PAUSE_MS);
    }
    this.refused.push(`${path} was never answered`);
    return undefined;
  }
}

/** @returns undefined where nobody answers */
export async function post(url: string, token: string, path: string, body: unknown): Promise<Answer | undefined> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  try {
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  } catch {
    return undefined;
  }
}
