/** A network in memory: the test ledger with the real domain, under the ports that Fabric implements, with history and blocks of one transaction. */
import { Readable } from 'node:stream';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import type { Key } from '../../../../chaincode/domain/keys.js';
import type { Committed, Submitter } from '../../../../gateway/fabric/ledger.js';
import type { Block, Blocks, NetworkStatus, Records, Transaction, Version } from '../../../../gateway/http/ports.js';
import type { LedgerBlock, LedgerBlocks } from '../../../../gateway/statements/ledger-blocks.js';
import { encodeRecord } from '../../../../chaincode/ledger/codec.js';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { CONSORTIUM, NOW, type Command } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';

const hash = (number: number) => number.toString(16).padStart(64, '0');

export class MemoryNetwork implements Records, Blocks, NetworkStatus {
  readonly ledger: TestLedger;
  /** The ledger's time. */
  now = NOW;
  /** Thrown instead of the next submission. */
  failNext: Error | undefined;
  /** Called before each submission: what another gateway does meanwhile. */
  meanwhile: (() => void) | undefined;
  submissions = 0;
  readonly #transactions: Transaction[] = [];
  readonly #written: LedgerBlock[] = [];
  readonly #history = new Map<string, Version<unknown>[]>();

  /** @param ledger one with a scene on it; else an empty one of the founded consortium */
  constructor(ledger?: TestLedger) {
    this.ledger = ledger ?? new TestLedger();
    if (ledger) return;
    this.ledger.propose(CONSORTIUM);
    this.ledger.found(CONSORTIUM);
  }

  submitterOf(mspId: string): Submitter {
    return { submit: (command) => Promise.resolve().then(() => this.#submit(mspId, command as Command)) };
  }

  read: Records['read'] = ((keys: readonly Key<unknown>[]) =>
    Promise.resolve(keys.map((key) => this.ledger.read(key)))) as Records['read'];

  list: Records['list'] = ({ prefix, after = '', limit }) => {
    const found = [...this.ledger.records()].filter(([key]) => key.startsWith(prefix) && key > after);
    found.sort(([a], [b]) => (a < b ? -1 : 1));
    return Promise.resolve(found.slice(0, limit).map(([key, record]) => ({ key, record })));
  };

  history: Records['history'] = <T>(key: Key<T>) =>
    Promise.resolve((this.#history.get(key) ?? []) as readonly Version<T>[]);

  info: Blocks['info'] = () =>
    Promise.resolve({ height: this.#transactions.length, currentHash: hash(this.#transactions.length) });

  get height(): number {
    return this.#transactions.length;
  }

  block: Blocks['block'] = (number) => {
    const transaction = this.#transactions[number];
    const block: Block | undefined = transaction && {
      number,
      hash: hash(number + 1),
      previousHash: hash(number),
      dataHash: hash(7),
      transactions: [transaction],
    };
    return Promise.resolve(block);
  };

  transaction: Blocks['transaction'] = (tx) => Promise.resolve(this.#transactions.find((each) => each.tx === tx));

  /** The same blocks with what was written; the submitter and VenueMSP have endorsed each. */
  readonly ledgerBlocks: LedgerBlocks = {
    height: () => Promise.resolve(this.#written.length),
    read: (from, to) => Readable.from(this.#written.slice(from, to)) as AsyncIterable<LedgerBlock>,
  };

  status: NetworkStatus['status'] = () =>
    Promise.resolve({
      peers: [{ mspId: 'OrganizerMSP', address: 'localhost:7051', reachable: true, height: this.#transactions.length }],
      orderers: [{ mspId: 'TrusteeMSP', address: 'localhost:7050', reachable: false }],
    });

  #submit(mspId: string, command: Command): Committed {
    this.submissions += 1;
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure) throw failure;
    const meanwhile = this.meanwhile;
    this.meanwhile = undefined;
    meanwhile?.();
    const outcome: Outcome = this.ledger.submit(command, { caller: mspId, now: this.now });
    if (!outcome.accepted) throw new Refusal(outcome.code, outcome.details);
    const { receipt, replayed = false } = outcome;
    if (replayed) return { receipt, replayed, block: undefined };
    return { receipt, replayed, block: this.#record(mspId, command, outcome) };
  }

  #record(mspId: string, command: Command, outcome: Outcome & { accepted: true }): number {
    const block = this.#transactions.length;
    const { tx } = outcome.receipt;
    const timestamp = new Date(this.now).toISOString();
    this.#transactions.push({
      tx,
      block,
      timestamp,
      mspId,
      code: 'VALID',
      function: 'BoxOffice:submit',
      commands: [command],
      outcomes: [outcome],
    });
    this.#written.push({ number: block, transactions: [this.#writtenBy(mspId, tx, timestamp)] });
    for (const { key } of this.ledger.written) {
      const versions = this.#history.get(key) ?? [];
      this.#history.set(key, [...versions, { tx, timestamp, deleted: false, record: this.ledger.read(key) }]);
    }
    return block;
  }

  #writtenBy(submitter: string, tx: string, timestamp: string): LedgerBlock['transactions'][number] {
    const { written } = this.ledger;
    const facts = written
      .filter(({ record }) => typeof record === 'object' && record !== null && 'digest' in record)
      .map(({ key }) => ['', null, key]);
    return {
      tx,
      index: 0,
      timestampMs: Date.parse(timestamp),
      submitter,
      endorsers: [submitter, 'VenueMSP'],
      writes: written.map(({ key, record }) => ({ key, value: encodeRecord(record) })),
      event: JSON.stringify(facts),
    };
  }
}
