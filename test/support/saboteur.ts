/**
 * Passes a ticket to and fro between two keys of his, through another organization and without a gateway: every pass writes both keys' records, and whatever read
 * them meanwhile is in conflict.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerFailure } from '../../gateway/fabric/ledger.js';
import { outcomesOf, type PartyLedger } from './party-ledger.js';
import { aTransfer, type Held, type TestKey } from './statements.js';

const PAUSE_MS = 50;

export class Saboteur {
  /** How often the ticket has changed hands. */
  passed = 0;
  readonly #ledger: PartyLedger;
  readonly #endorsers: readonly string[];
  readonly #running: Promise<void>;
  #stopped = false;

  /** Begins at once. @param ticket his first key's @param other his second key */
  constructor(ledger: PartyLedger, endorsers: readonly string[], ticket: Held, other: TestKey) {
    this.#ledger = ledger;
    this.#endorsers = endorsers;
    this.#running = this.#pass(ticket, [ticket.holder, other]);
    // Whoever stops him hears of it.
    this.#running.catch(() => undefined);
  }

  /** @throws {Error} what stopped him before */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.#running;
  }

  async #pass(ticket: Held, [one, other]: readonly [TestKey, TestKey]): Promise<void> {
    while (!this.#stopped) {
      const [from, to] = this.passed % 2 === 0 ? [one, other] : [other, one];
      const isPassed = await this.#tryOnce({ ...ticket, holder: from, change: this.passed }, to);
      if (isPassed) this.passed += 1;
      else await sleep(PAUSE_MS);
    }
  }

  /** @returns false where peers lag, or a sale was faster */
  async #tryOnce(ticket: Held, to: TestKey): Promise<boolean> {
    try {
      const endorsed = await this.#ledger.withhold([aTransfer(ticket, to)], this.#endorsers);
      const [outcome] = outcomesOf(endorsed);
      if (outcome?.accepted === false) {
        if (outcome.code === 'STALE_TICKET' || outcome.code === 'NOT_THE_HOLDER') return false;
        throw new Error(`the saboteur was refused: ${JSON.stringify(outcome)}`);
      }
      // What an orderer says of it is not what becomes of it.
      await endorsed.submit().catch((error: unknown) => {
        if (!(error instanceof LedgerFailure)) throw error;
      });
      return (await endorsed.committed()).code === 'VALID';
    } catch (error) {
      if (error instanceof LedgerFailure) return false;
      throw error;
    }
  }
}
