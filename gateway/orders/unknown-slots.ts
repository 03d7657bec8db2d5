/**
 * Slots whose transaction nobody could say the outcome of: an order may still come into one. The same order sent again is given its slot again; others are
 * given none of them until a transaction can hardly be on its way any more, and then only if the ledger shows it empty. To be wrong costs one attempt: two orders
 * can't be in a slot.
 */

/** Longer than all that the gateway itself does about a transaction in doubt. */
export const IN_DOUBT_MS = 60_000;

export interface UnknownSlot {
  readonly slot: number;
  /** Id of the order. */
  readonly order: string;
  readonly sinceMs: number;
}

export class UnknownSlots {
  /** The oldest first. */
  readonly #bySlot = new Map<number, UnknownSlot>();
  /** The last one of each order. */
  readonly #byOrder = new Map<string, UnknownSlot>();

  add(slot: number, order: string, nowMs: number): void {
    const entry = { slot, order, sinceMs: nowMs };
    this.#bySlot.set(slot, entry);
    this.#byOrder.set(order, entry);
  }

  /** @returns the order's own, which is then no longer here */
  takeOf(order: string): number | undefined {
    const entry = this.#byOrder.get(order);
    if (entry) this.remove(entry);
    return entry?.slot;
  }

  hasOld(nowMs: number): boolean {
    return this.old(nowMs, 1).length > 0;
  }

  /** Those that an order hardly comes into any more. */
  old(nowMs: number, atMost: number): readonly UnknownSlot[] {
    const old: UnknownSlot[] = [];
    for (const entry of this.#bySlot.values()) {
      if (old.length === atMost || nowMs - entry.sinceMs < IN_DOUBT_MS) break;
      old.push(entry);
    }
    return old;
  }

  /** @returns whether it was still here */
  remove(entry: UnknownSlot): boolean {
    const { slot, order } = entry;
    if (this.#bySlot.get(slot) !== entry) return false;
    this.#bySlot.delete(slot);
    if (this.#byOrder.get(order) === entry) this.#byOrder.delete(order);
    return true;
  }
}
