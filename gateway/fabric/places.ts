/**
 * Places in the queue, which is bounded: beyond some hundreds of orders only the waiting grows. When it is full, whoever has the most loses his newest order to
 * one who has fewer (McKenney, Stochastic Fairness Queueing, 1990): first between lanes, so that one event can't keep others out, then between the clients of
 * a lane. So nobody needs a share set aside, and whoever is alone may have it all.
 */
import { GatewayError } from '../errors.js';
import type { DrainRate } from './drain-rate.js';
import type { Order } from './order.js';
import { isApart } from './quarantine.js';
import type { Waiting } from './waiting.js';

/** In the queue, beyond what others may take. */
export const URGENT_WAITING = 16;
/** Of the queue's places, what lanes apart may have together. */
const APART_SHARE = 1 / 4;

export interface ShedFigures {
  /** Orders turned away because their client had its share, and because everybody had; since the start. */
  readonly byShare: number;
  readonly byLoad: number;
}

export class Places {
  readonly #waiting: Waiting;
  readonly #rate: DrainRate;
  readonly #limit: number;
  #byShare = 0;
  #byLoad = 0;

  constructor(waiting: Waiting, rate: DrainRate, limit: number) {
    this.#waiting = waiting;
    this.#rate = rate;
    this.#limit = limit;
  }

  get shed(): ShedFigures {
    return { byShare: this.#byShare, byLoad: this.#byLoad };
  }

  /** So much room that also those may go apart who could go with others. */
  get isRoomyApart(): boolean {
    return this.#waiting.crowd.apart < (this.#limit * APART_SHARE) / 2;
  }

  /** Finds the order a place, another's if need be. @throws {GatewayError} QUEUE_FULL, OVERLOADED */
  require(order: Order): void {
    const limit = this.#limit + (order.isUrgent ? URGENT_WAITING : 0);
    if (this.#waiting.size < limit && this.#hasRoomApart(order)) return;
    const { crowd } = this.#waiting;
    const lane = isApart(order.lane) ? order.lane : this.#laneToShorten(order.lane);
    const client = crowd.busiestIn(lane);
    const gains = lane !== order.lane || this.#isBehind(order, lane, client);
    const out = gains ? this.#waiting.pushOut(lane, client) : undefined;
    if (!out) throw this.#refusal(order, limit);
    out.fail(this.#full(limit));
  }

  #hasRoomApart({ lane }: Order): boolean {
    return !isApart(lane) || this.#waiting.crowd.apart < this.#limit * APART_SHARE;
  }

  /** The fullest one, if that would still have no fewer than the other. */
  #laneToShorten(lane: string): string {
    const { crowd } = this.#waiting;
    const fullest = crowd.fullest ?? lane;
    return crowd.in(fullest).orders > crowd.in(lane).orders + 1 ? fullest : lane;
  }

  #isBehind({ client }: Order, lane: string, busiest: string | undefined): boolean {
    const { clients } = this.#waiting.crowd.in(lane);
    return (clients.get(busiest) ?? 0) > (clients.get(client) ?? 0) + 1;
  }

  /** Who is alone has filled it himself; of many, none has more than his share. */
  #refusal({ lane }: Order, limit: number): GatewayError {
    if (this.#waiting.crowd.in(lane).clients.size <= 1) return this.#full(limit);
    this.#byLoad += 1;
    return new GatewayError('OVERLOADED', this.#detailsOf(limit));
  }

  #full(limit: number): GatewayError {
    this.#byShare += 1;
    return new GatewayError('QUEUE_FULL', this.#detailsOf(limit));
  }

  #detailsOf(limit: number) {
    return { limit, retryAfterS: this.#rate.retryAfterS(this.#waiting.size) };
  }
}
