/** One batch's way to the ledger: proposes, submits and waits, does what retry.ts says about each failure, and has every caller answered once. */
import { GatewayError } from '../errors.js';
import type { Line } from '../line.js';
import { Answers, type AnswersOptions } from './answers.js';
import { Claims } from './claims.js';
import { sleep, type Random } from './clock.js';
import { isFinallyInvalid } from './doubts.js';
import type { Endorsers } from './endorsers.js';
import { halvesOf } from './halves.js';
import { LedgerFailure, type Commit, type EndorsedBatch } from './ledger.js';
import { batchOf, type Order } from './order.js';
import { Panel } from './panel.js';
import type { Quarantine } from './quarantine.js';
import { Course, isConflict, type Decision, type Symptom } from './retry.js';
import { setApart } from './set-apart.js';
import { timed, type SpanOptions } from './spans.js';

export interface DeliveryOptions extends AnswersOptions, SpanOptions {
  readonly endorsers: Endorsers;
  readonly random: Random;
  readonly quarantine: Quarantine;
  /** Takes an order that is to be delivered anew, in another lane. */
  readonly putBack: (order: Order) => void;
}

/** What is known of a batch, or of a part of one. */
export interface Part {
  /** Of a batch that endorsers could not agree about. */
  readonly isOfDivided: boolean;
  /** In which the parts of one batch stand. */
  readonly line: Line;
}

/** How a batch goes on in parts. */
export interface Split {
  readonly parts: readonly (readonly Order[])[];
  /** Endorsers could not agree about it. */
  readonly isDivided: boolean;
}

/** What a step came to: a symptom for the retry table, a batch to be split, or an end. */
type Seen = Symptom | 'split' | 'settled';

export class Delivery {
  readonly #orders: readonly Order[];
  readonly #options: DeliveryOptions;
  readonly #part: Part;
  readonly #answers: Answers;
  readonly #course: Course;
  readonly #panel: Panel;
  readonly #claims = new Claims();
  #endorsed: EndorsedBatch | undefined;
  #commit: Commit | undefined;
  #lastFailure: LedgerFailure | undefined;

  constructor(orders: readonly Order[], options: DeliveryOptions, part: Part) {
    this.#orders = orders;
    this.#options = options;
    this.#part = part;
    this.#answers = new Answers(orders, options);
    this.#course = new Course({ commands: orders.length, random: options.random });
    this.#panel = new Panel(options.endorsers, [...new Set(orders.flatMap(({ required }) => required))]);
  }

