/**
 * One market on its way: looks at the ledger, takes the steps that are due and ours, looks again when a block comes or a step is done. It may stop
 * anywhere, and whoever looks next goes on from there.
 */
import type { Clock, Report } from '../fabric/clock.js';
import type { Submitter } from '../fabric/ledger.js';
import type { Records } from '../http/ports.js';
import { timestampOf } from '../clock.js';
import { mostAtOnce } from './at-once.js';
import { Attempts } from './attempts.js';
import type { Closings } from './closings.js';
import { planOf, type Plan } from './plan.js';
import { ViewReader } from './read-view.js';
import { idOf, stepId, type MarketOf, type Step } from './step.js';
import { takeStep } from './take-step.js';
import { Patience, type Turns } from './turns.js';
import type { MarketView } from './view.js';
import { Wake } from './wake.js';

export interface DriveOptions {
  readonly channel: string;
  readonly records: Records;
  readonly submitter: Submitter;
  readonly closings: Closings;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly report: Report;
}

/** After a look that failed. */
const AGAIN_MS = 2_000;
/** Between two looks at who still has a deposit, at least: they list all. With nothing of ours to do we look no sooner than there is. */
const HELD_MS = 1_000;

export class MarketDrive {
  readonly #options: DriveOptions;
  readonly #of: MarketOf;
  readonly #reader: ViewReader;
  readonly #patience: Patience;
  readonly #attempts: Attempts;
  readonly #running = new Map<string, { readonly kind: Step['kind']; readonly taken: Promise<void> }>();
  readonly #wake: Wake;
  #standing: string | undefined;
  #followsBlocks = true;
  #isReleasing = false;
  #isFailing = false;
  #stopped = false;

  constructor(of: MarketOf, options: DriveOptions) {
    const { clock, records, report } = options;
    this.#options = options;
    this.#of = of;
    this.#reader = new ViewReader(records, of);
    const now = () => clock.now();
    this.#patience = new Patience(now);
    this.#attempts = new Attempts({ of, now, report });
    this.#wake = new Wake(clock);
  }

  /** Look again, unless only deposits are left: of a market that is over nothing else will change. */
  look(): void {
    if (!this.#isReleasing) this.#wake.up();
  }

  onBlock(): void {
    if (this.#followsBlocks) this.#wake.up();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake.up();
  }

  /** Until nothing will ever be due, or it is stopped. What is under way then is answered first. @returns whether it is done */
  async run(): Promise<boolean> {
    let isDone = false;
    while (!this.#isStopped()) {
      const seen = await this.#see();
      isDone = seen?.plan.isDone ?? false;
      if (isDone || this.#isStopped()) break;
      await this.#wake.until(seen ? this.#go(seen) : this.#options.clock.now() + AGAIN_MS);
    }
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ taken }) => taken));
    return isDone;
  }

  /** A method, because the loop above must not take for constant what others change. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  /** @returns undefined where the ledger did not tell: told of once until it goes well again */
  async #see(): Promise<{ readonly view: MarketView; readonly plan: Plan } | undefined> {
    const { clock, report } = this.#options;
    try {
      const view = await this.#reader.view();
      const plan = planOf(view, timestampOf(clock.now()));
      this.#tell(view, plan);
      this.#attempts.keep(plan.due);
      this.#patience.see(
        JSON.stringify([view.record.state, view.record.clearedPages, view.missing, view.shares, view.held.length]),
        plan.due,
      );
      this.#isFailing = false;
      return { view, plan };
    } catch (cause) {
      if (!this.#isFailing) report('warning', 'a market could not be looked at', { market: idOf(this.#of), cause });
      this.#isFailing = true;
      return undefined;
    }
  }

  #tell({ record: { state }, missing, held, shares }: MarketView, { due, awaited }: Plan): void {
    const standing = `${state} ${awaited ?? ''}`;
    if (standing === this.#standing) return;
    this.#standing = standing;
    const left = { freeze: missing.freeze.length, read: missing.read.length, settle: missing.settle.length };
    const details = { market: idOf(this.#of), state, awaited, due: due.length, left, shares, held: held.length };
    this.#options.report('info', 'a market goes on', details);
  }

  /** Begins what may begin. @returns when to look again at the latest, milliseconds since 1970 */
  #go({ view, plan }: { readonly view: MarketView; readonly plan: Plan }): number {
    const now = this.#options.clock.now();
    this.#isReleasing = plan.due.some(({ kind }) => kind === 'release');
    // Orders and sales make blocks too; and deposits are many, so they are not looked at with each.
    this.#followsBlocks = plan.awaited !== 'closesAt' && !this.#isReleasing;
    let next = Infinity;
    if (plan.nextAt !== undefined && Date.parse(plan.nextAt) > now) next = Math.min(next, Date.parse(plan.nextAt));
    for (const step of plan.due) {
      if (this.#running.has(stepId(step)) || this.#reader.hasTaken(step)) continue;
      const readyAt = this.#readyAt(step);
      if (readyAt > now) next = Math.min(next, readyAt);
      else if (this.#mayBegin(step)) this.#begin(step, view);
    }
    if (!this.#isReleasing) return next;
    return Math.max(now + HELD_MS, this.#running.size > 0 ? now : next);
  }

  #readyAt(step: Step): number {
    const delayMs = this.#options.turns.delayMs(this.#of, step);
    return Math.max(this.#attempts.readyAt(step), this.#patience.readyAt(step, delayMs));
  }

  #mayBegin({ kind }: Step): boolean {
    const same = [...this.#running.values()].filter((each) => each.kind === kind).length;
    return same < mostAtOnce(kind);
  }

  #begin(step: Step, view: MarketView): void {
    const id = stepId(step);
    const taken = this.#take(step, view).finally(() => {
      this.#running.delete(id);
      if (step.kind !== 'release' || this.#running.size === 0) this.#wake.up();
    });
    this.#running.set(id, { kind: step.kind, taken });
  }

  async #take(step: Step, view: MarketView): Promise<void> {
    try {
      const { receipt, replayed } = await takeStep(step, view, this.#options);
      const { tx: _, ...result } = receipt;
      this.#reader.took(step, result as Parameters<ViewReader['took']>[1]);
      if (!replayed && this.#options.turns.delayMs(this.#of, step) > 0) this.#options.turns.overtook(this.#of, step);
    } catch (error) {
      if (!this.#isStopped()) this.#attempts.failed(step, error);
    }
  }
}
