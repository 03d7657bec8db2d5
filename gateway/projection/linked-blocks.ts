/** Gives the read model its view of our own peer's blocks: what valid transactions of our chaincode wrote, and the hashes that chain them. */
import type { Block } from '../fabric/block-codec.js';
import type { OwnBlocks } from '../fabric/own-blocks.js';
import { ledgerBlockOf } from '../statements/from-fabric.js';
import type { StoredBlocks } from './catch-up.js';
import type { LinkedBlock } from './projector.js';
import type { BlockSource } from './read-model.js';

/** @param chaincode name under which ours is committed */
export function linkedBlocks(
  source: Pick<OwnBlocks, 'height' | 'read' | 'follow'>,
  chaincode: string,
): BlockSource & StoredBlocks {
  const linked = async function* (blocks: AsyncIterable<Block>): AsyncGenerator<LinkedBlock> {
    for await (const block of blocks) {
      const { hash, previousHash } = block;
      yield { ...ledgerBlockOf(block, chaincode), hash, previousHash };
    }
  };
  return {
    height: () => source.height(),
    read: (from, to) => linked(source.read(from, to)),
    async follow(from) {
      const feed = await source.follow(from);
      return { [Symbol.asyncIterator]: () => linked(feed), close: () => feed.close() };
    },
  };
}
