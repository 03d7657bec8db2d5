/** Blocks in memory as our own peer gives them, of what a test's ledger was submitted: batch, outcomes, event and writes as the chaincode has them. */
import { prepareBatch, type Outcome } from '../../chaincode/domain/batch.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { encodeRecord } from '../../chaincode/ledger/codec.js';
import type { Block, BlockTransaction, ChaincodeCall } from '../../gateway/fabric/block-codec.js';
import { eventBlocks, type EventBlocks } from '../../gateway/push/event-blocks.js';
import { NOW, type Command } from './statements.js';
import type { SubmitOptions, TestLedger } from './test-ledger.js';

const CHAINCODE = 'guichet';

export class EventChain {
  readonly all: Block[] = [];
  /** How many stretches were read. */
  reads = 0;
  /** Numbers of the blocks that followers were given. */
  readonly followed: number[] = [];
  /** How many followers there are now. */
  followers = 0;
  readonly #wake = new Set<() => void>();

  /** What the gateway reads it through. */
  get blocks(): EventBlocks {
    return eventBlocks(this, CHAINCODE);
  }

  /** One transaction, in a block of its own. */
  submit(ledger: TestLedger, commands: readonly Command[], options: SubmitOptions = {}): readonly Outcome[] {
    const { caller = 'OrganizerMSP', now = NOW } = options;
    const mspId = typeof caller === 'string' ? caller : caller.mspId;
    const outcomes = ledger.submit(commands, options);
    const facts = prepareBatch(commands, mspId).flatMap((candidate, at) => {
      const outcome = outcomes[at]!;
      const isNew = outcome.accepted && outcome.replayed !== true && !(candidate instanceof Refusal);
      return isNew ? [[candidate.kind, candidate.event ?? null, candidate.memory]] : [];
    });
    this.add([
      transactionOf({
        ...{ tx: `tx-${this.all.length}`, timestamp: new Date(now).toISOString(), creatorMsp: mspId },
        call: {
          arguments: [JSON.stringify({ commands })],
          response: JSON.stringify({ outcomes }),
          writes: ledger.written.map(({ key, record }) => {
            // The ledger's own transaction ids are another's; what remembers a command names the transaction that accepted it.
            const written = isMemory(record) ? { ...record, tx: `tx-${this.all.length}` } : record;
            return { namespace: CHAINCODE, key, value: encodeRecord(written) };
          }),
          event: { chaincode: CHAINCODE, name: 'batch', payload: Buffer.from(JSON.stringify(facts)) },
        },
      }),
    ]);
    return outcomes;
  }

  add(transactions: readonly BlockTransaction[]): void {
    const number = this.all.length;
    const hash = String(number + 1).padStart(64, '0');
    const previousHash = String(number).padStart(64, '0');
    this.all.push({
      number,
      hash,
      previousHash,
      dataHash: hash,
      transactions,
      signatures: { count: 1, consenters: [] },
    });
    for (const wake of this.#wake) wake();
  }

  height = (): Promise<number> => Promise.resolve(this.all.length);

  async *read(from: number, to: number): AsyncGenerator<Block> {
    this.reads += 1;
    for (const block of this.all.slice(from, to)) yield await Promise.resolve(block);
  }

  follow = (from: number): Promise<AsyncIterable<Block> & { close(): void }> => {
    const over = new AbortController();
    return Promise.resolve({
      [Symbol.asyncIterator]: () => this.#from(from, over.signal),
      close: () => over.abort(),
    });
  };

  async *#from(from: number, over: AbortSignal): AsyncGenerator<Block> {
    this.followers += 1;
    try {
      for (let next = from; !over.aborted;) {
        const block = this.all[next];
        if (block) {
          next += 1;
          this.followed.push(block.number);
          yield block;
        } else await this.#news(over);
      }
    } finally {
      this.followers -= 1;
    }
  }

  #news(over: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#wake.delete(done);
        resolve();
      };
      this.#wake.add(done);
      over.addEventListener('abort', done, { once: true });
    });
  }
}

interface CallOf extends Pick<BlockTransaction, 'tx' | 'timestamp' | 'creatorMsp'> {
  readonly call: Partial<ChaincodeCall>;
}

export function transactionOf({ call, ...rest }: CallOf): BlockTransaction {
  return {
    ...{ type: 'ENDORSER_TRANSACTION', validationCode: 'VALID', ...rest },
    call: {
      ...{ chaincode: CHAINCODE, function: 'BoxOffice:submit', arguments: [], endorsers: [], response: '', writes: [] },
      ...call,
    },
  };
}

const isMemory = (record: unknown): record is object =>
  typeof record === 'object' && record !== null && 'digest' in record && 'tx' in record;

/** A transaction of so many events, the same each time that it is made. */
export function manyEvents(block: number, count: number): BlockTransaction {
  const commands = Array.from({ length: count }, () => ({ kind: 'sales.close', event: 'e'.repeat(40) }));
  const facts = commands.map(({ event }, at) => ['sales.close', event, `${event}/r/${block}-${at}`]);
  const tx = `big-${block}`;
  return transactionOf({
    ...{ tx, timestamp: NOW, creatorMsp: 'OrganizerMSP' },
    call: {
      arguments: [JSON.stringify({ commands })],
      response: JSON.stringify({ outcomes: commands.map(() => ({ accepted: true, receipt: { tx } })) }),
      writes: facts.map(([, , key]) => ({
        namespace: 'guichet',
        key: key!,
        value: Buffer.from(JSON.stringify({ digest: 'd', tx })),
      })),
      event: { chaincode: 'guichet', name: 'batch', payload: Buffer.from(JSON.stringify(facts)) },
    },
  });
}
