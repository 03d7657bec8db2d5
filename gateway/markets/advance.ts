/** One look at a market at somebody's wish: takes what is due, whoever's turn it is, and says what is awaited. */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { timestampOf } from '../clock.js';
import { GatewayError } from '../errors.js';
import { ClientError } from '../../committee/client/index.js';
import { codeOf } from './attempts.js';
import { planOf, type Awaited } from './plan.js';
import { ViewReader } from './read-view.js';
import { stepId, type MarketOf, type Step } from './step.js';
import { takeStep, type StepTaker } from './take-step.js';
import type { MarketView } from './view.js';

/** As many as are answered in good time; the next call takes more. */
export const STEPS_AT_ONCE = 64;

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
  const now = due.slice(0, STEPS_AT_ONCE);
  const steps = await Promise.all(now.map((step) => take(step, view, options)));
  const left = due.length - now.length;
  return { state: view.record.state, steps, left, ...(awaited !== undefined && { awaited }) };
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
