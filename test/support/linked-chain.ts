/** Blocks in memory as the read model takes them: what a test's ledger wrote, one transaction in each block, chained by hashes. */
import type { Write } from '../../chaincode/domain/state.js';
import { encodeRecord } from '../../chaincode/ledger/codec.js';
import type { StoredBlocks } from '../../gateway/projection/catch-up.js';
import type { LinkedBlock } from '../../gateway/projection/projector.js';
import type { BlockSource, FollowedBlocks } from '../../gateway/projection/read-model.js';
import type { LedgerTransaction } from '../../gateway/statements/ledger-blocks.js';
import type { TestLedger } from './test-ledger.js';

const hashOf = (number: number, seed: string) => `${seed}${String(number).padStart(8, '0')}`;

export class LinkedChain implements BlockSource, StoredBlocks {
  readonly blocks: LinkedBlock[] = [];
  readonly #seed: string;
  #wake = new Set<() => void>();

  /** @param seed other blocks have another one */
  constructor(seed = 'aa') {
    this.#seed = seed;
  }

  /** Everything that a ledger has, as if one transaction had written it. */
  static of(ledger: TestLedger): LinkedChain {
    const chain = new LinkedChain();
    chain.write(Array.from(ledger.records(), ([key, record]) => ({ key, record })));
    return chain;
  }

  /** A block of one transaction. Its id is the one under which its money stands. @returns the block's number */
  write(writes: readonly Pick<Write, 'key' | 'record'>[]): number {
    const tx = writes.find(({ key }) => key.split('/')[1] === 'm')?.key.split('/')[2] ?? `tx-of-${this.blocks.length}`;
    return this.add([{ tx, writes: writes.map(({ key, record }) => ({ key, value: encodeRecord(record) })) }]);
  }

  add(transactions: readonly Pick<LedgerTransaction, 'tx' | 'writes'>[]): number {
    const number = this.blocks.length;
    this.blocks.push({
      number,
      hash: hashOf(number + 1, this.#seed),
      previousHash: hashOf(number, this.#seed),
      transactions: transactions.map((each, index) => {
        return { ...each, index, timestampMs: 0, submitter: 'ResellerMSP', endorsers: [], event: undefined };
      }),
    });
    for (const wake of this.#wake) wake();
    return number;
  }

  height = (): Promise<number> => Promise.resolve(this.blocks.length);

  async *read(from: number, to: number): AsyncGenerator<LinkedBlock> {
    for (const block of this.blocks.slice(from, to)) yield await Promise.resolve(block);
  }

  follow = (from: number): Promise<FollowedBlocks> => {
    let closed = false;
    let wake: () => void = () => undefined;
    const wakes = this.#wake;
    const { blocks } = this;
    async function* feed(): AsyncGenerator<LinkedBlock> {
      for (let next = from; !closed;) {
        const block = blocks[next];
        if (block) {
          next += 1;
          yield block;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
            wakes.add(wake);
          });
          wakes.delete(wake);
        }
      }
    }
    const close = () => {
      closed = true;
      wake();
    };
    return Promise.resolve({ [Symbol.asyncIterator]: feed, close });
  };
}
