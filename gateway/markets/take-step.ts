/** Takes one step: its command is made and submitted. */
import type { Committed, Submitter } from '../fabric/ledger.js';
import { commandOf, type CommandSources } from './commands.js';
import type { Step } from './step.js';
import type { MarketView } from './view.js';

export interface StepTaker extends CommandSources {
  readonly submitter: Submitter;
}

/** @throws {Refusal} of the ledger, {GatewayError}, {ClientError} NODES_TOO_FEW */
export async function takeStep(step: Step, view: MarketView, taker: StepTaker): Promise<Committed> {
  return taker.submitter.submit(await commandOf(step, view, taker));
}
