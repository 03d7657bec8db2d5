/**
 * An organization's slots in one market, handed out in memory, each to one order. The ledger is asked where they end when the first is needed, and for those that
 * were left out when the last is gone; otherwise not. Other gateways of the organization hand out the same slots: who is told that one is taken looks again and
 * goes on a little apart, so that two don't meet at every step.
 */
import { findFrontier, type Taken } from './frontier.js';

/** How many are looked through at once for what was left out. An order is about 2 KB. */
const STRETCH = 256;
/** How far at most from where others are. */
const APART = 64;

export interface SlotBookOptions {
  readonly quota: number;
  readonly taken: Taken;
  /** From 0 to 1. */
  readonly random?: () => number;
}

export class SlotBook {
  readonly #options: Required<SlotBookOptions>;
  /** The next one that was never handed out; undefined until the ledger was asked. */
  #next: number | undefined;
  /** Where this run of them began. */
  #from = 0;
  /** Handed out, and not given back. */
  readonly #out = new Set<number>();
  /** Known to be free. */
  readonly #free = new Set<number>();
  /** So far it was looked for slots that were left out. */
  #lookedTo = 0;
  #looking: Promise<void> | undefined;

  constructor(options: SlotBookOptions) {
    this.#options = { random: Math.random, ...options };
  }

  /** @returns undefined if none is left */
  async take(): Promise<number | undefined> {
    for (;;) {
      if (this.#looking) await this.#looking;
      else if (this.#next === undefined) await this.#look(() => this.#goOnFrom(0, 0));
      else {
        const slot = this.#handOut(this.#next);
        if (slot !== undefined || this.#lookedTo >= this.#options.quota) return slot;
        await this.#look(() => this.#findLeftOut());
      }
    }
  }

  /** Nothing came into it. */
  giveBack(slot: number): void {
    this.#out.delete(slot);
    this.#free.add(slot);
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

  async #findLeftOut(): Promise<void> {
    const { quota, taken } = this.#options;
    const end = Math.min(quota, this.#lookedTo + STRETCH);
    const slots = range(this.#lookedTo, end).filter((slot) => !this.#out.has(slot));
    const found = slots.length > 0 ? await taken(slots) : [];
    this.#lookedTo = end;
    for (const [at, slot] of slots.entries()) if (found[at] === false && !this.#out.has(slot)) this.#free.add(slot);
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
