/**
 * The gateway's submitter: gathers commands into transactions. A lane for each event, not for each section of it: what correctness needs is that
 * transactions in flight are disjoint, which is checked record by record, and wider lanes fill their batches better. Lanes share the transactions
 * in flight, so a lane without conflicts may have several. Urgent orders have a place in flight and some in the queue to themselves, so that deadlines
 * are recorded however many sales wait. What conflicts has lanes apart (quarantine.ts), which have few places in flight.
 */
import { GatewayError } from '../errors.js';
import type { Clock } from './clock.js';
import { deliver } from './deliver.js';
import type { DeliveryOptions } from './delivery.js';
import { Doubts } from './doubts.js';
import { DrainRate } from './drain-rate.js';
import { Footprints } from './footprint.js';
import type { Committed, SubmittedBy, Submitter } from './ledger.js';
import { placeOrder, type Order } from './order.js';
import { Places, type ShedFigures } from './places.js';
import { isApart, Quarantine, type QuarantineFigures } from './quarantine.js';
import { Pace } from './pace.js';
import type { SpanOptions } from './spans.js';
import { BATCH_LIMITS, Waiting, type BatchLimits } from './waiting.js';

/** In flight, beyond what others may take. */
export const URGENT_IN_FLIGHT = 1;
/** Of all transactions in flight, those of lanes apart; each such lane has one. */
const APART_IN_FLIGHT = 2;
/** While orders keep coming a lane gathers on, so many times as long at most, unless one of them is urgent: or a crowd's first batches would be of the few who were fastest. */
const MOST_GATHERINGS = 10;

type Own = 'doubts' | 'quarantine' | 'putBack' | 'measured';

export interface LanesOptions extends Omit<DeliveryOptions, Own>, Partial<BatchLimits> {
  readonly clock: Clock;
  /** How long no further order must have come to a lane before its first goes. */
  readonly gatherMs?: number;
  readonly maxInFlight?: number;
  readonly maxWaiting?: number;
  /** Hears of every batch when it has ended, however it did. */
  readonly delivered?: (batch: { readonly commands: number; readonly durationMs: number }) => void;
  readonly measured?: SpanOptions['measured'];
}

export interface LaneCounts {
  readonly waiting: number;
  readonly inFlight: number;
}

/** What goes on in the lanes, for metrics. */
export interface LaneFigures extends LaneCounts {
  readonly lanes: number;
  readonly quarantined: QuarantineFigures;
  readonly shed: ShedFigures;
  /** Orders that were answered lately. */
  readonly settledPerSecond: number;
}

interface Gathering {
  /** Whoever comes later goes with the next batch. */
  readonly untilMs: number;
  readonly stop: () => void;
}

export class Lanes implements Submitter {
  readonly #options: Required<LanesOptions> & DeliveryOptions;
  readonly #waiting: Waiting;
  readonly #rate: DrainRate;
  readonly #places: Places;
  readonly #quarantine: Quarantine;
  readonly #touched = new Footprints();
  readonly #pace: Pace;
  /** Lanes that still gather. */
  readonly #gathering = new Map<string, Gathering>();
  readonly #deliveries = new Set<Promise<void>>();
  /** Lanes with too little that may go, until a transaction ends: they are not looked through for each order that comes. */
  readonly #short = new Set<string>();
  /** Lanes apart that have a transaction in flight. */
  readonly #apart = new Set<string>();
  #draining = false;

