/**
 * What an audit reads of the ledger: the valid transactions of our chaincode in their order, with the commands that they carried and what they wrote. It is a
 * port; the tests put a ledger in memory behind it.
 */
import { parseBatch, SUBMIT } from '../../chaincode/domain/batch.js';
import { timestampOf } from '../../chaincode/domain/time.js';
import type { Block, BlockTransaction } from '../fabric/blocks.js';
import type { KeyWrite } from '../fabric/write-sets.js';

export interface AuditedTransaction {
  readonly block: number;
  readonly tx: string;
  /** RFC 3339 UTC to the second, the client's word. */
  readonly now: string;
  readonly nowSeconds: number;
  /** MSP id of the client. */
  readonly submitter: string;
  /** As they were submitted, whatever was decided about each; none but in a batch. */
  readonly commands: readonly unknown[];
  /** Under our chaincode's name; an empty value deletes. */
  readonly writes: readonly Pick<KeyWrite, 'key' | 'value'>[];
}

export interface AuditedLedger {
  readonly channel: string;
  /** How many blocks there are. */
  height(): Promise<number>;
  /** Blocks up to, not including, `to`. */
  read(to: number): AsyncIterable<AuditedTransaction>;
}

export interface BlockSource {
  height(): Promise<number>;
  read(from: number, to: number): AsyncIterable<Block>;
}

/** @param chaincode name under which ours is committed */
export function auditedLedger(source: BlockSource, channel: string, chaincode: string): AuditedLedger {
  return {
    channel,
    height: () => source.height(),
    async *read(to) {
      for await (const { number, transactions } of source.read(0, to))
        for (const transaction of transactions) yield* auditedTransaction(transaction, number, chaincode);
    },
  };
}

function auditedTransaction(
  { tx, timestamp, creatorMsp, validationCode, call }: BlockTransaction,
  block: number,
  chaincode: string,
): AuditedTransaction[] {
  if (validationCode !== 'VALID' || !call) return [];
  const writes = call.writes.filter(({ namespace }) => namespace === chaincode);
  if (writes.length === 0) return [];
  const isBatch = call.chaincode === chaincode && call.function === SUBMIT;
  const nowSeconds = Math.floor(Date.parse(timestamp) / 1000);
  return [
    {
      block,
      tx,
      now: timestampOf(nowSeconds),
      nowSeconds,
      submitter: creatorMsp,
      commands: isBatch ? parseBatch(call.arguments[0] ?? '') : [],
      writes,
    },
  ];
}
