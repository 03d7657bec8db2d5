/**
 * What statements read of the ledger: its blocks in their order, of which only the valid transactions of our chaincode count. It is a port; the
 * tests put a ledger in memory behind it.
 */
import type { EndorsementPolicy } from '../fabric/endorsement-policy.js';

export interface LedgerBlocks {
  /** How many blocks there are. */
  height(): Promise<number>;
  /** Blocks `from` up to, not including, `to`; all of them must be there. */
  read(from: number, to: number): AsyncIterable<LedgerBlock>;
}

export interface LedgerBlock {
  readonly number: number;
  /** Valid ones that wrote in our chaincode's name or defined its policy. */
  readonly transactions: readonly LedgerTransaction[];
}

export interface LedgerTransaction {
  readonly tx: string;
  /** Its place in the block, from 0. */
  readonly index: number;
  /** Milliseconds since 1970, the client's word. */
  readonly timestampMs: number;
  /** MSP id of the client. */
  readonly submitter: string;
  /** MSP ids in the order of the transaction, as it names them: peers verify only as many as the policy needs. */
  readonly endorsers: readonly string[];
  /** Under our chaincode's name. */
  readonly writes: readonly LedgerWrite[];
  /** The chaincode's event, which tells what was newly accepted; undefined without one. */
  readonly event: string | undefined;
  /** Who must endorse from here on, if the transaction committed a definition of our chaincode. */
  readonly policy?: EndorsementPolicy;
}

export interface LedgerWrite {
  readonly key: string;
  readonly value: Uint8Array;
}
