/**
 * The gateway's submitter: gathers commands into transactions. A lane for each event, not for each section of it: what correctness needs is that
 * transactions in flight are disjoint, which is checked record by record, and wider lanes fill their batches better. Lanes share the transactions
 * in flight, so a lane without conflicts may have several. Urgent orders have a place in flight and some in the queue to themselves, so that deadlines
 * are recorded however many sales wait.
 */
import { GatewayError } from '../errors.js';
import type { Clock } from './clock.js';
import { deliver, type DeliveryOptions } from './delivery.js';
import { Doubts } from './doubts.js';
import { Footprints } from './footprint.js';
import type { Committed, Submitter } from './ledger.js';
import { placeOrder, type Order } from './order.js';
import { BATCH_LIMITS, Waiting, type BatchLimits } from './waiting.js';

/** In flight, beyond what others may take. */
export const URGENT_IN_FLIGHT = 1;
/** In the queue, beyond what others may take. */
export const URGENT_WAITING = 16;

export interface LanesOptions extends Omit<DeliveryOptions, 'doubts'>, Partial<BatchLimits> {
  readonly clock: Clock;
  /** How long a lane gathers before its first order goes. */
  readonly gatherMs?: number;
  readonly maxInFlight?: number;
  readonly maxWaiting?: number;
  /** Hears of every batch when it has ended, however it did. */
  readonly delivered?: (batch: { readonly commands: number; readonly durationMs: number }) => void;
}

export interface LaneCounts {
  readonly waiting: number;
  readonly inFlight: number;
}

export class Lanes implements Submitter {
  readonly #options: Required<LanesOptions> & DeliveryOptions;
  readonly #waiting: Waiting;
  readonly #touched = new Footprints();
  /** Lanes that still gather, with what stops their timers. */
  readonly #gathering = new Map<string, () => void>();
  readonly #deliveries = new Set<Promise<void>>();
  #draining = false;

  constructor(options: LanesOptions) {
    const defaults = { gatherMs: 5, maxInFlight: 8, maxWaiting: 800, ...BATCH_LIMITS, delivered: () => undefined };
    this.#options = { ...defaults, ...options, doubts: new Doubts() };
    this.#waiting = new Waiting(this.#options);
  }

  get counts(): LaneCounts {
    return { waiting: this.#waiting.size, inFlight: this.#deliveries.size };
  }

  async submit(command: Readonly<Record<string, unknown>>): Promise<Committed> {
    if (this.#draining) throw new GatewayError('SHUTTING_DOWN');
    const { order, committed } = placeOrder(command, this.#options.ledger.mspId);
    const limit = this.#options.maxWaiting + (order.isUrgent ? URGENT_WAITING : 0);
    if (this.#waiting.size >= limit) throw new GatewayError('QUEUE_FULL', { limit });
    this.#waiting.add(order);
    this.#gather(order);
    return committed;
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
    if (!this.#gathering.has(lane)) {
      if (this.#deliveries.size >= this.#options.maxInFlight) {
        if (isUrgent) this.#sendNext(lane);
        return;
      }
      const stop = this.#options.clock.after(this.#options.gatherMs, () => {
        this.#ready(lane);
        this.#dispatch();
      });
      this.#gathering.set(lane, stop);
    }
    if (this.#waiting.fills(lane)) this.#sendNext(lane);
  }

  #ready(lane: string): void {
    this.#gathering.get(lane)?.();
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
    if (free + URGENT_IN_FLIGHT <= 0) return false;
    const orders = this.#waiting.take(lane, this.#touched, free <= 0);
    if (orders.length > 0) this.#send(orders);
    return orders.length > 0;
  }

  #send(orders: readonly Order[]): void {
    const { clock, delivered } = this.#options;
    const started = clock.now();
    for (const { footprint } of orders) this.#touched.add(footprint);
    const delivery = deliver(orders, this.#options).then(() => {
      for (const { footprint } of orders) this.#touched.remove(footprint);
      this.#deliveries.delete(delivery);
      delivered({ commands: orders.length, durationMs: clock.now() - started });
      this.#dispatch();
    });
    this.#deliveries.add(delivery);
  }
}
