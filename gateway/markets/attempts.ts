/**
 * Steps that failed: each is tried again after growing pauses, and told of once. Somebody who was faster is no failure: what the ledger refuses is an alarm
 * only if it is still due, by the ledger's own records, and refused again.
 */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { ClientError } from '../../committee/client/index.js';
import { GatewayError } from '../errors.js';
import type { Report } from '../fabric/clock.js';
import { idOf, nameOf, stepId, type MarketOf, type Step } from './step.js';

const FIRST_MS = 500;
const MOST_MS = 60_000;

interface Failed {
  readonly times: number;
  readonly code: string;
  readonly againAt: number;
}

export interface AttemptsOptions {
  readonly of: MarketOf;
  readonly now: () => number;
  readonly report: Report;
}

export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #failed = new Map<string, Failed>();
  readonly #told = new Set<string>();

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  readyAt(step: Step): number {
    return this.#failed.get(stepId(step))?.againAt ?? 0;
  }

  /** What is not due any more has failed no more. */
  keep(due: readonly Step[]): void {
    const ids = new Set(due.map(stepId));
    for (const id of this.#failed.keys()) if (!ids.has(id)) this.#failed.delete(id);
  }

  failed(step: Step, error: unknown): void {
    const { now } = this.#options;
    const code = codeOf(error);
    const id = stepId(step);
    const before = this.#failed.get(id);
    const times = (before?.times ?? 0) + 1;
    this.#failed.set(id, { times, code, againAt: now() + Math.min(FIRST_MS * 2 ** (times - 1), MOST_MS) });
    if (!(error instanceof Refusal) || before?.code === code) this.#tell(step, error, code);
  }

  /** Once for a kind of step and a code. */
  #tell(step: Step, error: unknown, code: string): void {
    const { of, report } = this.#options;
    const told = `${step.kind} ${code}`;
    if (this.#told.has(told)) return;
    this.#told.add(told);
    const failures = error instanceof ClientError ? { failures: error.failures } : {};
    const details = { market: idOf(of), step: nameOf(step), code, ...failures, ...causeOf(step, error) };
    report(isPassing(error) ? 'warning' : 'alarm', 'a step of a market fails and is tried again', details);
  }
}

/** The refusal of a release names whose deposit it is; its code says enough. */
const causeOf = ({ kind }: Step, error: unknown) =>
  kind === 'release' && error instanceof Refusal ? {} : { cause: error };

const isPassing = (error: unknown): boolean =>
  error instanceof ClientError || (error instanceof GatewayError && error.code !== 'INTERNAL');

export function codeOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof GatewayError || error instanceof ClientError) return error.code;
  return error instanceof Error ? error.name : 'Error';
}
