/**
 * Drives all markets that there are. Every gateway has such a worker and any of them is enough; what is due, the ledger alone says, so one that was killed
 * has left nothing behind that another needs.
 */
import type { SeenBlock } from '../fabric/block-stream.js';
import { MarketDrive, type DriveOptions } from './drive.js';
import { findMarkets, type Found } from './find-markets.js';
import { idOf } from './step.js';

export interface WorkerOptions extends DriveOptions {
  /** Looks at the latest after this long which markets there are: for new ones, and for events that were cancelled. */
  readonly everyMs?: number;
}

const EVERY_MS = 5_000;
/** Markets that are over and have not been looked at yet, after a start: there may be many. */
const OVER_AT_ONCE = 4;

interface Driven {
  readonly drive: MarketDrive;
  readonly isOver: boolean;
  readonly ended: Promise<void>;
}

export class MarketWorker {
  readonly #options: WorkerOptions;
  readonly #driven = new Map<string, Driven>();
  /** Nothing will be due again: only so as not to look at them again. */
  readonly #done = new Set<string>();
  #stopTimer: (() => void) | undefined;
  #round: Promise<void> = Promise.resolve();
  #isFailing = false;
  #stopped = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule(0);
  }

  /** A block whose writes count may have moved any market. */
  follow({ transactions }: SeenBlock): void {
    if (!transactions.some(({ code }) => code === 'VALID')) return;
    for (const { drive } of this.#driven.values()) drive.onBlock();
  }

  /** Begins nothing more, and resolves when what is under way is answered. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#stopTimer?.();
    for (const { drive } of this.#driven.values()) drive.stop();
    await this.#round;
    await Promise.all([...this.#driven.values()].map(({ ended }) => ended));
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#stopTimer = this.#options.clock.after(ms, () => {
      this.#round = this.#find();
    });
  }

  async #find(): Promise<void> {
    const { records, report, everyMs = EVERY_MS } = this.#options;
    for (const { drive } of this.#driven.values()) drive.look();
    try {
      for await (const found of findMarkets(records)) this.#take(found);
      this.#isFailing = false;
    } catch (cause) {
      if (!this.#isFailing) report('warning', 'markets could not be looked for', { cause });
      this.#isFailing = true;
    }
    this.#schedule(everyMs);
  }

  #take({ isOver, ...of }: Found): void {
    const id = idOf(of);
    if (this.#stopped || this.#done.has(id) || this.#driven.has(id)) return;
    const over = [...this.#driven.values()].filter((each) => each.isOver).length;
    if (isOver && over >= OVER_AT_ONCE) return;
    const drive = new MarketDrive(of, this.#options);
    this.#driven.set(id, { drive, isOver, ended: this.#drive(id, drive) });
  }

  async #drive(id: string, drive: MarketDrive): Promise<void> {
    try {
      if (await drive.run()) this.#done.add(id);
    } catch (cause) {
      // A defect of ours: the next round begins again, and the other gateways go on meanwhile.
      this.#options.report('alarm', 'a market is not driven any more', { market: id, cause });
    } finally {
      this.#driven.delete(id);
    }
  }
}
