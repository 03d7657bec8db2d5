/**
 * Whose turn a step is. Every gateway drives every market, and each step has an order of organizations that follows from the step: the first goes at once, the
 * others when nothing has gone on for a while. So normally nobody does what another does, and nobody can stall a market. Whoever was overtaken comes last
 * for a minute, so that one that is down costs one delay and not one for each step.
 */
import { createHash } from 'node:crypto';
import { idOf, stepId, type MarketOf, type Step } from './step.js';

const FIRST_DELAY_MS = 3_000;
/** However much else goes on meanwhile, a step waits no longer for those before us. */
const MOST_MS = 30_000;
const SUSPECT_MS = 60_000;

export interface TurnsOptions {
  readonly own: string;
  /** Organizations with a gateway. */
  readonly organizations: readonly string[];
  readonly now: () => number;
}

/** Steps that write the same records, of holders with several trades, are one organization's as long as it goes on. */
const turnOf = (step: Step): string => (step.kind === 'settle' ? step.kind : stepId(step));

/** 0, 3, 9, 21 … seconds. */
export const delayMs = (rank: number): number => Math.min(FIRST_DELAY_MS * (2 ** rank - 1), MOST_MS);

/** Those before `own` have had their time when it is over. */
export function orderOf(of: MarketOf, step: Step, organizations: readonly string[]): readonly string[] {
  const drawn = organizations.map((mspId) => {
    const draw = createHash('sha256')
      .update(`${idOf(of)} ${turnOf(step)} ${mspId}`)
      .digest('hex');
    return [draw, mspId] as const;
  });
  return drawn.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mspId]) => mspId);
}

export class Turns {
  readonly #options: TurnsOptions;
  readonly #organizations: readonly string[];
  readonly #suspects = new Map<string, number>();

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#organizations = [...new Set([options.own, ...options.organizations])];
  }

  /** How long after the last progress it is ours. */
  delayMs(of: MarketOf, step: Step): number {
    return delayMs(this.#before(of, step).length);
  }

  /** We have taken a step that was others' before. */
  overtook(of: MarketOf, step: Step): void {
    const until = this.#options.now() + SUSPECT_MS;
    for (const mspId of this.#before(of, step)) this.#suspects.set(mspId, until);
  }

  #before(of: MarketOf, step: Step): readonly string[] {
    const { own } = this.#options;
    const order = orderOf(of, step, this.#organizations);
    const isSuspect = (mspId: string) => mspId !== own && (this.#suspects.get(mspId) ?? 0) > this.#options.now();
    return order.slice(0, order.indexOf(own)).filter((mspId) => !isSuspect(mspId));
  }
}

/** When a market last went on, and since when each step has been due. Times only: losing them costs a delay. */
export class Patience {
  readonly #now: () => number;
  readonly #due = new Map<string, number>();
  #standing = '';
  #since = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param standing whatever changes when anybody does something */
  see(standing: string, due: readonly Step[]): void {
    const now = this.#now();
    if (standing !== this.#standing) [this.#standing, this.#since] = [standing, now];
    const ids = new Set(due.map(stepId));
    for (const id of this.#due.keys()) if (!ids.has(id)) this.#due.delete(id);
    for (const id of ids) if (!this.#due.has(id)) this.#due.set(id, now);
  }

  /** When a step is ours that is so far behind others'. */
  readyAt(step: Step, delayMs: number): number {
    const since = this.#due.get(stepId(step)) ?? this.#now();
    return delayMs === 0 ? since : Math.min(Math.max(this.#since, since) + delayMs, since + MOST_MS);
  }
}
