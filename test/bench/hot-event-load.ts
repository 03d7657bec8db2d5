/** Buyers of a hot event: each goes for what he would like most of what he has not heard is gone, again and again until nothing is left. */
import { Agent } from 'node:http';
import { seededRandom } from '../simulation/random.js';
import { generateSigningKey, signStatement } from '../../gateway/signer/sign-statement.js';
import { isAgreed, isGone, isRightlyRefused, isSold, type Conduct } from './hot-event-check.js';
import { postOnce, type RestAnswer } from './rest-answer.js';
import type { Shop } from './rest-load.js';
import { SEATS_PER_ORDER, type Order as SeatOrder } from './seat-drop-load.js';
import type { LoadResult } from './statistics.js';

const INVALID = 0.05;
const DUPLICATE = 0.05;
/** Signed beforehand, as a drop's requests are: about as many as ask for the first pair before it is gone, and for one that hardly anybody wants. */
const [AHEAD_OF_FIRST, AHEAD_OF_LAST] = [60, 8];
/** More than any two seats cost. */
const MAX_TOTAL_MINOR = 100_000;

export interface HuntOptions {
  readonly shop: Shop;
  readonly channel: string;
  readonly event: string;
  readonly seats: readonly string[];
  readonly clients: number;
}

export interface HuntResult extends LoadResult, Conduct {
  readonly requests: number;
  readonly forgeries: number;
  readonly duplicates: number;
  readonly sold: readonly (readonly [place: string, buyer: string])[];
}

type Order = Pick<SeatOrder, 'buyer' | 'body'>;

const told = ({ status, code }: RestAnswer): string => `${status} ${code}`;

/** Two seats side by side, and what everybody knows of them. */
interface Pair {
  readonly seats: readonly string[];
  readonly weight: number;
  /** Of buyers who will want it. */
  readonly ahead: Order[];
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
  readonly #misjudged: string[] = [];
  #forgeries = 0;
  #duplicates = 0;
  #duplicatesDiffering = 0;

  constructor(options: HuntOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 2 * options.clients });
    const { seats } = options;
    const starts = Array.from({ length: seats.length / SEATS_PER_ORDER }, (_, index) => index * SEATS_PER_ORDER);
    this.#pairs = starts.map((start, rank) => {
      const pair = seats.slice(start, start + SEATS_PER_ORDER);
      const weight = 1 / (rank + 1);
      const length = Math.round(AHEAD_OF_FIRST * weight) + AHEAD_OF_LAST;
      return { seats: pair, weight, ahead: Array.from({ length }, () => this.#sign(pair)), isGone: false };
    });
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
        ...{ failures: this.#failures, forgeriesMisjudged: this.#misjudged, sold: this.#sold },
        ...{ forgeries: this.#forgeries, duplicates: this.#duplicates, duplicatesDiffering: this.#duplicatesDiffering },
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
      const order = pair.ahead.pop() ?? this.#sign(pair.seats);
      const dice = this.#random();
      if (dice < INVALID) await this.#sendForged(order);
      else if (dice < INVALID + DUPLICATE) await this.#sendTwice(pair, order);
      else this.#note(pair, order, await this.#post(order.body));
    }
  }

  /** Zipf's law over what is not known to be gone. */
  #choose(): Pair | undefined {
    // Nobody goes on where figures count no more: what fails might fail for ever.
    if (this.#failures.length > 0) return undefined;
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
  async #sendForged({ body }: Order): Promise<void> {
    const { request } = JSON.parse(body) as { request: string };
    const last = request.at(-10) === 'A' ? 'B' : 'A';
    const forged = `${request.slice(0, -10)}${last}${request.slice(-9)}`;
    this.#forgeries += 1;
    const answer = await this.#post(JSON.stringify({ request: forged }));
    if (!isRightlyRefused(answer)) this.#misjudged.push(told(answer));
  }

  async #sendTwice(pair: Pair, order: Order): Promise<void> {
    const [first, second] = await Promise.all([this.#post(order.body), this.#post(order.body)]);
    this.#duplicates += 1;
    if (!isAgreed(first, second)) this.#duplicatesDiffering += 1;
    const [best, worse] = isSold(first) ? [first, second] : [second, first];
    this.#note(pair, order, best);
    // Sold once: of the other sending only what should not have been said counts.
    if (!isSold(worse)) this.#note(pair, order, worse);
    else this.#latenciesMs.push(worse.latencyMs);
  }

  #note(pair: Pair, { buyer }: Order, answer: RestAnswer): void {
    if (isSold(answer)) for (const seat of pair.seats) this.#sold.push([seat, buyer]);
    else if (!isGone(answer)) this.#failures.push(told(answer));
    pair.isGone ||= isSold(answer) || isGone(answer);
    this.#latenciesMs.push(answer.latencyMs);
  }

  #post(body: string): Promise<RestAnswer> {
    this.#requests += 1;
    return postOnce(this.#agent, this.#options.shop, '/v1/sales', body);
  }
}
