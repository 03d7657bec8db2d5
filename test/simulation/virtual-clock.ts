/** Virtual time: nothing waits, timers run in order as soon as everything before them has come to rest. */
import type { Clock } from '../../gateway/fabric/clock.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
  cancelled: boolean;
}

export class VirtualClock implements Clock {
  #now: number;
  /** Latest first; of the same time, last set first. */
  readonly #timers: Timer[] = [];

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), run, cancelled: false };
    let index = this.#timers.length;
    while (index > 0 && this.#timers[index - 1]!.at <= timer.at) index--;
    this.#timers.splice(index, 0, timer);
    return () => (timer.cancelled = true);
  }

  /** Lets time pass until the condition holds. @throws {Error} if nothing more will happen, or not within that time */
  async until(condition: () => boolean, limitMs: number): Promise<void> {
    const end = this.#now + limitMs;
    await settle();
    while (!condition()) {
      const timer = this.#timers.pop();
      if (!timer) throw new Error('nothing will happen any more');
      if (timer.cancelled) continue;
      if (timer.at > end) throw new Error(`not within ${String(limitMs)} ms of virtual time`);
      this.#now = timer.at;
      timer.run();
      await settle();
    }
  }

  /** Lets that much time pass. */
  async pass(ms: number): Promise<void> {
    let over = false;
    this.after(ms, () => (over = true));
    await this.until(() => over, ms);
  }

  get isIdle(): boolean {
    return this.#timers.every(({ cancelled }) => cancelled);
  }
}

/** Promises that are ready to go on do so before the event loop comes round. */
function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
