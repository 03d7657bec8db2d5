/** Each peer's own copy of the ledger: its world state and the commit hashes of its blocks, asked of that very peer. */
import { common } from '@hyperledger/fabric-protos';
import type { Endpoint } from '../../gateway/fabric/connection.js';
import { evaluateAt, heightAt } from '../../gateway/fabric/queries.js';
import type { PartyLedger } from './party-ledger.js';
import { until } from './until.js';

const PAGE = 1_000;

/** One peer's. */
export class Replica {
  readonly #endpoint: Endpoint;
  readonly #channel: string;
  readonly #chaincode: string;

  constructor(endpoint: Endpoint, { channel, chaincode }: PartyLedger['connection']['profile']) {
    this.#endpoint = endpoint;
    this.#channel = channel;
    this.#chaincode = chaincode;
  }

  get mspId(): string {
    return this.#endpoint.mspId;
  }

  height(): Promise<number> {
    return heightAt(this.#endpoint, this.#channel, [this.mspId]);
  }

  /** Over all transactions up to this block and their validation codes. */
  async commitHash(block: number): Promise<string> {
    const bytes = await this.#ask('qscc', 'GetBlockByNumber', [this.#channel, String(block)]);
    const metadata = common.Block.deserializeBinary(bytes).getMetadata()?.getMetadataList_asU8() ?? [];
    const hash = common.Metadata.deserializeBinary(metadata[common.BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array());
    return Buffer.from(hash.getValue_asU8()).toString('hex');
  }

  /** All records whose keys begin so. */
  async records(prefix: string): Promise<ReadonlyMap<string, unknown>> {
    const all = new Map<string, unknown>();
    let after: string | undefined;
    do {
      const query = JSON.stringify({ prefix, ...(after !== undefined && { after }), limit: PAGE });
      const answer = await this.#ask(this.#chaincode, 'Records:list', [query]);
      const page = JSON.parse(Buffer.from(answer).toString()) as {
        records: { key: string; record: unknown }[];
        next?: string;
      };
      for (const { key, record } of page.records) all.set(key, record);
      after = page.next;
    } while (after !== undefined);
    return all;
  }

  #ask(chaincode: string, transaction: string, args: readonly string[]): Promise<Uint8Array> {
    return evaluateAt(this.#endpoint, { chaincode, transaction, arguments: args }, [this.mspId]);
  }
}

/** Those of all peers, once they are at one height. */
export async function replicasAtRest({ connection }: PartyLedger): Promise<readonly Replica[]> {
  const replicas = connection.endpoints.map((endpoint) => new Replica(endpoint, connection.profile));
  await until(async () => {
    const heights = await Promise.all(replicas.map((replica) => replica.height().catch(() => -1)));
    return new Set(heights).size === 1 && heights[0]! > 0;
  });
  return replicas;
}
