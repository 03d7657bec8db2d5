/** Gives push its view of our own peer's blocks. It is a port: tests put blocks in memory behind it. */
import type { Block } from '../fabric/block-codec.js';
import type { OwnBlocks } from '../fabric/own-blocks.js';
import { eventsOf } from './block-events.js';
import type { EventBlock } from './ledger-event.js';

export interface FollowedEvents extends AsyncIterable<EventBlock> {
  close(): void;
}

/** Every method @throws {GatewayError} LEDGER_UNAVAILABLE if our own peer does not answer */
export interface EventBlocks {
  /** How many blocks there are. */
  height(): Promise<number>;
  /** Blocks up to, not including, `to`; all of them must be there. */
  read(from: number, to: number): AsyncIterable<EventBlock>;
  /** From this one on, as they come, until it is closed. */
  follow(from: number): Promise<FollowedEvents>;
}

/** @param chaincode name under which ours is committed */
export function eventBlocks(source: Pick<OwnBlocks, 'height' | 'read' | 'follow'>, chaincode: string): EventBlocks {
  const events = async function* (blocks: AsyncIterable<Block>): AsyncGenerator<EventBlock> {
    for await (const block of blocks) yield eventsOf(block, chaincode);
  };
  return {
    height: () => source.height(),
    read: (from, to) => events(source.read(from, to)),
    async follow(from) {
      const feed = await source.follow(from);
      return { [Symbol.asyncIterator]: () => events(feed), close: () => feed.close() };
    },
  };
}
