/**
 * Whole blocks in their order, from our own organization's peer and no other: validation codes are each peer's own word, which no orderer signs, and
 * what is summed up here is remembered. A stretch of blocks is one stream (peer/events.proto, Deliver), not a query for each.
 */
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway';
import type { common } from '@hyperledger/fabric-protos';
import { GatewayError } from '../errors.js';
import { readBlock, type Block } from './block-codec.js';
import type { Clock } from './clock.js';
import type { Connection, Endpoint } from './connection.js';
import { readFailure } from './failures.js';
import { heightAt } from './queries.js';

/** A peer that has a block sends it at once: after that long without one it hangs. */
const SILENCE_MS = 10_000;

export interface OwnBlocksOptions {
  readonly connection: Connection;
  readonly clock: Clock;
}

/** Every method @throws {GatewayError} LEDGER_UNAVAILABLE if our own peer does not answer */
export class OwnBlocks {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor({ connection, clock }: OwnBlocksOptions) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async height(): Promise<number> {
    const { mspId, channel } = this.#connection.profile;
    try {
      return await heightAt(this.#own(), channel, [mspId]);
    } catch (error) {
      throw readFailure(error);
    }
  }

  /** Blocks `from` up to, not including, `to`; all of them must be there. */
  async *read(from: number, to: number): AsyncGenerator<Block> {
    if (from >= to) return;
    const blocks = await this.#open(from);
    try {
      const iterator = blocks[Symbol.asyncIterator]();
      for (let number = from; number < to; number += 1) {
        const next = await this.#within(iterator.next());
        if (next.done) throw new Error(`the blocks ended before ${number}`);
        const block = readBlock(next.value);
        if (block.number !== number) throw new Error(`block ${block.number} came in place of ${number}`);
        yield block;
      }
    } catch (error) {
      throw error instanceof FabricError ? readFailure(error) : error;
    } finally {
      blocks.close();
    }
  }

  /** Blocks from this one on, as they are committed, until it is closed. Silence says nothing: there may be no new block for hours. */
  async follow(from: number): Promise<AsyncIterable<Block> & { close(): void }> {
    const blocks = await this.#open(from);
    return { [Symbol.asyncIterator]: () => decoded(blocks), close: () => blocks.close() };
  }

  async #open(from: number): Promise<AsyncIterable<common.Block> & { close(): void }> {
    try {
      return await this.#own().network.getBlockEvents({ startBlock: BigInt(from) });
    } catch (error) {
      throw readFailure(error);
    }
  }

  #own(): Endpoint {
    const { endpoints, profile } = this.#connection;
    const own = endpoints.find(({ mspId }) => mspId === profile.mspId);
    if (!own) throw new GatewayError('LEDGER_UNAVAILABLE', { field: 'profile.endpoints' });
    return own;
  }

  #within<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.#clock.after(SILENCE_MS, () => {
        reject(new GatewayError('LEDGER_UNAVAILABLE', { silentMs: SILENCE_MS }));
      });
      answer.then(resolve, reject).finally(stop);
    });
  }
}

async function* decoded(blocks: AsyncIterable<common.Block>): AsyncGenerator<Block> {
  for await (const block of blocks) yield readBlock(block);
}
