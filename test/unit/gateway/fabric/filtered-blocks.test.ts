import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { openFilteredBlocks } from '../../../../gateway/fabric/filtered-blocks.js';
import { FakeConnection } from './fake-connection.js';

function filteredBlock(number: number, ...transactions: [tx: string, code: 0 | 11][]): peer.FilteredBlock {
  const block = new peer.FilteredBlock();
  block.setNumber(number);
  block.setFilteredTransactionsList(
    transactions.map(([tx, code]) => {
      const transaction = new peer.FilteredTransaction();
      transaction.setTxid(tx);
      transaction.setTxValidationCode(code);
      return transaction;
    }),
  );
  return block;
}

async function* blocks() {
  await Promise.resolve();
  yield filteredBlock(4, ['a', 0], ['', 0], ['b', 11]);
}

describe('filtered blocks', () => {
  it('are numbers and validation codes by name, without configuration', async () => {
    const open = openFilteredBlocks(new FakeConnection({ blocks }).port);
    const seen = [];
    for await (const block of await open(4)) seen.push(block);
    expect(seen).to.deep.equal([
      {
        number: 4,
        transactions: [
          { tx: 'a', code: 'VALID' },
          { tx: 'b', code: 'MVCC_READ_CONFLICT' },
        ],
      },
    ]);
  });

  it('start with the newest block where none is asked for, else with that one', async () => {
    const started: bigint[] = [];
    const info = new common.BlockchainInfo();
    info.setHeight(12);
    const connection = new FakeConnection({
      evaluate: () => info.serializeBinary(),
      blocks: (from) => {
        started.push(from);
        return blocks();
      },
    });
    const open = openFilteredBlocks(connection.port);
    await open(undefined);
    (await open(5)).close();
    expect(started).to.deep.equal([11n, 5n]);
    expect(connection.closed).to.deep.equal(['own:1']);
  });
});
