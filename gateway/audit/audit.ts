/**
 * Recomputes one market from the ledger's transactions: every record that a step of it wrote must be what its commands come to on the state before, every
 * command must have been in order, and nothing of the market may be written by anything else.
 */
import { entriesKey } from '../../chaincode/domain/keys.js';
import { depositPrefix, marketKey, marketPrefix } from '../../chaincode/domain/market/keys.js';
import type { DepositRecord, MarketRecord } from '../../chaincode/domain/market/records.js';
import type { Entry } from '../../chaincode/domain/money.js';
import type { EntriesRecord } from '../../chaincode/domain/records.js';
import type { Context, Prepared } from '../../chaincode/domain/rule.js';
import { compare } from './compare.js';
import { accepted, agree, Difference, differ } from './difference.js';
import { Escrow } from './escrow.js';
import { Evidence } from './evidence.js';
import { isGuarded, requireLocked } from './lock.js';
import { Expected, Replay } from './replay.js';
import { STEPS } from './steps/index.js';
import { nameOf, takenIn, type Taken } from './taken.js';
import type { AuditedTransaction } from './transactions.js';

export interface Target {
  readonly channel: string;
  readonly event: string;
  readonly market: number;
}

/** What nobody checks here: who may ask for what is not the market's matter. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['admin', 'box-office', 'gate', 'attestor', 'committee']);

export class MarketAudit {
  readonly target: Target;
  readonly replay: Replay;
  readonly evidence = new Evidence();
  /** How many commands of each kind were recomputed. */
  readonly steps = new Map<string, number>();
  readonly #escrow: Escrow;

  /** @param replay the state to begin with; none unless given */
  constructor(target: Target, replay = new Replay(target.event)) {
    this.target = target;
    this.replay = replay;
    this.#escrow = new Escrow(target.event);
  }

  get record(): MarketRecord | undefined {
    return this.replay.get(marketKey(this.target.event, this.target.market));
  }

  get deposits(): ReadonlyMap<string, DepositRecord> {
    return this.replay.below(depositPrefix(this.target.event, this.target.market));
  }

  /** Of the next transaction. @throws {Difference} the first */
  take(transaction: AuditedTransaction): void {
    const { block, tx } = transaction;
    try {
      const taken = takenIn(transaction, this.target.event, this.replay);
      this.#check(transaction, taken);
      this.#escrow.book(transaction, taken);
    } catch (error) {
      throw error instanceof Difference ? new Difference({ ...error.difference, block, tx }) : error;
    }
    this.replay.apply(transaction.writes);
  }

  /** Once a market is over nothing of it may be left in escrow; before, as much as its deposits say. @throws {Difference} */
  end(): void {
    const state = this.record?.state;
    const isOver = state === 'finished' || state === 'aborted';
    for (const [credential, { heldMinor }] of isOver ? this.deposits : []) {
      const key = `${depositPrefix(this.target.event, this.target.market)}${credential}`;
      agree(heldMinor === 0, key, 'heldMinor 0: released, for the market is over', `heldMinor ${heldMinor}`);
    }
    this.#escrow.requireHeld(this.replay);
  }

  #check(transaction: AuditedTransaction, taken: readonly Taken[]): void {
    const { event, market } = this.target;
    const ours = taken.some(({ prepared }) => this.#isOurs(prepared));
    const isOfMarket = ours || transaction.writes.some(({ key }) => this.#isOf(key));
    if (!isOfMarket) requireLocked(this.replay, event, market, transaction);
    if (isOfMarket || isGuarded(this.replay, event, market, transaction)) this.#recompute(transaction, taken);
  }

  #isOf(key: string): boolean {
    const { event, market } = this.target;
    return key === marketKey(event, market) || key.startsWith(marketPrefix(event, market));
  }

  #isOurs({ kind, writes }: Prepared): boolean {
    return Object.hasOwn(STEPS, kind) && writes.some((key) => this.#isOf(key));
  }

  #recompute(transaction: AuditedTransaction, taken: readonly Taken[]): void {
    const { event, channel } = this.target;
    const { now, nowSeconds, submitter: mspId, tx } = transaction;
    const context = { channel, tx, now, nowSeconds, caller: { mspId, attributes: ATTRIBUTES } };
    const state = new Expected(this.replay);
    const lines = taken.map(({ prepared, command }): EntriesRecord[number] => {
      const entries = accepted(keyOf(prepared), () => this.#entriesOf(prepared, command, state, context));
      const sum = entries.reduce((total, [, minor]) => total + BigInt(minor), 0n);
      agree(sum === 0n, entriesKey(event, tx), 'entries that sum to 0', String(sum));
      return [nameOf(event, prepared), ...entries.filter(([, minor]) => minor !== 0)];
    });
    const moved = lines.filter(({ length }) => length > 1);
    if (moved.length > 0) state.put(entriesKey(event, tx), moved);
    compare(event, state.written, transaction);
  }

  #entriesOf(prepared: Prepared, command: unknown, state: Expected, context: Context): readonly Entry[] {
    // What else came in the same transaction is as the ledger judged it; only its effect matters here.
    if (!this.#isOurs(prepared)) return prepared.decide(state, context).entries ?? [];
    const { event, market } = this.target;
    const step = STEPS[prepared.kind];
    if (!step) return differ(prepared.memory, 'a step of a market', prepared.kind);
    const entries = step({ event, market, state, context, evidence: this.evidence }, command as never);
    this.steps.set(prepared.kind, (this.steps.get(prepared.kind) ?? 0) + 1);
    return entries;
  }
}

/** What a command is about, for who has to find it. */
const keyOf = ({ writes, memory }: Prepared): string => writes.at(-1) ?? memory;
