/** Answers a batch's callers, each once. Nobody is told a final no while a transaction that carries his command may still commit. */
import type { Outcome } from '../../chaincode/domain/batch.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { Report } from './clock.js';
import { isFinallyInvalid, type Doubts } from './doubts.js';
import { LedgerFailure, type Commit, type EndorsedBatch, type Ledger } from './ledger.js';
import type { Order } from './order.js';

export interface AnswersOptions {
  readonly ledger: Ledger;
  readonly doubts: Doubts;
  readonly report: Report;
}

export class Answers {
  readonly #orders: readonly Order[];
  readonly #options: AnswersOptions;

  constructor(orders: readonly Order[], options: AnswersOptions) {
    this.#orders = orders;
    this.#options = options;
  }

  /** Keys of the commands that the transaction would apply. */
  newlyAccepted({ outcomes }: EndorsedBatch): readonly string[] {
    return this.#orders.filter((_, index) => isNews(outcomes[index])).map(({ memory }) => memory);
  }

  /** Looks up what may still apply a command that is refused now. @returns whether the fate of some is still unknown */
  async leaveDoubt({ outcomes }: EndorsedBatch): Promise<boolean> {
    const { doubts } = this.#options;
    const refused = this.#orders.filter((_, index) => outcomes[index]?.accepted === false);
    const doubtful = new Set(refused.flatMap(({ memory }) => doubts.of(memory)));
    await Promise.all([...doubtful].map((tx) => this.#resolve(tx)));
    return refused.some(({ memory }) => doubts.of(memory).length > 0);
  }

  /** @param commit of that transaction; undefined if it was not sent, because it would have changed nothing */
  give({ outcomes }: EndorsedBatch, commit: Commit | undefined): void {
    for (const [index, order] of this.#orders.entries()) {
      const outcome = outcomes[index];
      if (!outcome) throw new Error(`no outcome ${index}`);
      if (!outcome.accepted) this.#fail(order, new Refusal(outcome.code, outcome.details));
      else {
        const replayed = outcome.replayed === true;
        order.answer({ receipt: outcome.receipt, replayed, block: replayed ? undefined : commit?.block });
      }
    }
  }

  failAll(error: Refusal | GatewayError): void {
    for (const order of this.#orders) this.#fail(order, error);
  }

  #fail(order: Order, error: Refusal | GatewayError): void {
    const [tx] = this.#options.doubts.of(order.memory);
    if (tx === undefined) {
      order.fail(error);
      return;
    }
    if (error.code !== 'OUTCOME_UNKNOWN') {
      this.#options.report('alarm', 'OUTCOME_UNKNOWN', { tx, kinds: order.kind, cause: error });
    }
    order.fail(new GatewayError('OUTCOME_UNKNOWN', { tx }, { cause: error }));
  }

  async #resolve(tx: string): Promise<void> {
    const { ledger, doubts } = this.#options;
    try {
      const commit = await ledger.lookUp(tx);
      if (commit && isFinallyInvalid(commit.code)) doubts.clear(tx);
    } catch (error) {
      // Whoever can't be asked leaves the doubt as it is.
      if (!(error instanceof LedgerFailure)) throw error;
    }
  }
}

function isNews(outcome: Outcome | undefined): boolean {
  return outcome?.accepted === true && outcome.replayed !== true;
}
