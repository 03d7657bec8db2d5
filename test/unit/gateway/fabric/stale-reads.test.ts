import { expect } from 'chai';
import type { Block } from '../../../../gateway/fabric/blocks.js';
import { StaleReads, type KeyRead } from '../../../../gateway/fabric/stale-reads.js';

interface Tx {
  readonly tx: string;
  readonly writes: readonly string[];
  readonly deletes?: readonly string[];
  readonly code?: string;
  readonly namespace?: string;
}

const bytes = new Uint8Array([1]);

function aBlock(number: number, transactions: readonly Tx[]): Block {
  return {
    ...{ number, hash: '', previousHash: '', dataHash: '', signatures: { count: 0, consenters: [] } },
    transactions: transactions.map(({ tx, writes, deletes = [], code = 'VALID', namespace = 'guichet' }) => ({
      ...{ tx, type: 'ENDORSER_TRANSACTION', timestamp: '', creatorMsp: `${tx}MSP`, validationCode: code },
      call: {
        ...{ chaincode: namespace, function: '', arguments: [], endorsers: [], response: '' },
        writes: [
          ...writes.map((key) => ({ namespace, key, value: bytes })),
          ...deletes.map((key) => ({ namespace, key, value: new Uint8Array() })),
        ],
      },
    })),
  };
}

async function stale(reads: readonly KeyRead[], blocks: readonly Block[], height = 5, block = 7) {
  const asked: number[] = [];
  const reader = {
    committed: (number: number) => {
      asked.push(number);
      return Promise.resolve(blocks.find((each) => each.number === number));
    },
  };
  const staleReads = new StaleReads(reader, 'guichet');
  return { found: await staleReads.of({ tx: 'ours', reads, height, block }), asked, staleReads };
}

const ours: Tx = { tx: 'ours', writes: ['a'] };

describe('stale reads', () => {
  it('are those whose version is not the last that was written before', async () => {
    const reads = [
      { key: 'a', version: '3:0' },
      { key: 'b', version: '6:1' },
      { key: 'c', version: undefined },
      { key: 'd', version: '2:0' },
    ];
    const blocks = [
      aBlock(6, [
        { tx: 'one', writes: ['a', 'b'] },
        { tx: 'two', writes: ['b'] },
      ]),
      aBlock(7, [{ tx: 'three', writes: ['c'] }, ours, { tx: 'four', writes: ['d'] }]),
    ];
    const { found } = await stale(reads, blocks);
    expect(found).to.deep.equal([
      { key: 'a', by: 'oneMSP' },
      { key: 'c', by: 'threeMSP' },
    ]);
  });

  it('do not count what was not valid, or is another chaincode’s', async () => {
    const blocks = [
      aBlock(7, [
        { tx: 'one', writes: ['a'], code: 'MVCC_READ_CONFLICT' },
        { tx: 'two', writes: ['a'], namespace: 'raw' },
        ours,
      ]),
    ];
    expect((await stale([{ key: 'a', version: '1:0' }], blocks)).found).to.deep.equal([]);
  });

  it('know a key that was deleted', async () => {
    const blocks = [aBlock(7, [{ tx: 'one', writes: [], deletes: ['a', 'b'] }, ours])];
    const reads = [
      { key: 'a', version: '1:0' },
      { key: 'b', version: undefined },
    ];
    expect((await stale(reads, blocks)).found).to.deep.equal([{ key: 'a', by: 'oneMSP' }]);
  });

  it('are looked for in few blocks, each fetched once', async () => {
    const { asked, staleReads } = await stale([], [aBlock(99, [])], 10, 100);
    expect(asked).to.have.length(16);
    expect(asked[0]).to.equal(85);
    await staleReads.of({ tx: 'ours', reads: [], height: 98, block: 99 });
    // The one that is there; those that were not yet are asked for again.
    expect(asked.filter((number) => number === 99)).to.have.length(1);
  });

  it('are none of keys that no block wrote in between, as far as that is known', async () => {
    const writing = (...keys: readonly string[]): Tx[] => [{ tx: 'one', writes: keys }];
    const blocks = [aBlock(5, writing('a')), aBlock(6, writing('b')), aBlock(7, writing('c'))];
    const { staleReads } = await stale([], blocks);
    const unwritten = (keys: readonly string[], from: number, to: number) => staleReads.areUnwritten(keys, from, to);
    expect(await unwritten(['a', 'c', 'd'], 6, 7)).to.equal(true);
    expect(await unwritten(['d', 'b'], 6, 7)).to.equal(false);
    expect(await unwritten(['a'], 5, 5)).to.equal(true);
    expect(await unwritten(['d'], 6, 9), 'a block that our peer has not').to.equal(false);
    const endless = new StaleReads({ committed: (number) => Promise.resolve(aBlock(number, [])) }, 'guichet');
    expect(await endless.areUnwritten(['d'], 6, 22)).to.equal(true);
    expect(await endless.areUnwritten(['d'], 6, 23), 'more blocks than are looked at').to.equal(false);
  });

  it('may be any where a chaincode was defined or the channel set up anew', async () => {
    const defined = aBlock(6, [{ tx: 'one', writes: ['namespaces'], namespace: '_lifecycle' }]);
    const refused = aBlock(6, [{ tx: 'one', writes: ['namespaces'], namespace: '_lifecycle', code: 'BAD_PAYLOAD' }]);
    const [transaction] = aBlock(6, [{ tx: 'one', writes: [] }]).transactions;
    const setUp = { ...defined, transactions: [{ ...transaction!, type: 'CONFIG' }] };
    for (const [block, expected] of [
      [defined, false],
      [setUp, false],
      [refused, true],
    ] as const)
      expect(await (await stale([], [block])).staleReads.areUnwritten(['a'], 6, 7)).to.equal(expected);
  });

  // Regression: sixty-four blocks were kept for good, decoded and whole.
  it('keep no block, and of the last ones only what they wrote', async () => {
    const blocks = Array.from({ length: 40 }, (_, index) => aBlock(index, [{ tx: `tx-${index}`, writes: ['a'] }]));
    const { asked, staleReads } = await stale([], blocks, 0, 15);
    // What was asked for is let go of.
    (blocks[15]!.transactions as unknown[]).length = 0;
    const again = { tx: 'ours', reads: [{ key: 'a', version: '1:0' }], height: 0, block: 15 };
    expect(await staleReads.of(again)).to.deep.equal([{ key: 'a', by: 'tx-15MSP' }]);
    expect(asked).to.have.length(16);
    await staleReads.of({ ...again, block: 39 });
    await staleReads.of(again);
    expect(asked).to.have.length(48);
  });
});
