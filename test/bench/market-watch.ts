/**
 * A market as a peer's blocks show it, from outside: when each step was committed, what its transactions weigh, and what the committee's nodes sent. Blocks are
 * only kept while the clock runs, and taken apart afterwards: everything shares this machine.
 */
import type { common } from '@hyperledger/fabric-protos';
import { systemClock } from '../../gateway/fabric/clock.js';
import { readBlock } from '../../gateway/fabric/block-codec.js';
import { Connection } from '../../gateway/fabric/connection.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { heightAt } from '../../gateway/fabric/queries.js';

interface Arrived {
  readonly block: common.Block;
  /** Milliseconds since 1970, when the peer told of it: it is committed then. */
  readonly atMs: number;
}

/** One transaction of our chaincode. */
export interface WatchedTransaction {
  readonly atMs: number;
  readonly bytes: number;
  readonly valid: boolean;
  readonly event: string | null;
  /** Of all commands that it newly took; those of one that is not valid took no effect. */
  readonly kinds: readonly string[];
}

export class MarketWatch {
  readonly #connection: Connection;
  readonly #arrived: Arrived[] = [];
  #following: Promise<void> | undefined;
  #stop: (() => void) | undefined;

  constructor(profile: FabricProfile) {
    this.#connection = new Connection({ profile, clock: systemClock });
  }

  async start(): Promise<void> {
    const { network, ...endpoint } = this.#connection.current();
    const startBlock = BigInt(await heightAt({ network, ...endpoint }, this.#connection.profile.channel));
    const blocks = await network.getBlockEvents({ startBlock });
    this.#stop = () => blocks.close();
    this.#following = (async () => {
      for await (const block of blocks) this.#arrived.push({ block, atMs: Date.now() });
    })();
  }

  /** @throws {Error} if the stream broke: figures would miss what came after */
  async stop(): Promise<readonly WatchedTransaction[]> {
    this.#stop?.();
    try {
      await this.#following;
    } catch (error) {
      if (!isCancelled(error)) throw error;
    } finally {
      this.#connection.close();
    }
    return this.#arrived.flatMap(transactionsIn);
  }
}

const CANCELLED = 1;
/** Our own end of it: gRPC's status. */
const isCancelled = (error: unknown): boolean => (error as { code?: unknown }).code === CANCELLED;

function transactionsIn({ block, atMs }: Arrived): WatchedTransaction[] {
  const sizes = (block.getData()?.getDataList_asU8() ?? []).map(({ length }) => length);
  return readBlock(block).transactions.flatMap(({ call, validationCode }, at) => {
    if (!call?.event) return [];
    const facts = JSON.parse(Buffer.from(call.event.payload).toString('utf8')) as [string, string | null, string][];
    const [[, event] = ['', null]] = facts;
    const kinds = facts.map(([kind]) => kind);
    return [{ atMs, bytes: sizes[at] ?? 0, valid: validationCode === 'VALID', event, kinds }];
  });
}
