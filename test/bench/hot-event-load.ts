/** Buyers of a hot event: each goes for what he would like most of what he has not heard is gone, again and again until nothing is left. */
import { Agent } from 'node:http';
import { seededRandom } from '../simulation/random.js';
import { generateSigningKey, signStatement } from '../../gateway/signer/sign-statement.js';
import { postOnce, type RestAnswer } from './rest-answer.js';
import type { Shop } from './rest-load.js';
import { SEATS_PER_ORDER, type Order as SeatOrder } from './seat-drop-load.js';
import type { LoadResult } from './statistics.js';

const INVALID = 0.05;
const DUPLICATE = 0.05;
/** More than any two seats cost. */
const MAX_TOTAL_MINOR = 100_000;
const GONE = 'SEAT_ALREADY_SOLD';

export interface HuntOptions {
  readonly shop: Shop;
  readonly channel: string;
  readonly event: string;
  readonly seats: readonly string[];
  readonly clients: number;
}

export interface HuntResult extends LoadResult {
  readonly requests: number;
  /** Codes that innocents were told, other than that the seats are gone. */
  readonly failures: readonly string[];
  readonly invalidAccepted: number;
  readonly duplicatesDiffering: number;
  readonly sold: readonly (readonly [place: string, buyer: string])[];
}

type Order = Pick<SeatOrder, 'buyer' | 'body'>;

/** Two seats side by side, and what everybody knows of them. */
interface Pair {
  readonly seats: readonly string[];
  readonly weight: number;
  isGone: boolean;
}

export class Hunt {
  readonly #options: HuntOptions;
  readonly #agent: Agent;
  readonly #random = seededRandom(7);
  readonly #pairs: readonly Pair[];
  readonly #failures: string[] = [];
  readonly #latenciesMs: number[] = [];
  readonly #sold: (readonly [string, string])[] = [];
  #requests = 0;
  #signed = 0;
  #invalidAccepted = 0;
  #duplicatesDiffering = 0;

  constructor(options: HuntOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 2 * options.clients });
    const { seats } = options;
    const starts = Array.from({ length: seats.length / SEATS_PER_ORDER }, (_, index) => index * SEATS_PER_ORDER);
    this.#pairs = starts.map((start, rank) => ({
      seats: seats.slice(start, start + SEATS_PER_ORDER),
      weight: 1 / (rank + 1),
      isGone: false,
    }));
  }

  /** @param spoiling what the saboteur orders meanwhile; nobody minds what becomes of it */
  async run(spoiling: readonly string[]): Promise<HuntResult> {
    const started = performance.now();
    const spoil = this.#spoil(spoiling);
    try {
      await Promise.all(Array.from({ length: this.#options.clients }, () => this.#hunt()));
      const seconds = (performance.now() - started) / 1_000;
      await spoil;
      return {
        ...{ seconds, committed: this.#sold.length, latenciesMs: this.#latenciesMs, requests: this.#requests },
        ...{ failures: this.#failures, invalidAccepted: this.#invalidAccepted, sold: this.#sold },
        duplicatesDiffering: this.#duplicatesDiffering,
      };
    } finally {
      this.#agent.destroy();
    }
  }

  async #spoil(bodies: readonly string[]): Promise<void> {
    for (const body of bodies) {
      if (this.#pairs.every(({ isGone }) => isGone)) return;
      await this.#post(body);
    }
  }

  async #hunt(): Promise<void> {
    for (let pair = this.#choose(); pair; pair = this.#choose()) {
      const order = this.#sign(pair.seats);
      const dice = this.#random();
      if (dice < INVALID) await this.#sendInvalid(order);
      else if (dice < INVALID + DUPLICATE) await this.#sendTwice(pair, order);
      else this.#note(pair, order, await this.#post(order.body));
    }
  }

  /** Zipf's law over what is not known to be gone. */
  #choose(): Pair | undefined {
    const left = this.#pairs.filter(({ isGone }) => !isGone);
    let dice = this.#random() * left.reduce((sum, { weight }) => sum + weight, 0);
    return left.find(({ weight }) => (dice -= weight) <= 0) ?? left.at(-1);
  }

  #sign(seats: readonly string[]): Order {
    const key = generateSigningKey();
    const { channel, event } = this.#options;
    const number = (this.#signed += 1);
    const { jws } = signStatement(key, 'purchase', {
      ...{ channel, event, seller: 'ResellerMSP', seats: [...seats], currency: 'EUR', maxTotalMinor: MAX_TOTAL_MINOR },
      exp: Math.floor(Date.now() / 1000) + 3600,
      ...{ jti: `hot-request-${number}`, paymentReference: `hot-payment-${number}` },
    });
    return { buyer: key.kid, body: JSON.stringify({ request: jws }) };
  }

  /** A signature that is another's. */
  async #sendInvalid({ body }: Order): Promise<void> {
    const { request } = JSON.parse(body) as { request: string };
    const last = request.at(-10) === 'A' ? 'B' : 'A';
    const { status } = await this.#post(
      JSON.stringify({ request: `${request.slice(0, -10)}${last}${request.slice(-9)}` }),
    );
    if (status < 300) this.#invalidAccepted += 1;
  }

  async #sendTwice(pair: Pair, order: Order): Promise<void> {
    const [first, second] = await Promise.all([this.#post(order.body), this.#post(order.body)]);
    this.#note(pair, order, first.status < 300 ? first : second);
    if (first.status < 300 && second.status < 300 && first.tx !== second.tx) this.#duplicatesDiffering += 1;
  }

  #note(pair: Pair, { buyer }: Order, { status, code, latencyMs }: RestAnswer): void {
    if (status < 300) for (const seat of pair.seats) this.#sold.push([seat, buyer]);
    else if (code !== GONE) this.#failures.push(code);
    pair.isGone ||= status < 300 || code === GONE;
    this.#latenciesMs.push(latencyMs);
  }

  #post(body: string): Promise<RestAnswer> {
    this.#requests += 1;
    return postOnce(this.#agent, this.#options.shop, '/v1/sales', body);
  }
}
