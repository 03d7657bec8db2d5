/**
 * Orders that wait for a transaction, urgent ones first, then the oldest, over all lanes. A batch takes what may be in flight now: nothing that meets a transaction in
 * flight, and nothing that meets an older order that can't go yet, or a change of the event would starve behind sales that only read it. Of those that
 * may go the oldest does, whosever it is, so nobody starves; the rest of the batch clients take in turn.
 */
import { MAX_COMMANDS_PER_BATCH, MAX_KEYS_PER_BATCH } from '../../chaincode/domain/batch.js';
import { Crowd } from './crowd.js';
import { FairTurns } from './fair-turns.js';
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

export interface TakeOptions {
  /** Of all that may go now, in one batch or several, as a share of a whole batch: if it is not, nothing goes. */
  readonly isEnough?: (fullness: number) => boolean;
  /** The place in flight that is free is kept for such. */
  readonly urgentOnly?: boolean;
}

export class Waiting {
  readonly #limits: BatchLimits;
  /** Who waits, by lane. */
  readonly crowd = new Crowd();
  readonly #turns = new Map<string, FairTurns>();
  #orders: Order[] = [];

  /** @param limits are read anew for each batch */
  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#orders.length;
  }

  add(order: Order): void {
    const firstOther = order.isUrgent ? this.#orders.findIndex(({ isUrgent }) => !isUrgent) : -1;
    this.#orders.splice(firstOther < 0 ? this.#orders.length : firstOther, 0, order);
    this.crowd.add(order);
  }

  /** Takes the newest of a client's that nobody has tried to send yet; urgent ones stay. */
  pushOut(lane: string, client: string | undefined): Order | undefined {
    const mayGo = (order: Order) =>
      order.lane === lane && order.client === client && !order.isUrgent && order.timesApart === undefined;
    const [order] = this.#orders.splice(this.#orders.findLastIndex(mayGo) >>> 0, 1);
    if (order) this.#left(order);
    return order;
  }

  /** What waits in the lane, as a share of a whole batch: 1 and above fill one. */
  fullness(lane: string): number {
    const { orders, chars } = this.crowd.in(lane);
    return this.#ofWhole(orders, chars);
  }

  /** Somebody waits who must not. */
  get hasUrgent(): boolean {
    return this.#orders[0]?.isUrgent === true;
  }

  /** Lanes with orders, in the orders' order. */
  lanes(): ReadonlySet<string> {
    return new Set(this.#orders.map(({ lane }) => lane));
  }

  /**
   * Takes the lane's next batch; empty if all it has must wait.
   * @param inFlight what transactions in flight touch
   */
  take(lane: string, inFlight: Footprints, { isEnough, urgentOnly = false }: TakeOptions = {}): readonly Order[] {
    if (urgentOnly && !this.hasUrgent) return [];
    const ready = this.#ready(lane, inFlight, urgentOnly);
    if (ready.length === 0 || isEnough?.(this.#shareOf(ready)) === false) return [];
    const batch = new Set(this.#share(lane, ready));
    this.#orders = this.#orders.filter((order) => !batch.has(order));
    for (const order of batch) this.#left(order);
    return [...batch];
  }

  #shareOf(orders: readonly Order[]): number {
    return this.#ofWhole(
      orders.length,
      orders.reduce((sum, { text }) => sum + text.length, 0),
    );
  }

  #ofWhole(orders: number, chars: number): number {
    return Math.max(orders / this.#limits.maxCommands, chars / this.#limits.maxChars);
  }

  /** The lane's orders that may go now. */
  #ready(lane: string, inFlight: Footprints, urgentOnly: boolean): readonly Order[] {
    const ready: Order[] = [];
    const behind = new Footprints();
    // Where one client has all of them there is nothing to share, and the oldest will do.
    const enough = this.crowd.in(lane).clients.size > 1 ? Infinity : this.#limits.maxCommands;
    for (const order of this.#orders) {
      if (ready.length >= enough) break;
      const { footprint, isUrgent } = order;
      const isOfLane = order.lane === lane && (isUrgent || !urgentOnly);
      if (isOfLane && !inFlight.meets(footprint) && !behind.meets(footprint)) ready.push(order);
      else behind.add(footprint);
    }
    return ready;
  }

  /** As many as fit. Within one batch overlap is no matter: the ledger judges in order. */
  #share(lane: string, ready: readonly Order[]): readonly Order[] {
    const [oldest, ...rest] = ready;
    if (!oldest) return [];
    const turns = this.#turns.get(lane) ?? new FairTurns();
    this.#turns.set(lane, turns);
    turns.charge(oldest);
    const batch = [oldest];
    const taken = { chars: oldest.text.length, keys: keysOf(oldest) };
    const left = new Footprints();
    for (const order of turns.inTurn(rest)) {
      if (this.#fits(batch, taken, order) && !left.meets(order.footprint)) {
        batch.push(order);
        taken.chars += order.text.length;
        taken.keys += keysOf(order);
        if (batch.length >= this.#limits.maxCommands) break;
      } else left.add(order.footprint);
    }
    return batch;
  }

  /** What needs other endorsers goes on its own. */
  #fits(batch: readonly Order[], taken: { readonly chars: number; readonly keys: number }, order: Order): boolean {
    const sameEndorsers = batch[0]?.required.join() === order.required.join();
    const { maxCommands, maxChars, maxKeys } = this.#limits;
    const hasRoom = taken.chars + order.text.length <= maxChars && taken.keys + keysOf(order) <= maxKeys;
    return sameEndorsers && batch.length < maxCommands && hasRoom;
  }

  #left(order: Order): void {
    this.crowd.remove(order);
    if (this.crowd.in(order.lane).orders === 0) this.#turns.delete(order.lane);
  }
}

/** As the ledger counts them. */
const keysOf = ({ footprint: { reads, writes } }: Order): number => reads.length + writes.length;
