/**
 * Recomputes one market from the ledger's transactions: every record that a step of it wrote must be what its commands come to on the state before, every
 * command must have been in order, and nothing of the market may be written by anything else.
 */
import { prepareCommand } from '../../chaincode/domain/batch.js';
import { entriesKey } from '../../chaincode/domain/keys.js';
import { depositPrefix, marketKey, marketPrefix } from '../../chaincode/domain/market/keys.js';
import type { DepositRecord, MarketRecord } from '../../chaincode/domain/market/records.js';
import { ESCROWED_DEPOSITS, type Entry } from '../../chaincode/domain/money.js';
import type { EntriesRecord } from '../../chaincode/domain/records.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import type { Context, Prepared } from '../../chaincode/domain/rule.js';
import { decodeRecord } from '../../chaincode/ledger/codec.js';
import { accepted, agree, Difference, differ, isSame } from './difference.js';
import { Evidence } from './evidence.js';
import { requireLocked } from './lock.js';
import { Expected, Replay } from './replay.js';
import { STEPS } from './steps/index.js';
import type { AuditedTransaction } from './transactions.js';

export interface Target {
  readonly channel: string;
  readonly event: string;
  readonly market: number;
}

/** Commands that the ledger took, in their order. */
interface Taken {
  readonly prepared: Prepared;
  readonly command: unknown;
}

/** What nobody checks here: who may ask for what is not the market's matter. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['admin', 'box-office', 'gate', 'attestor', 'committee']);
/** Memories of commands, and entries, which are compared as a whole. */
const BESIDE = new Set(['c', 'r', 'm', 's']);

export class MarketAudit {
  readonly target: Target;
  readonly replay: Replay;
  readonly evidence = new Evidence();
  /** How many commands of each kind were recomputed. */
  readonly steps = new Map<string, number>();
  #escrowMinor = 0n;

  /** @param replay the state to begin with; none unless given */
  constructor(target: Target, replay = new Replay(target.event)) {
    this.target = target;
    this.replay = replay;
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
      const taken = this.#takenIn(transaction);
      const ours = taken.some(({ prepared }) => this.#isOurs(prepared));
      if (ours || transaction.writes.some(({ key }) => this.#isOf(key))) this.#recompute(transaction, taken);
      else requireLocked(this.replay, this.target.event, this.target.market, transaction);
    } catch (error) {
      throw error instanceof Difference ? new Difference({ ...error.difference, block, tx }) : error;
    }
    this.replay.apply(transaction.writes);
  }

  /** Once a market is over nothing of it may be left in escrow. @throws {Difference} */
  end(): void {
    const { record } = this;
    if (record?.state !== 'finished' && record?.state !== 'aborted') return;
    for (const [credential, { heldMinor }] of this.deposits) {
      const key = `${depositPrefix(this.target.event, this.target.market)}${credential}`;
      agree(heldMinor === 0, key, 'heldMinor 0: released, for the market is over', `heldMinor ${heldMinor}`);
    }
    agree(this.#escrowMinor === 0n, ESCROWED_DEPOSITS, '0', String(this.#escrowMinor));
  }

  #isOf(key: string): boolean {
    const { event, market } = this.target;
    return key === marketKey(event, market) || key.startsWith(marketPrefix(event, market));
  }

  #isOurs({ kind, writes }: Prepared): boolean {
    return Object.hasOwn(STEPS, kind) && writes.some((key) => this.#isOf(key));
  }

  #takenIn({ commands, writes, submitter }: AuditedTransaction): readonly Taken[] {
    const written = new Set(writes.map(({ key }) => key));
    const taken = new Map<string, Taken>();
    for (const command of commands) {
      const prepared = preparedOf(command, submitter);
      if (prepared?.event !== this.target.event) continue;
      const { memory } = prepared;
      const fresh = written.has(memory) && !taken.has(memory) && this.replay.get(memory) === undefined;
      if (fresh) taken.set(memory, { prepared, command });
    }
    return [...taken.values()];
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
      return [prepared.memory.slice(event.length + '/r/'.length), ...entries.filter(([, minor]) => minor !== 0)];
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
    for (const [account, minor] of entries) if (account === ESCROWED_DEPOSITS) this.#escrowMinor += BigInt(minor);
    this.steps.set(prepared.kind, (this.steps.get(prepared.kind) ?? 0) + 1);
    return entries;
  }
}

/** What a command is about, for who has to find it. */
const keyOf = ({ writes, memory }: Prepared): string => writes.at(-1) ?? memory;

/** A command that is not in form was refused: it wrote nothing. */
function preparedOf(command: unknown, submitter: string): Prepared | undefined {
  try {
    return prepareCommand(command, submitter);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** @throws {Difference} the first, in the order in which the commands write; then what nobody should have written */
function compare(event: string, expected: ReadonlyMap<string, unknown>, { writes, tx }: AuditedTransaction): void {
  const found = new Map(writes.map(({ key, value }) => [key, decodeRecord(value)]));
  const money = entriesKey(event, tx);
  for (const [key, record] of expected) if (!isSame(record, found.get(key))) differ(key, record, found.get(key));
  for (const [key, record] of found) {
    if (!key.startsWith(`${event}/`) || expected.has(key)) continue;
    const [kind = ''] = key.slice(event.length + 1).split('/');
    if (!BESIDE.has(kind) || key === money) differ(key, undefined, record);
  }
}
