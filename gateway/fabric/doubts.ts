/**
 * Transactions that were sent and whose fate is not known, by the commands that they would apply. Time is no part of what a transaction has read: one
 * that was endorsed before a deadline may commit after it. So nobody may be told a final no about a command while such a transaction carries it, not
 * in this delivery of the command and not when its caller repeats it.
 */

/** More are never in doubt at once in a gateway that works; the oldest are forgotten. */
const MAX_TRANSACTIONS = 10_000;

/** Codes (TxValidationCode) that don't say what became of the transaction: an earlier copy decides, or nobody has yet. */
const UNDECIDED: ReadonlySet<string> = new Set(['DUPLICATE_TXID', 'NOT_VALIDATED']);

/** Nothing of the transaction was applied, or ever will be. */
export function isFinallyInvalid(code: string): boolean {
  return code !== 'VALID' && !UNDECIDED.has(code);
}

export class Doubts {
  readonly #commandsOf = new Map<string, readonly string[]>();
  readonly #transactionsOf = new Map<string, Set<string>>();

  /** It is about to be sent. @param commands under which keys the ledger will remember what it applies */
  raise(tx: string, commands: readonly string[]): void {
    if (this.#commandsOf.has(tx)) return;
    if (this.#commandsOf.size >= MAX_TRANSACTIONS) this.clear(this.#commandsOf.keys().next().value ?? '');
    this.#commandsOf.set(tx, commands);
    for (const command of commands) {
      this.#transactionsOf.set(command, (this.#transactionsOf.get(command) ?? new Set()).add(tx));
    }
  }

  /** It is finally invalid. */
  clear(tx: string): void {
    for (const command of this.#commandsOf.get(tx) ?? []) {
      const transactions = this.#transactionsOf.get(command);
      transactions?.delete(tx);
      if (transactions?.size === 0) this.#transactionsOf.delete(command);
    }
    this.#commandsOf.delete(tx);
  }

  /** A valid transaction applied them: every other one that would has read that nobody had, and can't become valid any more. */
  applied(commands: readonly string[]): void {
    for (const command of commands) for (const tx of this.of(command)) this.clear(tx);
  }

  /** The transactions that may still apply the command, oldest first. */
  of(command: string): readonly string[] {
    return [...(this.#transactionsOf.get(command) ?? [])];
  }
}