  constructor(options: LanesOptions) {
    this.#quarantine = new Quarantine(options);
    const putBack = (order: Order) => this.#waiting.add(order);
    const own = { doubts: new Doubts(), quarantine: this.#quarantine, putBack };
    const unheard = { delivered: () => undefined, measured: () => undefined };
    const defaults = { gatherMs: 5, maxInFlight: 8, maxWaiting: 800, ...BATCH_LIMITS, ...unheard };
    this.#options = { ...defaults, ...options, ...own };
    this.#waiting = new Waiting(this.#options);
    this.#rate = new DrainRate(options);
    this.#places = new Places(this.#waiting, this.#rate, this.#options.maxWaiting);
    this.#pace = new Pace(this.#options.maxInFlight);
  }

  get counts(): LaneCounts {
    return { waiting: this.#waiting.size, inFlight: this.#deliveries.size };
  }

  get figures(): LaneFigures {
    const { figures: quarantined } = this.#quarantine;
    const [lanes, settledPerSecond] = [this.#waiting.lanes().size, this.#rate.perSecond];
    return { ...this.counts, lanes, quarantined, shed: this.#places.shed, settledPerSecond };
  }

  async submit(command: Readonly<Record<string, unknown>>, { client }: SubmittedBy = {}): Promise<Committed> {
    if (this.#draining) throw new GatewayError('SHUTTING_DOWN');
    const { ledger, clock } = this.#options;
    const placed = placeOrder(command, ledger.mspId, client);
    const order = this.#quarantine.place({ ...placed.order, takenMs: clock.now() }, this.#places.isRoomyApart);
    this.#places.require(order);
    this.#quarantine.ordered(order);
    this.#waiting.add(order);
    this.#gather(order);
    return placed.committed;
  }

  /** Takes no more commands, and resolves when all that were taken are answered. Bounded, because every delivery is. */
  async drain(): Promise<void> {
    this.#draining = true;
    for (const lane of [...this.#gathering.keys()]) this.#ready(lane);
    this.#dispatch();
    while (this.#deliveries.size > 0) await Promise.all(this.#deliveries);
  }

  /** While everything is in flight that may be, nothing gathers: the next delivery that ends takes what has come. */
  #gather({ lane, isUrgent }: Order): void {
    if (!this.#gathering.has(lane) && this.#deliveries.size >= this.#options.maxInFlight) {
      if (isUrgent) this.#sendNext(lane);
      return;
    }
    this.#gatherOn(lane);
    if (this.#waiting.fullness(lane) >= 1 && !this.#short.has(lane)) this.#sendNext(lane);
  }

  #gatherOn(lane: string): void {
    const { clock, gatherMs } = this.#options;
    const now = clock.now();
    const before = this.#gathering.get(lane);
    // A timer that is due already comes as soon as it can.
    if (before && (now >= before.untilMs || this.#waiting.crowd.in(lane).urgent > 0)) return;
    const untilMs = before?.untilMs ?? now + MOST_GATHERINGS * gatherMs;
    before?.stop();
    const stop = clock.after(Math.min(gatherMs, untilMs - now), () => {
      this.#ready(lane);
      this.#dispatch();
    });
    this.#gathering.set(lane, { untilMs, stop });
  }

  #ready(lane: string): void {
    this.#gathering.get(lane)?.stop();
    this.#gathering.delete(lane);
  }

  /** Fills the free places in flight, lanes that have waited longest first. What is left over does not gather again: it has waited. */
  #dispatch(): void {
    for (const lane of this.#waiting.lanes()) {
      if (this.#gathering.has(lane)) continue;
      while (this.#sendNext(lane));
    }
  }

  /** @returns whether the lane had something that may go, and a place was free */
  #sendNext(lane: string): boolean {
    const free = this.#options.maxInFlight - this.#deliveries.size;
    if (free + URGENT_IN_FLIGHT <= 0 || this.#mustStayApart(lane)) return false;
    const isUrgent = this.#waiting.crowd.in(lane).urgent > 0;
    const isEnough = (fullness: number) => isUrgent || this.#pace.mayGo(lane, fullness);
    if (!isEnough(this.#waiting.fullness(lane))) return false;
    const orders = this.#waiting.take(lane, this.#touched, { isEnough, urgentOnly: free <= 0 });
    if (orders.length > 0) this.#send(lane, orders);
    else if (this.#waiting.fullness(lane) > 0) this.#short.add(lane);
    return orders.length > 0;
  }

  #mustStayApart(lane: string): boolean {
    return isApart(lane) && (this.#apart.has(lane) || this.#apart.size >= APART_IN_FLIGHT);
  }

  #send(lane: string, orders: readonly Order[]): void {
    const { clock, delivered, measured } = this.#options;
    const started = clock.now();
    for (const { takenMs, timesApart } of orders) {
      if (takenMs !== undefined && timesApart === undefined) measured('lane-wait', started - takenMs);
    }
    this.#pace.sent(lane);
    for (const { footprint } of orders) this.#touched.add(footprint);
    if (isApart(lane)) this.#apart.add(lane);
    const delivery = deliver(orders, this.#options).then(() => {
      for (const { footprint } of orders) this.#touched.remove(footprint);
      this.#apart.delete(lane);
      this.#deliveries.delete(delivery);
      delivered({ commands: orders.length, durationMs: clock.now() - started });
      this.#rate.settle(orders.length);
      this.#pace.ended(lane);
      this.#short.clear();
      this.#dispatch();
    });
    this.#deliveries.add(delivery);
  }
}
