/** The delivery of one batch: proposes, submits and waits, does what retry.ts says about each failure, and answers every caller once. */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import { sleep, type Clock, type Random, type Report } from './clock.js';
import type { Endorsers } from './endorsers.js';
import { LedgerFailure, type Commit, type EndorsedBatch, type Ledger } from './ledger.js';
import { batchOf, type Order } from './order.js';
import { Course, type Decision, type Symptom } from './retry.js';

export interface DeliveryOptions {
  readonly ledger: Ledger;
  readonly endorsers: Endorsers;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
}

/** Resolves when every order has been answered or has failed; never rejects. */
export async function deliver(orders: readonly Order[], options: DeliveryOptions): Promise<void> {
  try {
    const split = await new Delivery(orders, options).run();
    if (!split) return;
    const half = Math.ceil(orders.length / 2);
    // One after the other: commands of one batch may touch the same records.
    await deliver(orders.slice(0, half), options);
    await deliver(orders.slice(half), options);
  } catch (cause) {
    options.report('alarm', 'a batch failed in a way nobody foresaw', { cause, commands: orders.length });
    for (const order of orders) order.fail(new GatewayError('INTERNAL', {}, { cause }));
  }
}

/** What a step came to: a symptom for the retry table, or answers that need no transaction. */
type Seen = Symptom | { readonly stage: 'settled' };

class Delivery {
  readonly #orders: readonly Order[];
  readonly #options: DeliveryOptions;
  readonly #course: Course;
  readonly #required: readonly string[];
  #endorsed: EndorsedBatch | undefined;
  #commit: Commit | undefined;
  #lastFailure: LedgerFailure | undefined;
  #inDoubtOfEndorsers = false;

  constructor(orders: readonly Order[], options: DeliveryOptions) {
    this.#orders = orders;
    this.#options = options;
    this.#course = new Course({ commands: orders.length, random: options.random });
    this.#required = [...new Set(orders.flatMap(({ required }) => required))];
  }

  /** @returns whether the batch must be split and each half delivered on its own */
  async run(): Promise<boolean> {
    let decision: Decision = { do: 'new-proposal', delayMs: 0 };
    // Bounded by the course: each step uses up one of a finite number.
    while ('delayMs' in decision) {
      await sleep(this.#options.clock, decision.delayMs);
      const seen = await this.#take(decision.do);
      if (seen === 'split') return true;
      if (seen.stage === 'settled') return false;
      decision = this.#course.next(seen);
    }
    if (decision.do === 'split') return true;
    this.#end(decision);
    return false;
  }

  async #take(step: 'new-proposal' | 'resend' | 'look-up'): Promise<Seen | 'split'> {
    try {
      if (step === 'look-up') return await this.#lookUp();
      if (step === 'new-proposal') {
        this.#endorsed = await this.#propose();
        if (!hasNews(this.#endorsed)) return this.#answer(undefined);
      }
      return await this.#submit();
    } catch (error) {
      if (error instanceof Refusal) return this.#refusedAsAWhole(error);
      if (!(error instanceof LedgerFailure)) throw error;
      this.#lastFailure = error;
      this.#options.endorsers.suspect(error.organizations);
      return { stage: error.stage, reason: error.reason };
    }
  }

  async #propose(): Promise<EndorsedBatch> {
    const { ledger, endorsers } = this.#options;
    const chosen = endorsers.choose(this.#required, this.#inDoubtOfEndorsers);
    const endorsed = await ledger.endorse(batchOf(this.#orders), chosen);
    endorsers.trust(chosen);
    if (endorsed.outcomes.length !== this.#orders.length) {
      throw new Error(`${endorsed.outcomes.length} outcomes for ${this.#orders.length} commands in ${endorsed.tx}`);
    }
    return endorsed;
  }

  async #submit(): Promise<Symptom> {
    const endorsed = this.#inHand();
    await endorsed.submit();
    return this.#committed(await endorsed.committed());
  }

  async #lookUp(): Promise<Symptom> {
    const commit = await this.#inHand().lookUp();
    return commit ? this.#committed(commit) : { stage: 'look-up', reason: 'absent' };
  }

  #committed(commit: Commit): Symptom {
    this.#commit = commit;
    this.#inDoubtOfEndorsers ||= commit.code === 'ENDORSEMENT_POLICY_FAILURE';
    return { stage: 'validation', code: commit.code };
  }

  #inHand(): EndorsedBatch {
    if (!this.#endorsed) throw new Error('nothing was endorsed yet');
    return this.#endorsed;
  }

  /** One command should have been refused, not all of them: find out which. */
  #refusedAsAWhole(refusal: Refusal): Seen | 'split' {
    if (this.#orders.length > 1) return 'split';
    for (const order of this.#orders) order.fail(refusal);
    return { stage: 'settled' };
  }

  #answer(commit: Commit | undefined): Seen {
    const { outcomes } = this.#inHand();
    for (const [index, order] of this.#orders.entries()) {
      const outcome = outcomes[index];
      if (!outcome) throw new Error(`no outcome ${index}`);
      if (!outcome.accepted) order.fail(new Refusal(outcome.code, outcome.details));
      else {
        const replayed = outcome.replayed === true;
        order.answer({ receipt: outcome.receipt, replayed, block: replayed ? undefined : commit?.block });
      }
    }
    return { stage: 'settled' };
  }

  #end(end: Exclude<Decision, { delayMs: number } | { do: 'split' }>): void {
    if (!end.as) {
      this.#answer(this.#commit);
      return;
    }
    const details = {
      ...(this.#endorsed && { tx: this.#endorsed.tx }),
      ...(this.#commit && { validation: this.#commit.code }),
    };
    const cause = this.#lastFailure;
    const kinds = this.#orders.map(({ kind }) => kind).join();
    this.#options.report(end.do === 'alarm' ? 'alarm' : 'warning', end.as, { ...details, kinds, cause });
    for (const order of this.#orders) order.fail(new GatewayError(end.as, details, { cause }));
  }
}

/** Something was newly accepted. Otherwise there is nothing to order: refusals and remembered receipts are answered from the endorsement. */
function hasNews({ outcomes }: EndorsedBatch): boolean {
  return outcomes.some((outcome) => outcome.accepted && outcome.replayed !== true);
}
