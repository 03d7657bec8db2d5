/** Gives the HTTP interface its view of the ledger: what Fabric's reader knows, with commands and outcomes taken out of each transaction. */
import { parseBatch, SUBMIT, type Outcome } from '../chaincode/domain/batch.js';
import { Refusal } from '../chaincode/domain/refusal.js';
import type { Block as FabricBlock, BlockTransaction, BlocksReader } from './fabric/blocks.js';
import type { NetworkStatus as FabricStatus } from './fabric/network-status.js';
import type { RecordsReader } from './fabric/records.js';
import type { Block, Blocks, NetworkStatus, Records, Transaction } from './http/ports.js';

export function recordsPort(reader: RecordsReader): Records {
  return {
    read: ((keys: readonly string[]) => reader.readAll(keys)) as Records['read'],
    async list({ prefix, ...options }) {
      return (await reader.list(prefix, options)).records;
    },
    async history(key) {
      const newestFirst = await reader.history(key);
      return newestFirst.toReversed().map(({ tx, timestamp, deleted, record }) => ({
        tx,
        deleted,
        timestamp: new Date(timestamp * 1000).toISOString(),
        record: record ?? undefined,
      }));
    },
  };
}

/** @param chaincode name under which ours is committed: other chaincodes' arguments mean nothing here */
export function blocksPort(reader: BlocksReader, chaincode: string): Blocks {
  return {
    async info() {
      const { height, hash } = await reader.info();
      return { height, currentHash: hash };
    },
    async block(number) {
      const block = await reader.block(number);
      return block && blockOf(block, chaincode);
    },
    async transaction(tx) {
      const found = await reader.transaction(tx);
      return found && transactionOf(found, found.block, chaincode);
    },
  };
}

export function networkPort(status: () => Promise<FabricStatus>): NetworkStatus {
  return {
    async status() {
      const { peers, orderers } = await status();
      return {
        peers: peers.map(({ mspId, address, height }) => ({
          mspId,
          address,
          reachable: height !== undefined,
          ...(height !== undefined && { height }),
        })),
        orderers: orderers.map(({ mspId, address, healthy }) => ({ mspId, address, reachable: healthy })),
      };
    },
  };
}

function blockOf({ number, hash, previousHash, dataHash, transactions }: FabricBlock, chaincode: string): Block {
  return {
    number,
    hash,
    previousHash,
    dataHash,
    transactions: transactions.map((each) => transactionOf(each, number, chaincode)),
  };
}

function transactionOf(
  { tx, type, timestamp, creatorMsp, validationCode, call }: BlockTransaction,
  block: number,
  chaincode: string,
): Transaction {
  const ours = call?.chaincode === chaincode && call.function === SUBMIT;
  return {
    tx,
    block,
    timestamp,
    mspId: creatorMsp === '' ? undefined : creatorMsp,
    code: validationCode,
    function: call?.function ?? type,
    commands: ours ? commandsOf(call.arguments[0] ?? '') : [],
    outcomes: ours && validationCode === 'VALID' ? outcomesOf(call.response) : [],
  };
}

function commandsOf(argument: string): readonly unknown[] {
  try {
    return parseBatch(argument);
  } catch (error) {
    // Endorsers that don't agree with our code could have let it through; then it has no command that we know.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** The chaincode's own answer, endorsed; an invalid transaction has whatever one member likes, and is not asked. */
function outcomesOf(response: string): readonly Outcome[] {
  try {
    const answer = JSON.parse(response || '{}') as { outcomes?: unknown } | null;
    return Array.isArray(answer?.outcomes) ? (answer.outcomes as readonly Outcome[]) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
