/** Raw Fabric: one blind write of 200 bytes per transaction, on the same peers, orderers, endorsers, signer and block stream as our sales. */
import { BlockStream } from '../../gateway/fabric/block-stream.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import { Connection } from '../../gateway/fabric/connection.js';
import { Endorsers } from '../../gateway/fabric/endorsers.js';
import { openFilteredBlocks } from '../../gateway/fabric/filtered-blocks.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { inParallel } from './in-parallel.js';
import type { LoadResult } from './statistics.js';

const VALUE = 'x'.repeat(200);
const COMMIT_MS = 30_000;

export class RawLoad {
  readonly #connection: Connection;
  readonly #stream: BlockStream;
  readonly #endorsers: Endorsers;
  #written = 0;

  constructor(profile: FabricProfile) {
    this.#connection = new Connection({ profile, clock: systemClock });
    const report = (level: string, message: string) => console.error(`raw: ${level}: ${message}`);
    this.#stream = new BlockStream({
      open: openFilteredBlocks(this.#connection),
      clock: systemClock,
      random: Math.random,
      report,
    });
    const { mspId: own, endorsingOrganizations: organizations } = profile;
    this.#endorsers = new Endorsers({ own, organizations, needed: 2, clock: systemClock });
    this.#stream.start();
  }

  /** @throws {Error} on the first transaction that fails: a baseline that loses some is none */
  async run(transactions: number, clients: number): Promise<LoadResult> {
    const keys = Array.from({ length: transactions }, () => `raw-${(this.#written += 1)}`);
    const started = performance.now();
    const latenciesMs = await inParallel(keys, clients, async (key) => {
      const sent = performance.now();
      await this.#put(key);
      return performance.now() - sent;
    });
    return { seconds: (performance.now() - started) / 1000, committed: transactions, latenciesMs };
  }

  async #put(key: string): Promise<void> {
    const contract = this.#connection.current().network.getContract('raw');
    const endorsingOrganizations = [...this.#endorsers.choose([])];
    const transaction = await contract
      .newProposal('put', { arguments: [key, VALUE], endorsingOrganizations })
      .endorse();
    // The block tells: a BFT orderer may call a request that it has already processed a failure.
    const committed = this.#stream.waitFor(transaction.getTransactionId(), COMMIT_MS);
    const [submission, commit] = await Promise.allSettled([transaction.submit(), committed]);
    if (commit.status === 'rejected') throw submission.status === 'rejected' ? submission.reason : commit.reason;
    const { code } = commit.value;
    if (code !== 'VALID') throw new Error(`a raw write committed as ${code}`);
  }

  async close(): Promise<void> {
    await this.#stream.close();
    this.#connection.close();
  }
}