  /** @returns how the rest goes on, if it does */
  async run(): Promise<Split | undefined> {
    let decision: Decision = { do: 'new-proposal', delayMs: 0 };
    // Bounded by the course: each step uses up one of a finite number.
    while ('delayMs' in decision) {
      await sleep(this.#options.clock, decision.delayMs);
      const step = decision.do;
      const seen = await this.#part.line.run(() => this.#take(step));
      if (seen === 'settled') return undefined;
      const rest = isConflict(seen) ? await this.#setApart() : undefined;
      if (rest) return { parts: [rest], isDivided: false };
      if (seen === 'split') return this.#halves();
      decision = this.#course.next(seen);
    }
    if (decision.do === 'split') return this.#halves();
    await this.#end(decision);
    return undefined;
  }

  #setApart(): Promise<readonly Order[] | undefined> {
    return setApart(this.#orders, this.#inHand(), this.#commit, this.#options);
  }

  #halves(): Split {
    return { parts: halvesOf(this.#orders), isDivided: this.#lastFailure?.reason === 'mismatch' };
  }

  async #take(step: 'new-proposal' | 'resend' | 'look-up'): Promise<Seen> {
    try {
      if (step === 'look-up') return await this.#lookUp();
      if (step === 'new-proposal') {
        this.#commit = undefined;
        this.#endorsed = await this.#propose();
        // Nothing to order: refusals and remembered receipts are answered from the endorsement.
        if (this.#answers.newlyAccepted(this.#endorsed).length === 0) return await this.#answerUnsent(this.#endorsed);
      }
      return await this.#submit();
    } catch (error) {
      if (!(error instanceof LedgerFailure)) throw error;
      return this.#failed(error);
    }
  }

  async #propose(): Promise<EndorsedBatch> {
    const { ledger, endorsers } = this.#options;
    const chosen = this.#panel.next();
    const height = this.#panel.hasDiffered ? await ledger.caughtUp(chosen) : undefined;
    try {
      const endorse = () => ledger.endorse(batchOf(this.#orders), chosen);
      const endorsed = await timed(this.#options, 'endorse', endorse);
      endorsers.trust(chosen);
      if (endorsed.outcomes.length === this.#orders.length) return endorsed;
      throw new Error(`${endorsed.outcomes.length} outcomes for ${this.#orders.length} commands in ${endorsed.tx}`);
    } catch (error) {
      if (error instanceof LedgerFailure && error.reason === 'mismatch')
        this.#panel.differed(chosen, height !== undefined && (await this.#stoodStill(height, chosen)));
      throw error;
    }
  }

  /** A block that came meanwhile may have come to one of them first. Who has others with him is looked at again, without them, so that he needs no such care. */
  async #stoodStill(height: number, organizations: readonly string[]): Promise<boolean> {
    if (this.#orders.length > 1) return true;
    const { ledger, report } = this.#options;
    const keys = this.#orders.flatMap(({ footprint: { reads, writes } }) => [...reads, ...writes]);
    try {
      return await ledger.stoodStill(keys, height, organizations);
    } catch (cause) {
      // It is proposed again, which may tell.
      report('warning', 'whether endorsers had the same records can not be told', { cause });
      return false;
    }
  }

  async #answerUnsent(endorsed: EndorsedBatch): Promise<Seen> {
    if (await this.#answers.leaveDoubt(endorsed)) return { stage: 'refusal' };
    this.#answers.give(endorsed, undefined);
    return 'settled';
  }

  async #submit(): Promise<Symptom> {
    const endorsed = this.#inHand();
    this.#options.doubts.raise(endorsed.tx, this.#answers.newlyAccepted(endorsed));
    const submit = () => endorsed.submit().then(() => endorsed.committed());
    return this.#committed(await timed(this.#options, 'submit-to-commit', submit));
  }

  async #lookUp(): Promise<Symptom> {
    const commit = await this.#options.ledger.lookUp(this.#inHand().tx);
    return commit ? this.#committed(commit) : { stage: 'look-up', reason: 'absent' };
  }

  #committed(commit: Commit): Symptom {
    const endorsed = this.#inHand();
    this.#commit = commit;
    if (commit.code === 'VALID') this.#options.doubts.applied(this.#answers.newlyAccepted(endorsed));
    if (isFinallyInvalid(commit.code)) this.#options.doubts.clear(endorsed.tx);
    if (commit.code === 'ENDORSEMENT_POLICY_FAILURE') this.#panel.policyFailed();
    return { stage: 'validation', code: commit.code };
  }

  #inHand(): EndorsedBatch {
    if (!this.#endorsed) throw new Error('nothing was endorsed yet');
    return this.#endorsed;
  }

  #failed(failure: LedgerFailure): Seen {
    this.#lastFailure = failure;
    this.#options.endorsers.suspect(failure.organizations);
    const refusal = this.#claims.add(failure.claims);
    if (!refusal) {
      return { stage: failure.stage, reason: this.#isDivided(failure) ? 'divided' : failure.reason };
    }
    // One command should have been refused, not all of them: find out which.
    if (this.#orders.length > 1) return 'split';
    this.#answers.failAll(refusal);
    return 'settled';
  }

  /** Whoever lags may differ too, but a part of a batch that was divided at one height is divided further without asking about heights again. */
  #isDivided({ stage, reason }: LedgerFailure): boolean {
    if (stage !== 'endorse' || reason !== 'mismatch') return false;
    return this.#panel.isDivided || (this.#part.isOfDivided && this.#orders.length > 1);
  }

  async #end(end: Exclude<Decision, { delayMs: number } | { do: 'split' }>): Promise<void> {
    if (!end.as) {
      const endorsed = this.#inHand();
      if (this.#commit) await this.#answers.leaveDoubt(endorsed);
      this.#answers.give(endorsed, this.#commit);
      return;
    }
    const details = {
      ...(this.#endorsed && { tx: this.#endorsed.tx }),
      ...(this.#commit && { validation: this.#commit.code }),
    };
    const cause = this.#lastFailure;
    const kinds = this.#orders.map(({ kind }) => kind).join();
    this.#options.report(end.do === 'alarm' ? 'alarm' : 'warning', end.as, { ...details, kinds, cause });
    if (end.as === 'LEDGER_DISAGREES') for (const order of this.#orders) this.#options.quarantine.strikePoison(order);
    this.#answers.failAll(new GatewayError(end.as, details, { cause }));
  }
}
