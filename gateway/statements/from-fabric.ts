/** Gives statements their view of Fabric's blocks: the valid transactions of our chaincode, with what they wrote. */
import type { Block, BlockTransaction } from '../fabric/blocks.js';
import { policyIn } from './definition.js';
import type { LedgerBlock, LedgerBlocks, LedgerTransaction } from './ledger-blocks.js';

/** What the chaincode calls its event (contracts/box-office.ts). */
const EVENT_NAME = 'batch';

export interface BlockSource {
  height(): Promise<number>;
  read(from: number, to: number): AsyncIterable<Block>;
}

/** @param chaincode name under which ours is committed */
export function ledgerBlocks(source: BlockSource, chaincode: string): LedgerBlocks {
  return {
    height: () => source.height(),
    async *read(from, to) {
      for await (const block of source.read(from, to)) yield ledgerBlockOf(block, chaincode);
    },
  };
}

export function ledgerBlockOf({ number, transactions }: Block, chaincode: string): LedgerBlock {
  const ours = transactions.flatMap((transaction, index) => ledgerTransactionOf(transaction, index, chaincode));
  return { number, transactions: ours };
}

function ledgerTransactionOf(transaction: BlockTransaction, index: number, chaincode: string): LedgerTransaction[] {
  const { tx, timestamp, creatorMsp, validationCode, call } = transaction;
  if (validationCode !== 'VALID' || !call) return [];
  const writes = call.writes.filter(({ namespace }) => namespace === chaincode);
  const policy = policyIn(call.writes, chaincode);
  if (writes.length === 0 && !policy) return [];
  const { event } = call;
  const isOurs = event?.chaincode === chaincode && event.name === EVENT_NAME;
  return [
    {
      tx,
      index,
      timestampMs: Date.parse(timestamp),
      submitter: creatorMsp,
      endorsers: call.endorsers,
      writes,
      event: isOurs ? Buffer.from(event.payload).toString('utf8') : undefined,
      ...(policy && { policy }),
    },
  ];
}
