/**
 * Orders that wait for a transaction, urgent ones first, then the oldest, over all lanes. A batch takes what may be in flight now: nothing that meets a transaction in
 * flight, and nothing that meets an older order that stays behind, or a change of the event would starve behind sales that only read it.
 */
import { MAX_COMMANDS_PER_BATCH, MAX_KEYS_PER_BATCH } from '../../chaincode/domain/batch.js';
import { Footprints } from './footprint.js';
import type { Order } from './order.js';

export interface BatchLimits {
  readonly maxCommands: number;
  /** Bigger batches than this make blocks that the orderers cut early. A single command may be bigger. */
  readonly maxChars: number;
  /** Records that one batch may concern: what is beyond, the ledger refuses. A market's steps have hundreds. */
  readonly maxKeys: number;
}

export const BATCH_LIMITS: BatchLimits = {
  maxCommands: MAX_COMMANDS_PER_BATCH,
  maxChars: 400 * 1024,
  maxKeys: MAX_KEYS_PER_BATCH,
};

export class Waiting {
  readonly #limits: BatchLimits;
  readonly #lanes = new Map<string, { orders: number; chars: number }>();
  #orders: Order[] = [];

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#orders.length;
  }

  add(order: Order): void {
    const firstOther = order.isUrgent ? this.#orders.findIndex(({ isUrgent }) => !isUrgent) : -1;
    this.#orders.splice(firstOther < 0 ? this.#orders.length : firstOther, 0, order);
    this.#count(order, 1);
  }

  /** Enough waits in the lane to fill a batch. */
  fills(lane: string): boolean {
    const { orders, chars } = this.#lanes.get(lane) ?? { orders: 0, chars: 0 };
    return orders >= this.#limits.maxCommands || chars >= this.#limits.maxChars;
  }

  /** Lanes with orders, in the orders' order. */
  lanes(): ReadonlySet<string> {
    return new Set(this.#orders.map(({ lane }) => lane));
  }

  /**
   * Takes the lane's next batch; empty if all it has must wait.
   * @param inFlight what transactions in flight touch
   * @param urgentOnly the place in flight that is free is kept for such
   */
  take(lane: string, inFlight: Footprints, urgentOnly = false): readonly Order[] {
    if (urgentOnly && this.#orders[0]?.isUrgent !== true) return [];
    const batch: Order[] = [];
    const behind = new Footprints();
    const taken = { chars: 0, keys: 0 };
    const rest = this.#orders.filter((order) => {
      if (
        order.lane === lane &&
        (order.isUrgent || !urgentOnly) &&
        this.#fits(batch, taken, order) &&
        !inFlight.meets(order.footprint) &&
        !behind.meets(order.footprint)
      ) {
        batch.push(order);
        taken.chars += order.text.length;
        taken.keys += keysOf(order);
        this.#count(order, -1);
        return false;
      }
      if (batch.length < this.#limits.maxCommands) behind.add(order.footprint);
      return true;
    });
    this.#orders = rest;
    return batch;
  }

  /** Within one batch overlap is no matter: the ledger judges in order. What needs other endorsers goes on its own. */
  #fits(batch: readonly Order[], taken: { readonly chars: number; readonly keys: number }, order: Order): boolean {
    const [first] = batch;
    if (!first) return true;
    const sameEndorsers = first.required.join() === order.required.join();
    const { maxCommands, maxChars, maxKeys } = this.#limits;
    const hasRoom = taken.chars + order.text.length <= maxChars && taken.keys + keysOf(order) <= maxKeys;
    return sameEndorsers && batch.length < maxCommands && hasRoom;
  }

  #count({ lane, text }: Order, by: 1 | -1): void {
    const { orders, chars } = this.#lanes.get(lane) ?? { orders: 0, chars: 0 };
    if (orders + by === 0) this.#lanes.delete(lane);
    else this.#lanes.set(lane, { orders: orders + by, chars: chars + by * text.length });
  }
}

/** As the ledger counts them. */
const keysOf = ({ footprint: { reads, writes } }: Order): number => reads.length + writes.length;
