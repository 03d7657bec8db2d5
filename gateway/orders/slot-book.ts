/**
 * An organization's slots in one market, handed out in memory, each to one order. The ledger is asked where they end when the first is needed, and when the last is
 * gone for those that were left out or whose outcome was unknown; otherwise not. Other gateways of the organization hand out the same slots: who is told that one is taken looks again and
 * goes on a little apart, so that two don't meet at every step.
 */
import { findFrontier, type Taken } from './frontier.js';
import { UnknownSlots } from './unknown-slots.js';

/** How many are looked through at once for what was left out. An order is about 2 KB. */
const STRETCH = 256;
/** How far at most from where others are. */
const APART = 64;

export interface SlotBookOptions {
  readonly quota: number;
  readonly taken: Taken;
  /** From 0 to 1. */
  readonly random?: () => number;
  readonly nowMs?: () => number;
}

export class SlotBook {
  readonly #options: Required<SlotBookOptions>;
  /** The next one that was never handed out; undefined until the ledger was asked. */
  #next: number | undefined;
  /** Where this run of them began. */
  #from = 0;
  /** Handed out, and not given back. */
  readonly #out = new Set<number>();
  /** Of those. */
  readonly #unknown = new UnknownSlots();
  /** Known to be free. */
  readonly #free = new Set<number>();
  /** So far it was looked for slots that were left out. */
  #lookedTo = 0;
  #looking: Promise<void> | undefined;

  constructor(options: SlotBookOptions) {
    this.#options = { random: Math.random, nowMs: Date.now, ...options };
  }

  /** @param order its id @returns undefined if none is left */
  async take(order: string): Promise<number | undefined> {
    const own = this.#unknown.takeOf(order);
    if (own !== undefined) return own;
    for (;;) {
      if (this.#looking) await this.#looking;
      else if (this.#next === undefined) await this.#look(() => this.#goOnFrom(0, 0));
      else {
        const slot = this.#handOut(this.#next);
        const work = slot === undefined ? this.#whatIsLeft() : undefined;
        if (!work) return slot;
        await this.#look(work);
      }
    }
  }

  /** Nothing came into it. */
  giveBack(slot: number): void {
    this.#out.delete(slot);
    this.#free.add(slot);
  }

  /** The order may be in it, or still come into it. */
  isUnknown(slot: number, order: string): void {
    this.#unknown.add(slot, order, this.#options.nowMs());
  }

  /** Somebody else's order is in it. */
  async isTaken(slot: number): Promise<void> {
    while (this.#looking) await this.#looking;
    // Of an earlier run: others have told of it, and this one is elsewhere by now.
    if (slot < this.#from) return;
    await this.#look(() => this.#goOnFrom(slot + 1, APART));
  }

  #handOut(next: number): number | undefined {
    const [free] = this.#free;
    const slot = free ?? (next < this.#options.quota ? next : undefined);
    if (slot === undefined) return undefined;
    if (free === undefined) this.#next = next + 1;
    this.#free.delete(slot);
    this.#out.add(slot);
    return slot;
  }

  /** One at a time; all wait for it. */
  async #look(work: () => Promise<void>): Promise<void> {
    this.#looking = work().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async #goOnFrom(slot: number, apart: number): Promise<void> {
    const { quota, taken, random } = this.#options;
    const frontier = await findFrontier(taken, Math.max(slot, this.#next ?? 0), quota);
    this.#from = Math.min(quota, frontier + Math.floor(random() * apart));
    this.#next = this.#from;
  }

  /** Where free slots could still be found, after the last. */
  #whatIsLeft(): (() => Promise<void>) | undefined {
    if (this.#lookedTo < this.#options.quota) return () => this.#findLeftOut();
    return this.#unknown.hasOld(this.#options.nowMs()) ? () => this.#findUnknown() : undefined;
  }

  async #findLeftOut(): Promise<void> {
    const end = Math.min(this.#options.quota, this.#lookedTo + STRETCH);
    const empty = await this.#emptyOf(range(this.#lookedTo, end).filter((slot) => !this.#out.has(slot)));
    this.#lookedTo = end;
    for (const slot of empty) if (!this.#out.has(slot)) this.#free.add(slot);
  }

  async #findUnknown(): Promise<void> {
    const { nowMs } = this.#options;
    const old = this.#unknown.old(nowMs(), STRETCH);
    const empty = new Set(await this.#emptyOf(old.map(({ slot }) => slot)));
    // Whose order was sent again meanwhile is with that.
    for (const entry of old) if (this.#unknown.remove(entry) && empty.has(entry.slot)) this.giveBack(entry.slot);
  }

  async #emptyOf(slots: readonly number[]): Promise<readonly number[]> {
    const found = slots.length > 0 ? await this.#options.taken(slots) : [];
    return slots.filter((_, at) => found[at] === false);
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
