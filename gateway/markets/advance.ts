/** One look at a market at somebody's wish: takes what is due, whoever's turn it is, and says what is awaited. */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { timestampOf } from '../clock.js';
import { GatewayError } from '../errors.js';
import { ClientError } from '../../committee/client/index.js';
import { mostAtOnce } from './at-once.js';
import { codeOf } from './attempts.js';
import { planOf, type Awaited } from './plan.js';
import { ViewReader } from './read-view.js';
import { stepId, type MarketOf, type Step } from './step.js';
import { takeStep, type StepTaker } from './take-step.js';
import type { MarketView } from './view.js';

/** As many as are answered in good time; the next call takes more. */
export const STEPS_PER_CALL = 64;
/** Of one kind: so many times as many as are under way at once. */
const ROUNDS_PER_CALL = 4;

export interface Taken {
  readonly step: string;
  /** The transaction; or why it was not taken. */
  readonly tx?: string;
  readonly code?: string;
}

export interface Advanced {
  /** Before. */
  readonly state: MarketView['record']['state'];
  readonly steps: readonly Taken[];
  /** How many more were due. */
  readonly left: number;
  readonly awaited?: Awaited;
}

export interface AdvanceOptions extends StepTaker {
  readonly nowMs: () => number;
}

/** @throws {Refusal} UNKNOWN_MARKET, {GatewayError} LEDGER_UNAVAILABLE */
export async function advanceMarket(of: MarketOf, options: AdvanceOptions): Promise<Advanced> {
  const view = await new ViewReader(options.records, of).view();
  const { due, awaited } = planOf(view, timestampOf(options.nowMs()));
  const now = firstOf(due);
  const steps = await takeAll(now, (step) => take(step, view, options));
  const left = due.length - now.length;
  return { state: view.record.state, steps, left, ...(awaited !== undefined && { awaited }) };
}

function firstOf(due: readonly Step[]): Step[] {
  const chosen = new Map<Step['kind'], number>();
  const isAmongFirst = ({ kind }: Step) => {
    const before = chosen.get(kind) ?? 0;
    chosen.set(kind, before + 1);
    return before < ROUNDS_PER_CALL * mostAtOnce(kind);
  };
  return due.filter(isAmongFirst).slice(0, STEPS_PER_CALL);
}

/** No more of a kind at once than the driver would. @returns in the order of the steps */
async function takeAll(steps: readonly Step[], takeOne: (step: Step) => Promise<Taken>): Promise<Taken[]> {
  const taken: Taken[] = [];
  const worker = async (queue: [at: number, step: Step][]) => {
    for (let next = queue.shift(); next; next = queue.shift()) taken[next[0]] = await takeOne(next[1]);
  };
  const kinds = [...new Set(steps.map(({ kind }) => kind))];
  const workersOf = (kind: Step['kind']) => {
    const queue = [...steps.entries()].filter(([, step]) => step.kind === kind);
    return Array.from({ length: mostAtOnce(kind) }, () => worker(queue));
  };
  await Promise.all(kinds.flatMap(workersOf));
  return taken;
}

async function take(step: Step, view: MarketView, taker: StepTaker): Promise<Taken> {
  try {
    const { receipt } = await takeStep(step, view, taker);
    return { step: stepId(step), tx: receipt.tx };
  } catch (error) {
    const isAnswer = error instanceof Refusal || error instanceof GatewayError || error instanceof ClientError;
    if (!isAnswer) throw error;
    return { step: stepId(step), code: codeOf(error) };
  }
}
