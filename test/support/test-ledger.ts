/** A ledger in memory for tests of the domain: one world state, no consensus; every submit is a transaction that commits at once. */
import { judgeBatch, keysOf, prepareBatch, type Outcome } from '../../chaincode/domain/batch.js';
import { foundConsortium, parseFounding, proposeConsortium } from '../../chaincode/domain/consortium.js';
import type { Key } from '../../chaincode/domain/keys.js';
import type { Caller, Context } from '../../chaincode/domain/rule.js';
import { BatchState, type KeyPolicy, type Write } from '../../chaincode/domain/state.js';
import { aKeyRegistration, CHANNEL, CONSORTIUM, NOW, type Command, type TestConsortium } from './statements.js';

const ALL_ATTRIBUTES: ReadonlySet<string> = new Set(['admin', 'box-office', 'gate', 'attestor', 'committee']);

export interface SubmitOptions {
  /** An MSP id means a member with every attribute. OrganizerMSP unless given. */
  readonly caller?: string | Caller;
  /** RFC 3339 UTC to the second; NOW unless given. */
  readonly now?: string;
}

export function aContext(tx: string, { caller = 'OrganizerMSP', now = NOW }: SubmitOptions = {}): Context {
  const member = typeof caller === 'string' ? { mspId: caller, attributes: ALL_ATTRIBUTES } : caller;
  return { channel: CHANNEL, tx, now, nowSeconds: Date.parse(now) / 1000, caller: member };
}

/** A transaction as it was submitted, and what it wrote; of a state that was put without one there are no commands. */
export interface JournalEntry {
  readonly context: Context | undefined;
  readonly commands: readonly Command[];
  readonly writes: readonly Write[];
}

export class TestLedger {
  readonly #records = new Map<string, unknown>();
  readonly #policies = new Map<string, KeyPolicy>();
  #transactions = 0;

  /** Everything that was ever written, in its order. */
  readonly journal: JournalEntry[] = [];

  /** Writes of the last transaction. */
  written: readonly Write[] = [];

  /** A ledger with the consortium founded and each organization's event and seller key registered. */
  static founded(consortium: TestConsortium = CONSORTIUM): TestLedger {
    const ledger = new TestLedger();
    const [first] = consortium.organizations;
    ledger.propose(consortium, { caller: first?.mspId ?? '' });
    ledger.found(consortium, { caller: first?.mspId ?? '' });
    for (const { mspId, roles } of consortium.organizations) {
      if (roles.every((role) => role === 'trustee')) continue;
      const { event, seller } = consortium.keys[mspId]!;
      ledger.accept([aKeyRegistration(event, 'event'), aKeyRegistration(seller, 'seller')], { caller: mspId });
    }
    return ledger;
  }

  propose({ organizations }: Pick<TestConsortium, 'organizations'>, options?: SubmitOptions): void {
    this.#found(organizations, proposeConsortium, options);
  }

  found({ organizations }: Pick<TestConsortium, 'organizations'>, options?: SubmitOptions): void {
    this.#found(organizations, foundConsortium, options);
  }

  submit(command: Command, options?: SubmitOptions): Outcome;
  submit(commands: readonly Command[], options?: SubmitOptions): readonly Outcome[];
  submit(commands: Command | readonly Command[], options: SubmitOptions = {}): Outcome | readonly Outcome[] {
    const batch = Array.isArray(commands) ? (commands as readonly Command[]) : [commands as Command];
    const context = aContext(this.#nextTx(), options);
    const candidates = prepareBatch(batch, context.caller.mspId);
    const { outcomes, writes } = judgeBatch(candidates, this.#load(keysOf(candidates)), context);
    this.#store(writes, context, batch);
    return Array.isArray(commands) ? outcomes : outcomes[0]!;
  }

  /** Submits what must be accepted to set a scene. @throws {Error} naming the first refusal */
  accept(commands: Command | readonly Command[], options?: SubmitOptions): readonly Outcome[] {
    const outcomes = this.submit(
      Array.isArray(commands) ? (commands as readonly Command[]) : [commands as Command],
      options,
    );
    const refused = outcomes.find((outcome) => !outcome.accepted);
    if (refused) throw new Error(`the scene was refused: ${JSON.stringify(refused)}`);
    return outcomes;
  }

  read<T>(key: Key<T>): T | undefined {
    return this.#records.get(key) as T | undefined;
  }

  /** For states that would take long to bring about. */
  put<T>(key: Key<T>, record: T): void {
    this.#store([{ key, record }]);
  }

  policyOf(key: string): KeyPolicy | undefined {
    return this.#policies.get(key);
  }

  /** A copy of the world state. */
  records(): ReadonlyMap<string, unknown> {
    return new Map(this.#records);
  }

  #found(organizations: unknown, step: typeof foundConsortium, options: SubmitOptions = {}): void {
    const founding = parseFounding(JSON.stringify({ organizations }));
    const state = new BatchState(this.#load(founding.keys));
    const context = aContext(this.#nextTx(), options);
    step(founding, state, context);
    state.accept();
    this.#store(state.writes(), context);
  }

  #load(keys: readonly Key<unknown>[]): ReadonlyMap<string, unknown> {
    return new Map(keys.map((key) => [key, this.#records.get(key)]));
  }

  /** Records pass through JSON, as they do on the real ledger: an undefined member or a shared object would show. */
  #store(writes: readonly Write[], context?: Context, commands: readonly Command[] = []): void {
    this.written = writes;
    this.journal.push({ context, commands, writes });
    for (const { key, record, policy } of writes) {
      this.#records.set(key, JSON.parse(JSON.stringify(record)));
      if (policy) this.#policies.set(key, policy);
    }
  }

  #nextTx(): string {
    return `tx-${String(++this.#transactions)}`;
  }
}
