/**
 * The book: a fold over the ledger's blocks that gives every line its booking time and keeps running sums. It is a function of the blocks and the
 * tariff alone, so every gateway that reads the same blocks has the same lines.
 *
 * A transaction's timestamp is its client's word, and an endorsed transaction can be held back. So a block is booked at the latest timestamp that it
 * and all blocks before it have: booking times never run backwards, a period that has ended has ended for good, and what was held back is booked
 * when it comes. Only transactions that newly accepted a command count: the chaincode's own policy was needed for those, and honest peers endorse
 * nothing that is more than a minute ahead, so a period's edges are exact to that minute. What anybody can have put into a block invalid, and what
 * one organization may endorse alone (its keys, its approvals), could say the year 2099, and nothing would ever be booked before it. There is no
 * other cap: a ledger may be idle for days, and endorsers who collude about the time could as well write the entries themselves.
 */
import type { EndorsementPolicy } from '../fabric/endorsement-policy.js';
import { acceptedIn } from './accepted.js';
import { Balances } from './balances.js';
import { Currencies } from './currencies.js';
import { entriesIn } from './entries.js';
import type { LedgerBlock, LedgerTransaction } from './ledger-blocks.js';
import type { Line } from './line.js';
import { OPERATORS_FEE, sharesOf, tariffAt, type Tariff } from './operators-fee.js';

/** The book before a block; resuming from it gives the same as from the beginning. */
export interface Checkpoint {
  /** The block that comes next. */
  readonly next: number;
  /** When the last one was booked, milliseconds since 1970; 0 before the first command. */
  readonly bookedAtMs: number;
  readonly policy: EndorsementPolicy | undefined;
  readonly balances: Balances;
}

export const BEGINNING: Checkpoint = { next: 0, bookedAtMs: 0, policy: undefined, balances: new Balances() };

export interface BookedBlock {
  readonly lines: readonly Line[];
  /** Keys of money records that count for nothing (see entries.ts). */
  readonly faults: readonly string[];
}

export interface BookOptions {
  readonly tariffs: readonly Tariff[];
  readonly currencies: Currencies;
}

type Amount = Omit<Line, 'block' | 'index' | 'entry' | 'tx' | 'bookedAtMs'>;

export class Book {
  readonly #tariffs: readonly Tariff[];
  readonly #currencies: Currencies;
  readonly #balances: Balances;
  #next: number;
  #bookedAtMs: number;
  #policy: EndorsementPolicy | undefined;

  constructor({ tariffs, currencies }: BookOptions, from: Checkpoint = BEGINNING) {
    this.#tariffs = tariffs;
    this.#currencies = currencies;
    this.#next = from.next;
    this.#bookedAtMs = from.bookedAtMs;
    this.#policy = from.policy;
    this.#balances = new Balances(from.balances);
  }

  get next(): number {
    return this.#next;
  }

  /** When the next block is booked. */
  bookingTimeOf({ transactions }: LedgerBlock): number {
    const counted = transactions.filter((each) => acceptedIn(each) > 0).map(({ timestampMs }) => timestampMs);
    return Math.max(this.#bookedAtMs, ...counted);
  }

  /** Books the next block. */
  post(block: LedgerBlock): BookedBlock {
    if (block.number !== this.#next) throw new Error(`block ${block.number} came in place of ${this.#next}`);
    const bookedAtMs = this.bookingTimeOf(block);
    const lines: Line[] = [];
    const faults: string[] = [];
    for (const transaction of block.transactions) {
      const found = this.#amountsOf(transaction, block.number, bookedAtMs);
      const { tx, index } = transaction;
      lines.push(
        ...found.amounts.map((each, entry) => ({ block: block.number, index, entry, tx, bookedAtMs, ...each })),
      );
      faults.push(...found.faults);
      this.#policy = transaction.policy ?? this.#policy;
    }
    for (const line of lines) this.#balances.add(line);
    this.#bookedAtMs = bookedAtMs;
    this.#next += 1;
    return { lines, faults };
  }

  checkpoint(): Checkpoint {
    const balances = new Balances(this.#balances);
    return { next: this.#next, bookedAtMs: this.#bookedAtMs, policy: this.#policy, balances };
  }

  #amountsOf(transaction: LedgerTransaction, block: number, bookedAtMs: number) {
    this.#currencies.learn(transaction, block);
    const { entries, faults } = entriesIn(transaction);
    const amounts: Amount[] = [];
    const unknown = new Set<string>();
    for (const entry of entries) {
      const currency = this.#currencies.of(entry.event, { block, index: transaction.index });
      if (currency === undefined) unknown.add(entry.event);
      else amounts.push({ ...entry, currency });
    }
    const fee = feeOf(transaction, tariffAt(this.#tariffs, bookedAtMs), this.#policy);
    return { amounts: [...amounts, ...fee], faults: [...faults, ...unknown] };
  }
}

/** For each endorser's share one line of the submitter's and one of the endorser's, also where they are the same. */
function feeOf(
  transaction: LedgerTransaction,
  tariff: Tariff | undefined,
  policy: EndorsementPolicy | undefined,
): readonly Amount[] {
  if (!tariff) return [];
  const { currency, perCommandMinor } = tariff;
  const { submitter } = transaction;
  const shares = sharesOf(transaction, acceptedIn(transaction) * perCommandMinor, policy);
  return shares.flatMap(({ endorser, amountMinor }) => [
    { account: submitter, currency, kind: OPERATORS_FEE, amountMinor: -amountMinor, counterparty: endorser },
    { account: endorser, currency, kind: OPERATORS_FEE, amountMinor, counterparty: submitter },
  ]);
}
