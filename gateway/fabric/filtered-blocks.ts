/** Fabric's filtered blocks (peer/events.proto, DeliverFiltered) as a feed for the block stream: numbers and validation codes, nothing else. */
import type { CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import type { peer } from '@hyperledger/fabric-protos';
import type { OpenFeed, SeenBlock } from './block-stream.js';
import type { Connection } from './connection.js';
import { codeName, heightAt } from './queries.js';

export function openFilteredBlocks(connection: Connection): OpenFeed {
  return async (from) => {
    const endpoint = connection.current();
    const start = from ?? (await heightAt(endpoint, connection.profile.channel)) - 1;
    const blocks = await endpoint.network.getFilteredBlockEvents({ startBlock: BigInt(start) });
    return { mspId: endpoint.mspId, [Symbol.asyncIterator]: () => seen(blocks), close: () => blocks.close() };
  };
}

async function* seen(blocks: CloseableAsyncIterable<peer.FilteredBlock>): AsyncGenerator<SeenBlock> {
  for await (const block of blocks) {
    const transactions = block.getFilteredTransactionsList().map((transaction) => ({
      tx: transaction.getTxid(),
      code: codeName(transaction.getTxValidationCode()),
    }));
    // A channel's configuration has no transaction id.
    yield { number: block.getNumber(), transactions: transactions.filter(({ tx }) => tx !== '') };
  }
}
