/** A simulated peer: runs the real rules on its own world state to endorse, and validates blocks as Fabric does. */
import { judgeBatch, keysOf, parseBatch, prepareBatch, type Outcome } from '../../chaincode/domain/batch.js';
import type { Context } from '../../chaincode/domain/rule.js';
import type { KeyPolicy, Write } from '../../chaincode/domain/state.js';
import type { BlockFeed, SeenBlock } from '../../gateway/fabric/block-stream.js';
import type { Commit } from '../../gateway/fabric/ledger.js';

/** What endorsers sign and orderers order. */
export interface Envelope {
  readonly tx: string;
  readonly endorsers: readonly string[];
  /** Version of every key read; undefined for an absent one. */
  readonly reads: readonly (readonly [key: string, version: string | undefined])[];
  readonly writes: readonly Write[];
  readonly outcomes: readonly Outcome[];
}

interface Versioned {
  readonly json: string;
  readonly version: string;
}

export interface Genesis {
  readonly records: ReadonlyMap<string, unknown>;
  readonly policyOf: (key: string) => KeyPolicy | undefined;
}

export class SimulatedPeer {
  readonly mspId: string;
  readonly blocks: SeenBlock[] = [{ number: 0, transactions: [] }];
  readonly envelopes = new Map<string, Envelope>();
  /** What an invalid transaction had read that was not so any more. */
  readonly stale = new Map<string, readonly string[]>();
  readonly commits = new Map<string, Commit>();
  readonly #state = new Map<string, Versioned>();
  readonly #policies = new Map<string, KeyPolicy>();
  readonly #wakes = new Set<() => void>();
  #down = false;

  constructor(mspId: string, { records, policyOf }: Genesis) {
    this.mspId = mspId;
    for (const [key, record] of records) {
      this.#state.set(key, { json: JSON.stringify(record), version: 'genesis' });
      const policy = policyOf(key);
      if (policy) this.#policies.set(key, policy);
    }
  }

  get isDown(): boolean {
    return this.#down;
  }

  fail(): void {
    this.#down = true;
    this.#wake();
  }

  recover(): void {
    this.#down = false;
  }

  simulate(batch: string, context: Context): Omit<Envelope, 'tx' | 'endorsers'> {
    const candidates = prepareBatch(parseBatch(batch), context.caller.mspId);
    const keys = keysOf(candidates);
    const loaded = new Map(keys.map((key) => [key, this.read(key)]));
    const { outcomes, writes } = judgeBatch(candidates, loaded, context);
    return { outcomes, writes, reads: keys.map((key) => [key, this.#state.get(key)?.version] as const) };
  }

  read(key: string): unknown {
    const json = this.#state.get(key)?.json;
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  }

  /** Everything, for comparison. */
  state(): Readonly<Record<string, string>> {
    const entries = [...this.#state].map(([key, { json, version }]): [string, string] => [key, `${version} ${json}`]);
    return Object.fromEntries(entries.sort());
  }

  commit(envelopes: readonly Envelope[]): void {
    const number = this.blocks.length;
    const transactions = envelopes.map((envelope, index) => {
      const code = this.#validate(envelope);
      if (code === 'VALID') this.#apply(envelope, `${number}:${index}`);
      if (code !== 'DUPLICATE_TXID') {
        this.commits.set(envelope.tx, { code, block: number });
        this.envelopes.set(envelope.tx, envelope);
      }
      return { tx: envelope.tx, code };
    });
    this.blocks.push({ number, transactions });
    this.#wake();
  }

  /** Blocks from that one on, as they come; breaks when the peer goes down. */
  feed(from: number): BlockFeed {
    if (this.#down) throw new Error(`${this.mspId} is down`);
    const { blocks } = this;
    let closed = false;
    let wake: (() => void) | undefined;
    const onChange = () => wake?.();
    const isDown = () => this.#down;
    this.#wakes.add(onChange);
    async function* read(): AsyncGenerator<SeenBlock> {
      for (let next = from; !closed;) {
        if (isDown()) throw new Error('the peer went down');
        const block = blocks[next];
        if (block) {
          next++;
          yield block;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    }
    const close = () => {
      closed = true;
      this.#wakes.delete(onChange);
      wake?.();
    };
    return { mspId: this.mspId, [Symbol.asyncIterator]: read, close };
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }

  #validate({ tx, endorsers, reads, writes }: Envelope): string {
    if (this.commits.has(tx)) return 'DUPLICATE_TXID';
    if (!writes.every(({ key }) => this.#satisfies(endorsers, this.#policies.get(key))))
      return 'ENDORSEMENT_POLICY_FAILURE';
    const stale = reads.filter(([key, version]) => this.#state.get(key)?.version !== version);
    if (stale.length === 0) return 'VALID';
    this.stale.set(
      tx,
      stale.map(([key]) => key),
    );
    return 'MVCC_READ_CONFLICT';
  }

  #satisfies(endorsers: readonly string[], policy: KeyPolicy | undefined): boolean {
    if (!policy) return endorsers.length >= 2;
    const { allOf, oneOf } = policy;
    return (
      allOf.every((msp) => endorsers.includes(msp)) &&
      (oneOf.length === 0 || oneOf.some((msp) => endorsers.includes(msp)))
    );
  }

  #apply({ writes }: Envelope, version: string): void {
    for (const { key, record, policy } of writes) {
      this.#state.set(key, { json: JSON.stringify(record), version });
      if (policy) this.#policies.set(key, policy);
    }
  }
}
