/** Reads blocks and transactions through qscc, the peer's own query chaincode (core/scc/qscc of Fabric). */
import { common, peer } from '@hyperledger/fabric-protos';
import { decodeBlock, decodeTransaction, type Block, type BlockTransaction } from './block-codec.js';
import type { Connection } from './connection.js';
import { readFailure } from './failures.js';
import { commitStatusOf, evaluate } from './queries.js';

export type { Block, BlockTransaction, ChaincodeCall } from './block-codec.js';

/** common/ledger/blkstorage/blockindex.go: all that tells an unknown id or number from other failures. */
const UNKNOWN_TRANSACTION = 'no such transaction ID';
const UNKNOWN_BLOCK = 'no such block number';

export interface ChainInfo {
  /** How many blocks there are. */
  readonly height: number;
  /** Of the newest block, lower-case hexadecimal. */
  readonly hash: string;
}

/** Every method @throws {GatewayError} LEDGER_UNAVAILABLE if no peer answers. */
export interface BlocksReader {
  info(): Promise<ChainInfo>;
  /** @returns undefined if there is no such block yet */
  block(number: number): Promise<Block | undefined>;
  /** @returns undefined if no block has the transaction */
  blockOf(tx: string): Promise<Block | undefined>;
  transaction(tx: string): Promise<(BlockTransaction & { readonly block: number }) | undefined>;
}

export class FabricBlocks implements BlocksReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async info(): Promise<ChainInfo> {
    const info = common.BlockchainInfo.deserializeBinary(await this.#query('GetChainInfo'));
    return { height: info.getHeight(), hash: Buffer.from(info.getCurrentblockhash_asU8()).toString('hex') };
  }

  async block(number: number): Promise<Block | undefined> {
    const { height } = await this.info();
    return number < height ? decodeBlock(await this.#query('GetBlockByNumber', String(number))) : undefined;
  }

  /** A block that there should be: asked for without asking how many there are. @returns undefined where the first peer that answers does not have it yet */
  async committed(number: number): Promise<Block | undefined> {
    const bytes = await this.#queryUnless(UNKNOWN_BLOCK, 'GetBlockByNumber', String(number));
    return bytes && decodeBlock(bytes);
  }

  async blockOf(tx: string): Promise<Block | undefined> {
    const bytes = await this.#queryUnless(UNKNOWN_TRANSACTION, 'GetBlockByTxID', tx);
    return bytes && decodeBlock(bytes);
  }

  async transaction(tx: string): Promise<(BlockTransaction & { readonly block: number }) | undefined> {
    const bytes = await this.#queryUnless(UNKNOWN_TRANSACTION, 'GetTransactionByID', tx);
    if (!bytes) return undefined;
    const processed = peer.ProcessedTransaction.deserializeBinary(bytes);
    const envelope = processed.getTransactionenvelope() ?? new common.Envelope();
    const { block } = await this.#blockNumberOf(tx);
    return { ...decodeTransaction(envelope, processed.getValidationcode()), block };
  }

  /** Cheaper than the whole block, and answered at once, since the transaction is there. */
  async #blockNumberOf(tx: string) {
    try {
      return await commitStatusOf(this.#connection, tx);
    } catch (error) {
      throw readFailure(error);
    }
  }

  async #queryUnless(unknown: string, transaction: string, what: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#query(transaction, what);
    } catch (error) {
      if (error instanceof Error && error.cause instanceof Error && error.cause.message.includes(unknown))
        return undefined;
      throw error;
    }
  }

  async #query(transaction: string, ...rest: readonly string[]): Promise<Uint8Array> {
    const query = { chaincode: 'qscc', transaction, arguments: [this.#connection.profile.channel, ...rest] };
    try {
      return await evaluate(this.#connection, query);
    } catch (error) {
      throw readFailure(error);
    }
  }
}
